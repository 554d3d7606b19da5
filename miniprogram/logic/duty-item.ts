import type { Field, Values } from '../work/components/fields/field';
import { COLOUR_CODES, COLOURS } from './colours';
import { BEARERS, type Item, isUnnamed, KINDS, PERIODS, type Rule } from './duty-packs';
import { FLAGS } from './flags';

/** How a duty comes about; `none` as long as nobody knows. */
export type How = 'none' | 'week' | 'month' | 'quarter' | 'care' | 'event';

const optionsOf = (words: object) => Object.entries(words).map(([value, label]) => ({ value, label: String(label) }));

const HOWS: Record<How, string> = {
  none: '还不知道，先不填',
  week: '每周几次',
  month: '每月几次',
  quarter: '每季度几次',
  care: '隔几天看一次关爱对象',
  event: '出了事要去或要报',
};
const UNITS = { hours: '小时', days: '天', workdays: '个工作日' };
type Unit = keyof typeof UNITS;

/** An item as its form shows it. */
export function valuesOf(item: Item): Values {
  const { title, kind, who = [], rule, flags = [], restDays = false } = item;
  return { title: isUnnamed(item) ? '' : title, kind, who, flags, restDays, ...ruleValues(rule) };
}

function ruleValues(rule: Rule | undefined): Record<string, string> {
  if (!rule) return { how: 'none' };
  if ('per' in rule) return { how: rule.per, times: String(rule.times) };
  if ('on' in rule) {
    const [unit = 'days', many = 1] = Object.entries(rule.within)[0] ?? [];
    return { how: 'event', many: String(many), unit };
  }
  const days = Object.entries(rule.everyDays).map(([colour, many]) => [colour, String(many)]);
  return { how: 'care', ...Object.fromEntries(days) };
}

/** What is asked for of an item, by how it comes about. */
export function itemFields(how: How): Field[] {
  const fields: Field[] = [
    { name: 'title', kind: 'line', label: '这一项叫什么', most: 40, hint: '例如：突发疾病必到' },
    { name: 'kind', kind: 'choice', label: '要做什么', options: optionsOf(KINDS) },
    { name: 'how', kind: 'choice', label: '什么时候做', options: optionsOf(HOWS) },
  ];
  if (how === 'none') return fields;
  if (how in PERIODS) {
    fields.push(
      { name: 'times', kind: 'line', label: '几次', most: 2, hint: '写数字，例如：2' },
      { name: 'who', kind: 'many', label: '谁来做', options: optionsOf(BEARERS) },
    );
  }
  if (how === 'care') {
    fields.push(
      ...COLOUR_CODES.map(
        (colour): Field => ({
          name: colour,
          kind: 'line',
          label: `${COLOURS[colour]}的隔几天看一次`,
          free: true,
          most: 3,
          hint: '写数字，例如：7',
        }),
      ),
      {
        name: 'flags',
        kind: 'many',
        label: '只看哪些人',
        options: optionsOf(FLAGS),
        note: '一个都不选，就是所有关爱对象。',
      },
    );
  }
  if (how === 'event') {
    fields.push(
      { name: 'many', kind: 'line', label: '多久以内', most: 3, hint: '写数字，例如：24' },
      { name: 'unit', kind: 'choice', label: '按什么算', options: optionsOf(UNITS) },
    );
  }
  fields.push({ name: 'restDays', kind: 'switch', label: '休息日也要做', hint: '不打开的话，只排在工作日' });
  return fields;
}

const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');
/** A number as people write it, also in full width; `undefined` where it is none, or none that can be meant. */
function numberOf(value: unknown, most: number): number | undefined {
  const written = text(value).replace(/[０-９]/gu, (digit) => String('０１２３４５６７８９'.indexOf(digit)));
  const many = /^\d+$/u.test(written) ? Number(written) : Number.NaN;
  return many >= 1 && many <= most ? many : undefined;
}

/** An item out of its form, or what is wrong with which of its fields. */
export type Made = { item: Item } | { wrong: Readonly<Record<string, string>> };

const MOST_TIMES = 99;
const MOST_DAYS = 366;
const wrongNumber = (most: number) => `请写1到${most}的数字。`;

/**
 * @param before the item as it was: its code stays, and so does that of what happens
 * @param pack code of the pack, for what happens
 */
export function itemOf(before: Pick<Item, 'code' | 'title' | 'rule'>, pack: string, values: Values): Made {
  const how = values.how as How;
  // What nobody knows anything about may go on without a name.
  const title = text(values.title) || (how === 'none' ? before.title : '');
  if (title === '') return { wrong: { title: '请给这一项起个名字。' } };
  const item: Item = {
    code: before.code,
    title,
    kind: values.kind as Item['kind'],
    ...(values.restDays === true && how !== 'none' && { restDays: true }),
  };
  if (how === 'none') return { item };
  if (how === 'week' || how === 'month' || how === 'quarter') {
    const times = numberOf(values.times, MOST_TIMES);
    if (times === undefined) return { wrong: { times: wrongNumber(MOST_TIMES) } };
    const who = values.who as NonNullable<Item['who']>;
    if (who.length === 0) return { wrong: { who: '请选谁来做。' } };
    return { item: { ...item, who, rule: { times, per: how } } };
  }
  if (how === 'event') {
    const many = numberOf(values.many, MOST_DAYS);
    if (many === undefined) return { wrong: { many: wrongNumber(MOST_DAYS) } };
    const unit = text(values.unit) as Unit | '';
    if (unit === '') return { wrong: { unit: '请选按什么算。' } };
    const known = before.rule && 'on' in before.rule ? before.rule.on : `${pack}-${before.code}`.slice(0, 40);
    return { item: { ...item, rule: { on: known, within: { [unit]: many } as { days: number } } } };
  }
  const given = COLOUR_CODES.filter((colour) => text(values[colour]) !== '');
  if (given.length === 0) return { wrong: { red: '至少写一种颜色隔几天看一次。' } };
  const days = given.map((colour) => [colour, numberOf(values[colour], MOST_DAYS)] as const);
  const bad = days.find(([, many]) => many === undefined);
  if (bad) return { wrong: { [bad[0]]: wrongNumber(MOST_DAYS) } };
  const flags = values.flags as NonNullable<Item['flags']>;
  return {
    item: {
      ...item,
      ...(flags.length > 0 && { flags }),
      rule: { everyDays: Object.fromEntries(days) as Record<string, number> },
    },
  };
}

/** A code no other item of the pack has. */
export function freshCode(items: readonly Pick<Item, 'code'>[]): string {
  let nth = items.length + 1;
  while (items.some(({ code }) => code === `item-${nth}`)) nth += 1;
  return `item-${nth}`;
}
