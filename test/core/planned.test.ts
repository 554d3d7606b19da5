import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Message, Planned, Run } from '../../src/core/feature.ts';
import { NOTICES } from '../../src/core/notice.ts';
import { plannedJob } from '../../src/core/planned.ts';
import { addDays, atCivil, mondayOf, weekKey } from '../../src/core/time.ts';
import { byWeek } from '../../src/core/variant.ts';
import { foresee, foreseeMoves } from '../../src/schedule/index.ts';
import { type TestHouse, testHouse } from '../support/house.ts';

const PEOPLE = 520;

const messages: Record<string, Message> = {
  'test.plan': {
    title: '本周走访',
    body: ({ week, n }) => `${byWeek(['这周要走', '本周安排'], String(week))}${String(n)}户`,
  },
};

/** Every Monday, each of many is told what the week brings; from three in the afternoon of Friday nobody is. */
const monday = plannedJob({
  name: 'test.monday',
  title: '周一计划',
  cron: '0 9 * * 1',
  makeUpWithinMs: 1,
  async *plan({ slot }) {
    const week = weekKey(slot);
    for (let n = 0; n < PEOPLE; n += 1) yield planned(`test.monday:${week}:${n}`, { week, n });
  },
});
const nightly = plannedJob({
  name: 'test.nightly',
  title: '夜里的',
  cron: '30 22 * * 3,4',
  makeUpWithinMs: 1,
  async *plan() {
    yield planned('test.nightly:once', { week: '2026-W40', n: 1 });
  },
});

function planned(key: string, data: Record<string, unknown>): Planned {
  return { key, to: { person: 'p1' }, message: 'test.plan', data, why: '每周两走访' };
}

let opened: TestHouse;
beforeAll(async () => {
  opened = await testHouse([]);
});
afterAll(() => opened.close());

const at = (time: string, rest: Partial<Run> = {}): Run => {
  const slot = new Date(`${time}+08:00`);
  return { slot, now: slot, late: false, dryRun: false, ...rest };
};

const week = { from: '2026-09-28', to: '2026-10-04' };

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

describe('a job that only tells', () => {
  it('tells what its preview says, once however often it runs', async () => {
    const { house } = opened;
    const notices = house.db.collection(NOTICES);
    const foreseen = await all(foresee(house, [monday], messages, week));
    expect(await notices.countDocuments()).toBe(0);
    expect(await monday.run(at('2026-09-28T09:00', { dryRun: true }), house)).toEqual({
      lines: [`周一计划：将发出提醒 ${PEOPLE} 条`],
    });
    expect(await notices.countDocuments()).toBe(0);
    expect(await monday.run(at('2026-09-28T09:00'), house)).toEqual({ lines: [`周一计划：发出提醒 ${PEOPLE} 条`] });
    const told = await notices.distinct('_id');
    expect(told.map(String).toSorted()).toEqual(foreseen.map(({ key }) => key).toSorted());
    expect((await monday.run(at('2026-09-28T09:00'), house)).lines).toEqual([
      `周一计划：发出提醒 0 条，另有 ${PEOPLE} 条先前已经发过`,
    ]);
  });

  it('is foreseen in the order of time, each key once, in its words and never at night', async () => {
    const foreseen = await all(foresee(opened.house, [nightly, monday], messages, week));
    expect(foreseen).toHaveLength(PEOPLE + 1);
    expect(foreseen[0]).toMatchObject({
      job: 'test.monday',
      jobTitle: '周一计划',
      at: new Date('2026-09-28T09:00+08:00'),
      title: '本周走访',
      why: '每周两走访',
    });
    expect(foreseen.at(-1)).toMatchObject({ job: 'test.nightly', at: new Date('2026-10-01T08:00+08:00') });
    expect(await all(foresee(opened.house, [monday], messages, { from: '2026-09-29', to: '2026-10-04' }))).toEqual([]);
  });

  it('is not foreseen in words the house does not have', async () => {
    await expect(all(foresee(opened.house, [monday], {}, week))).rejects.toThrow('test.plan');
  });

  it('is told apart from one that moves documents, which says what it would do by then', async () => {
    const seen: Run[] = [];
    const moving = {
      name: 'test.moving',
      title: '到期',
      cron: '*/10 * * * *',
      makeUpWithinMs: 1,
      async run(run: Run) {
        seen.push(run);
        return { lines: ['一件要到期'] };
      },
    };
    expect(await all(foreseeMoves(opened.house, [monday, moving], week))).toEqual([
      { job: 'test.moving', jobTitle: '到期', lines: ['一件要到期'] },
    ]);
    expect(seen).toEqual([at('2026-10-04T23:50', { dryRun: true })]);
  });
});

describe('words by week', () => {
  it('differ from those of the week before and the week after, and stay within a week', () => {
    const days = fc.integer({ min: 0, max: 7_000 }).map((days) => addDays('2020-01-01', days));
    fc.assert(
      fc.property(days, fc.integer({ min: 2, max: 6 }), (day, count) => {
        const ways = Array.from({ length: count }, (_, n) => n) as [number, ...number[]];
        const of = (one: string) => byWeek(ways, weekKey(atCivil(one)));
        expect(of(day)).not.toBe(of(addDays(day, 7)));
        expect(of(day)).toBe(of(mondayOf(weekKey(atCivil(day))) as string));
      }),
    );
    expect(byWeek(['一'], '2026-W53')).toBe('一');
    for (const none of ['2026-W54', '2025-W53', '2026-W00', '2026W40', '2026-40']) {
      expect(mondayOf(none), none).toBeUndefined();
      expect(() => byWeek(['一'], none)).toThrow(none);
    }
    expect(mondayOf('2026-W53')).toBe('2026-12-28');
  });
});
