/** Whose messages somebody is shown who looks over a week, and why nobody is meant. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { previewWeek, sees } from '../../scripts/jobs-preview.ts';
import { lineage } from '../../src/features/areas/index.ts';
import { type WholeApp, wholeApp } from '../support/app.ts';

let whole: WholeApp;
beforeAll(async () => {
  whole = await wholeApp();
}, 60_000);
afterAll(() => whole.close());

const [HERE, THERE] = ['990001001001', '990001002001'];
const viewer = { people: new Set(['me']), leads: [HERE] };
const one = (id: string, home: string, serves?: string) => ({
  _id: id,
  areas: lineage(home),
  roles: serves === undefined ? [] : [{ role: 'worker' as const, area: serves }],
});

it.each([
  ['oneself, wherever one lives', one('me', THERE), true],
  ['who lives there', one('a', `${HERE}G01`), true],
  ['who serves there and lives elsewhere', one('b', THERE, HERE), true],
  ['who keeps a grid of it and lives elsewhere', one('c', THERE, `${HERE}G02`), true],
  ['who neither lives nor serves there', one('d', THERE, THERE), false],
  ['who serves the street above', one('e', THERE, '990001001'), false],
])('%s', (_who, person, expected) => {
  expect(sees(viewer, person)).toBe(expected);
});

it.each([
  ['a role there is not', 'boss@990001001001', 'no_such_role', '没有“boss”这个职务'],
  ['an area there is not', 'secretary@999', 'no_such_area', '没有编码是“999”的区域'],
  ['a role nobody holds there', 'household_lead@9900', 'nobody_holds_role', '现在没有人担任“household_lead@9900”'],
  ['neither a person nor a role', 'boss', 'no_such_viewer', '没有编号是“boss”的人，也没有这个职务'],
])('%s is said to be that', async (_what, as, code, detail) => {
  await expect(previewWeek(whole.app, { week: '2026-W40', as, json: true })).rejects.toMatchObject({
    code,
    detail: expect.stringContaining(detail),
  });
});
