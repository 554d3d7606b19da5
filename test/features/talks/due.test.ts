import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { addDays, type Day, stateCouncilCalendar, weekdayOf } from '../../../src/core/time.ts';
import { type DueFacts, dueTalks, type KnownTalk, occasionBy, promptsOn } from '../../../src/features/talks/due.ts';
import {
  accountDay,
  lastWorkdayOf,
  promptOwed,
  quarterAt,
  quarterOf,
  quarterPrompts,
} from '../../../src/features/talks/quarters.ts';

const calendar = stateCouncilCalendar();
const q = (key: string) => {
  const quarter = quarterOf(key);
  if (!quarter) throw new Error(key);
  return quarter;
};
const quarters = fc.constantFrom('2024-Q1', '2024-Q4', '2025-Q2', '2026-Q1', '2026-Q2', '2026-Q3', '2026-Q4').map(q);
const place = fc.constantFrom('990001001001', '990001001002', '990001001003');
const zone = process.env.TZ;
afterAll(() => {
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
});

/** Workers, secretaries and talks of a quarter in any mixture. */
const facts: fc.Arbitrary<DueFacts> = quarters.chain((quarter) => {
  const day = fc.nat(91).map((n) => addDays(quarter.from, n));
  const worker = fc.integer({ min: 1, max: 12 }).map((n) => `w${n}`);
  const talk = fc.record({
    worker,
    day,
    state: fc.constantFrom('asked', 'scheduled', 'done', 'dropped'),
    own: fc.boolean(),
  });
  return fc
    .record({
      workers: fc.uniqueArray(fc.record({ id: worker, place }), { selector: ({ id }) => id }),
      hosts: fc.dictionary(place, fc.uniqueArray(fc.constantFrom('s1', 's2', 'w1', 'w2'), { maxLength: 3 })),
      talks: fc.uniqueArray(talk, { selector: (one) => `${one.worker} ${one.own || one.day}` }),
    })
    .map(({ workers, hosts, talks }) => ({
      calendar,
      quarter,
      workers,
      secretariesOf: (where: string) => hosts[where] ?? [],
      talks: talks.map(
        ({ worker: who, day: at, state, own }, n): KnownTalk => ({
          id: `t${n}`,
          worker: who,
          state: own && state === 'dropped' ? 'asked' : (state as KnownTalk['state']),
          purpose: own ? quarter.key : `illness:${at}:1`,
          ...(own ? {} : { occasion: { kind: 'illness', at }, by: occasionBy(calendar, at) }),
          ...(state === 'done' && { heldIn: quarter.key }),
        }),
      ),
    }));
});

const daysOf = (from: Day, count: number) => Array.from({ length: count }, (_, n) => addDays(from, n));

describe('which talk is due', () => {
  it('covers every worker once a quarter, each purpose once, by a workday of the quarter', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const dues = dueTalks(given);
        expect(new Set(dues.map(({ key }) => key)).size).toBe(dues.length);
        const quarterly = dues.filter(({ why }) => why.kind === 'quarter');
        expect(quarterly.map(({ worker }) => worker)).toEqual(given.workers.map(({ id }) => id));
        for (const { worker, hosts, by, done, why } of dues) {
          expect(given.workers.some(({ id }) => id === worker)).toBe(true);
          expect(hosts).not.toContain(worker);
          expect(calendar.isWorkday(by)).toBe(true);
          if (why.kind !== 'quarter') continue;
          expect(by >= given.quarter.from && by <= given.quarter.to).toBe(true);
          // A talk for whatever reason is one of the quarter.
          expect(done).toBe(given.talks.some((one) => one.worker === worker && one.heldIn === given.quarter.key));
        }
      }),
      { numRuns: 100 },
    );
  });

  it('is spoken of on workdays only, no purpose twice under one key, and not once it is held', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const dues = dueTalks(given);
        const keys = new Set<string>();
        for (const day of daysOf(given.quarter.from, 100)) {
          const told = promptsOn(day, dues);
          if (told.length > 0) expect(calendar.isWorkday(day)).toBe(true);
          const spoken = new Set<string>();
          for (const { key, to, left } of told) {
            expect(keys.has(key)).toBe(false);
            keys.add(key);
            for (const due of left) {
              expect(due.done).toBe(false);
              expect(due.hosts).toContain(to);
              expect(spoken.has(`${to} ${due.key}`)).toBe(false);
              spoken.add(`${to} ${due.key}`);
            }
          }
        }
        // Whoever is to be talked with is named to each of those who may, in list, middle and four times at the end.
        for (const due of dues.filter(({ done, why }) => !done && why.kind === 'quarter')) {
          expect(due.prompts.map(({ kind }) => kind)).toEqual(['list', 'progress', 'left', 'left', 'left', 'left']);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('is the same whatever zone the host is in', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const seen = ['UTC', 'America/New_York', 'Asia/Shanghai', 'Pacific/Kiritimati'].map((tz) => {
          process.env.TZ = tz;
          return JSON.stringify(dueTalks(given));
        });
        expect(new Set(seen).size).toBe(1);
      }),
      { numRuns: 20 },
    );
  });

  it('keeps to the State Council calendar at the ends of the fourth quarter of 2026', () => {
    const quarter = q('2026-Q4');
    // 国庆: 1 to 7 October are rest days.
    expect(quarterPrompts(calendar, quarter)).toEqual([
      { day: '2026-10-08', kind: 'list' },
      { day: expect.stringMatching(/^2026-11-1\d$/u), kind: 'progress' },
      { day: '2026-12-18', kind: 'left', nth: 1 },
      { day: '2026-12-23', kind: 'left', nth: 2 },
      { day: '2026-12-28', kind: 'left', nth: 3 },
      { day: '2026-12-31', kind: 'left', nth: 4 },
    ]);
    expect(lastWorkdayOf(calendar, quarter)).toBe('2026-12-31');
    expect(accountDay(calendar, q('2026-Q3'))).toBe('2026-10-08');
    expect(quarterAt('2026-10-01').key).toBe('2026-Q4');
    expect(weekdayOf(occasionBy(calendar, '2026-11-26'))).toBe(2);
    expect(quarterOf('2026-Q5')).toBeUndefined();
  });

  it('owes on every day the latest prompt that has come, so that a missed one is made up until the next', () => {
    fc.assert(
      fc.property(quarters, (quarter) => {
        const prompts = quarterPrompts(calendar, quarter);
        const owed = daysOf(quarter.from, 92).map((day) => ({ day, prompt: promptOwed(calendar, quarter, day) }));
        expect([...new Set(owed.flatMap(({ prompt }) => prompt?.day ?? []))]).toEqual(prompts.map(({ day }) => day));
        for (const { day, prompt } of owed) {
          if (prompt) expect(prompt.day <= day).toBe(true);
          else expect(day < (prompts[0]?.day ?? '')).toBe(true);
        }
      }),
      { numRuns: 3 },
    );
  });

  it('lets two secretaries share, a secretary not talk with themselves, and one who left owe nothing', () => {
    const quarter = q('2026-Q1');
    const [shared, own] = dueTalks({
      calendar,
      quarter,
      workers: [
        { id: 'w1', place: '990001001001' },
        { id: 's1', place: '990001001001' },
      ],
      secretariesOf: () => ['s1', 's2'],
      talks: [{ id: 't', worker: 'gone', state: 'asked', purpose: quarter.key }],
    });
    expect(shared).toMatchObject({ worker: 'w1', hosts: ['s1', 's2'], done: false });
    expect(own).toMatchObject({ worker: 's1', hosts: ['s2'] });
    expect(promptsOn('2026-01-04', [])).toEqual([]);
    const told = promptsOn(
      quarterPrompts(calendar, quarter)[0]?.day ?? '',
      [shared, own].flatMap((one) => one ?? []),
    );
    expect(told.map(({ to, left }) => [to, left.length])).toEqual([
      ['s1', 1],
      ['s2', 2],
    ]);
  });
});
