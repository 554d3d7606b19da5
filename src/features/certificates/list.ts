import { z } from 'zod';
import { called } from '../../core/input.ts';
import type { Day } from '../../core/time.ts';

/** Where a list holds that is no single province's. */
export const EVERYWHERE = '全国';

const line = (name: string, most: number) => called(name, z.string().trim().min(1).max(most));

/** One certificate people ask for, and who issues it. */
export const certificateSchema = z.strictObject({
  name: line('证明名称', 40),
  /** What people call it, without 证明 at the end. */
  aliases: called('别的叫法', z.array(line('别的叫法', 30)).max(40)),
  /** Who issues it instead, or shows it; said after 请找. */
  issuedBy: line('由谁开', 200),
  bring: line('要带什么', 200).optional(),
  /** The community issues it itself: whoever asks is offered one of its people. */
  byCommunity: called('是不是社区开', z.boolean()).optional(),
  /** Where it is written who issues it, when that is not where the list is. */
  basis: line('依据', 200).optional(),
  /** Somebody compared who issues it, and what to bring, with where that is written. Until then people are told to ask the counter. */
  verified: called('是否核实', z.boolean()),
});
export type Certificate = z.output<typeof certificateSchema>;

/** What an admin puts in: one version of a list. */
export const listFields = z.strictObject({
  version: called('版本', z.number().int().min(1)),
  title: line('名称', 60),
  /** Where the list is published. */
  source: line('出处', 300),
  province: line('适用省份', 20),
  /** The first two digits of the codes of its areas; absent in a list for the whole country. */
  provinceCode: called('省份代码', z.string().regex(/^\d{2}$/u)).optional(),
  effectiveFrom: called('生效日期', z.iso.date()),
  items: called('证明事项', z.array(certificateSchema).min(1).max(200)).refine(
    (items) => new Set(items.map(({ name }) => name)).size === items.length,
    '证明名称不能重复',
  ),
});
const code = called('清单代码', z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/u));
/** A list of certificates as data, with where it is published and where it holds. */
export const listSchema = listFields
  .extend({ code })
  .refine(({ province, provinceCode }) => (province === EVERYWHERE) === (provinceCode === undefined), {
    path: ['provinceCode'],
    message: '全国的清单不写省份代码，一个省的要写',
  });
export const listCode = code;
export type CertificateList = z.output<typeof listSchema>;

/** A certificate with where it is written. */
export interface Listed extends Certificate {
  province: string;
  source: string;
  title: string;
}

/**
 * The certificates known in a place on a day: of each list the latest version in force; a province's own say before the
 * whole country's of the same name. Pure.
 * @param areas codes from the city down; of nowhere only what holds everywhere
 */
export function inForce(lists: readonly CertificateList[], areas: readonly string[], on: Day): Listed[] {
  const latest = new Map<string, CertificateList>();
  for (const list of lists) {
    if (list.effectiveFrom > on) continue;
    if (list.provinceCode !== undefined && !areas.some((area) => area.startsWith(list.provinceCode ?? ''))) continue;
    const known = latest.get(list.code);
    if (!known || known.version < list.version) latest.set(list.code, list);
  }
  const near = (list: CertificateList) => (list.provinceCode === undefined ? 0 : 1);
  const found = new Map<string, Listed>();
  for (const list of [...latest.values()].sort((a, b) => near(b) - near(a))) {
    const { province, source, title } = list;
    for (const item of list.items) {
      if (!found.has(item.name)) found.set(item.name, { ...item, province, source, title });
    }
  }
  return [...found.values()];
}
