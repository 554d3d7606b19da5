import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Line, planOf } from '../../../miniprogram/work/today/plan';

const NOW = new Date('2026-11-25T10:00:00+08:00');
const line = (id: string, hours?: number): Line =>
  ({
    view: 'full',
    id,
    ...(hours !== undefined && { dueAt: new Date(NOW.getTime() + hours * 3_600_000).toISOString() }),
  }) as Line;

it('puts first what presses most', () => {
  const plan = planOf(
    [line('calm', 200), line('late', -5), line('soon', 20), line('free')],
    [line('offered', 10)],
    NOW,
  );
  expect(plan.map(({ title, items }) => [title, items.map(({ id }) => id)])).toEqual([
    ['已经超期', ['late']],
    ['快到期了', ['soon']],
    ['先留给您的', ['offered']],
    ['手上的', ['calm', 'free']],
  ]);
  expect(planOf([], [], NOW)).toEqual([]);
});

it('loses nothing and shows nothing twice', () => {
  const hours = fc.option(fc.integer({ min: -500, max: 500 }), { nil: undefined });
  fc.assert(
    fc.property(fc.array(hours, { maxLength: 20 }), (all) => {
      const mine = all.map((one, at) => line(String(at), one));
      const shown = planOf(mine, [], NOW).flatMap(({ items }) => items.map(({ id }) => id));
      expect([...shown].sort()).toEqual(mine.map(({ id }) => id).sort());
    }),
  );
});
