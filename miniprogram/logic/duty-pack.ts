import type { Body } from '../api/ask';
import type { Field, Option, Values } from '../work/components/fields/field';
import { type DutyPack, type Item, nameOf, ruleWords } from './duty-packs';
import { isoDay } from './when';

const DAY_MS = 24 * 3_600_000;
const LONGEST_AHEAD_DAYS = 365;

/** What is asked of a new version as a whole. @param places it may hold in alone; none, where it holds as before */
export function packFields(places: readonly Option[] | undefined, now: Date, wrong: Wrong): Field[] {
  const where: Field[] = places
    ? [{ name: 'area', kind: 'choice', label: '只在哪里用', options: places, none: '没有可以选的地方。' }]
    : [];
  const fields: Field[] = [
    ...where,
    {
      name: 'effectiveFrom',
      kind: 'day',
      label: '从哪天起用',
      first: isoDay(now),
      last: isoDay(new Date(now.getTime() + LONGEST_AHEAD_DAYS * DAY_MS)),
    },
    {
      name: 'source',
      kind: 'text',
      label: '出处',
      most: 300,
      hint: '例如：市里2026年3月的通知，第几条',
      note: '照哪份文件写的，就写哪份文件。',
    },
  ];
  return withWrong(fields, wrong);
}

/** What is wrong with what, by the field's name. */
export type Wrong = Readonly<Record<string, string>>;

export const withWrong = (fields: readonly Field[], wrong: Wrong): Field[] =>
  fields.map((field) => ({ ...field, ...(wrong[field.name] !== undefined && { wrong: wrong[field.name] }) }));

/** One item of the version that is being written, as a line to press. */
export interface ItemLine {
  code: string;
  title: string;
  rule: string;
  open: boolean;
  wrong: string;
}

/** @param wrong by the house's paths: `items.2.title` */
export function itemLines(items: readonly Item[], wrong: Wrong): ItemLine[] {
  return items.map((item, at) => ({
    code: item.code,
    title: nameOf(item),
    rule: ruleWords(item),
    open: item.rule === undefined,
    wrong: Object.entries(wrong)
      .filter(([path]) => path.startsWith(`items.${at}.`))
      .map(([, problem]) => `${problem}。`)
      .join(''),
  }));
}

/** The version after the last one, as it goes out: not verified, whatever the last one was. */
export function nextPack(
  { code, title, effectiveTo, area }: DutyPack,
  given: { version: number; items: readonly Item[]; values: Values },
): Body<'postDutyPacks'> {
  const { version, items, values } = given;
  const place = typeof values.area === 'string' && values.area !== '' ? values.area : area;
  const from = String(values.effectiveFrom);
  return {
    code,
    version,
    title,
    source: String(values.source ?? '').trim(),
    verified: false,
    effectiveFrom: from,
    ...(effectiveTo !== undefined && effectiveTo >= from && { effectiveTo }),
    ...(place !== undefined && { area: place }),
    items: [...items],
  };
}
