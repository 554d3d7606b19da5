import { z } from 'zod';
import { ROLES } from '../../core/ability.ts';
import { called } from '../../core/input.ts';
import type { Day } from '../../core/time.ts';
import { lineage } from '../areas/index.ts';
import { COLOURS, FLAG_KINDS } from '../care/index.ts';

/** What a duty asks for: going to see people, checking a place, being there when something happens, reporting it. */
export const DUTY_KINDS = { visit: '走访', inspection: '排查', arrive: '必到', report: '必报' } as const;
export type DutyKind = keyof typeof DUTY_KINDS;

export const PERIODS = { week: '每周', month: '每月', quarter: '每季度' } as const;
export type Period = keyof typeof PERIODS;

const day = z.iso.date();
const code = called('代码', z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/u));
const times = called('次数', z.number().int().min(1).max(99));
const days = called('天数', z.number().int().min(1).max(366));

/** So many times in each week, month or quarter, by whoever has the duty. */
const often = z.strictObject({ times, per: called('周期', z.enum(Object.keys(PERIODS) as [Period, ...Period[]])) });
/** Each person in care at least once in so many days, by the colour of their risk. */
const every = z.strictObject({
  everyDays: z
    .partialRecord(z.enum(COLOURS), days)
    .refine((given) => Object.keys(given).length > 0, '请至少写一种颜色隔几天看一次'),
});
/** Once for each thing that happens, within so long. */
const on = z.strictObject({
  on: code,
  within: z.union([z.strictObject({ workdays: days }), z.strictObject({ days }), z.strictObject({ hours: days })]),
});

/** One duty of a pack. */
export const itemSchema = z
  .strictObject({
    code,
    title: called('名称', z.string().min(1).max(40)),
    kind: called('种类', z.enum(Object.keys(DUTY_KINDS) as [DutyKind, ...DutyKind[]])),
    /** Whose duty it is, where the rule does not go by persons in care: those are their sentinels'. */
    who: called('由谁负责', z.array(z.enum(ROLES)).min(1)).optional(),
    /** Absent as long as nobody has said what it is: a placeholder is due to nobody. */
    rule: called('规则', z.union([often, every, on])).optional(),
    /** Only people in care for one of these reasons. */
    flags: called('对象', z.array(z.enum(FLAG_KINDS)).min(1)).optional(),
    /** It may fall on a day of rest. */
    restDays: called('休息日也要做', z.boolean()).optional(),
  })
  // Without them it would be due to nobody, and nobody would know.
  .refine(({ rule, who }) => !rule || !('per' in rule) || who !== undefined, {
    path: ['who'],
    message: '请写明由谁负责',
  });
export type Item = z.output<typeof itemSchema>;

/** What a rule pack says. */
export const packFields = z.strictObject({
  code,
  version: called('版本', z.number().int().min(1)),
  title: called('名称', z.string().min(1).max(40)),
  /** Where the rule is written. */
  source: called('出处', z.string().min(1).max(300)),
  /** An admin compared it with its source. As long as nobody did, every screen says so. */
  verified: called('是否核实', z.boolean()),
  effectiveFrom: called('生效日期', day),
  effectiveTo: called('失效日期', day).optional(),
  /** Holds in this area instead of the general one. */
  area: called(
    '适用区域',
    z.string().refine((given) => lineage(given).length > 0),
  ).optional(),
  items: called('事项', z.array(itemSchema).min(1).max(50)).refine(
    (items) => new Set(items.map((item) => item.code)).size === items.length,
    '事项代码不能重复',
  ),
});
/** A rule pack as data: who has to do what how often, with where it is written and whether somebody made sure. */
export const packSchema = packFields.refine(
  ({ effectiveFrom, effectiveTo }) => effectiveTo === undefined || effectiveTo >= effectiveFrom,
  { path: ['effectiveTo'], message: '失效日期不能早于生效日期' },
);
export type Pack = z.output<typeof packSchema>;

/** How a duty is named across packs. */
export const refOf = (pack: Pick<Pack, 'code'>, item: Pick<Item, 'code'>): string => `${pack.code}/${item.code}`;

/** Whether a pack is only a name so far: nothing of it can fall due. */
export const isPlaceholder = ({ items }: Pack): boolean => items.every(({ rule }) => rule === undefined);

/** Whether something of a pack is still to be filled in: then nobody can have compared it with its source. */
export const isUnfinished = ({ items }: Pack): boolean => items.some(({ rule }) => rule === undefined);

/**
 * The packs that hold in a place on a day, one of each code: the nearest area's own before that of one above, and of one
 * place's the latest version in force. Pure.
 * @param areas codes from the city down
 */
export function inForce(packs: readonly Pack[], areas: readonly string[], on: Day): Pack[] {
  const best = new Map<string, Pack>();
  for (const pack of packs) {
    if (pack.effectiveFrom > on || (pack.effectiveTo !== undefined && pack.effectiveTo < on)) continue;
    if (pack.area !== undefined && !areas.includes(pack.area)) continue;
    const known = best.get(pack.code);
    if (!known || isNearer(pack, known)) best.set(pack.code, pack);
  }
  return [...best.values()];
}

function isNearer(one: Pack, other: Pack): boolean {
  const near = (pack: Pack) => pack.area?.length ?? 0;
  return near(one) === near(other) ? one.version > other.version : near(one) > near(other);
}
