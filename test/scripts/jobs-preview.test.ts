/** Whose messages somebody is shown who looks over a week. */
import { expect, it } from 'vitest';
import { sees } from '../../scripts/jobs-preview.ts';
import { lineage } from '../../src/features/areas/index.ts';

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
