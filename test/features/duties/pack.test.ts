/** What is taken for a rule pack. */
import { expect, it } from 'vitest';
import { isUnfinished, packSchema } from '../../../src/features/duties/pack.ts';
import { SHIPPED } from '../../../src/features/duties/packs.ts';

const visit = { code: 'a', title: '每周走访', kind: 'visit', who: ['worker'], rule: { times: 2, per: 'week' } };
const pack = (more: object = {}) => ({
  code: 'x',
  version: 1,
  title: '走访',
  source: '文件',
  verified: false,
  effectiveFrom: '2026-05-01',
  items: [visit],
  ...more,
});

it.each<[string, object, (string | number)[] | undefined]>([
  ['as it should be', {}, undefined],
  ['over on the day it begins', { effectiveTo: '2026-05-01' }, undefined],
  ['over before it begins', { effectiveTo: '2026-04-30' }, ['effectiveTo']],
  ['due to nobody', { items: [{ ...visit, who: undefined }] }, ['items', 0, 'who']],
  ['of no colour', { items: [{ ...visit, rule: { everyDays: {} } }] }, ['items', 0, 'rule']],
  [
    'by colour, to whoever looks after them',
    { items: [{ ...visit, who: undefined, rule: { everyDays: { red: 7 } } }] },
    undefined,
  ],
  ['two of one code', { items: [visit, visit] }, ['items']],
])('%s', (_what, more, path) => {
  const { error } = packSchema.safeParse(pack(more));
  expect(error?.issues[0]?.path.slice(0, path?.length)).toEqual(path);
});

it('is unfinished as long as one of its items has no rule', () => {
  expect(SHIPPED.filter(isUnfinished).map(({ code }) => code)).toEqual(['liu-bidao', 'qi-bifang', 'ba-bibao']);
  const half = packSchema.parse(pack({ items: [visit, { ...visit, code: 'b', rule: undefined }] }));
  expect(isUnfinished(half)).toBe(true);
});
