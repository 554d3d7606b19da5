import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addDays, atCivil, stateCouncilCalendar, workdayAfter } from '../../../src/core/time.ts';
import { periodOf } from '../../../src/features/duties/periods.ts';
import { daysOfWeek, RUNGS, rungOn, type Told, upToNextPlan } from '../../../src/features/duties/week.ts';

const calendar = stateCouncilCalendar();
const days = fc.integer({ min: 0, max: 364 }).map((nth) => addDays('2026-01-01', nth));

it('a week is spoken of on worked days of its own, in their order, and not at all where none is worked', () => {
  fc.assert(
    fc.property(days, (day) => {
      const { from, to } = periodOf('week', day);
      const { plan, rest, summary } = daysOfWeek(calendar, day);
      const worked = Array.from({ length: 7 }, (_, nth) => addDays(from, nth)).filter((one) => calendar.isWorkday(one));
      expect(plan).toBe(worked[0]);
      expect(summary === undefined).toBe(worked.length === 0);
      for (const one of [plan, rest, summary].flatMap((given) => given ?? [])) {
        expect(calendar.isWorkday(one) && one >= from && one <= to).toBe(true);
      }
      if (rest !== undefined) expect(rest > (plan ?? '') && rest < (summary ?? '')).toBe(true);
    }),
  );
});

it('around National Day 2026 what falls on days of rest moves', () => {
  expect(['2026-09-24', '2026-09-28', '2026-10-08'].map((day) => daysOfWeek(calendar, day))).toEqual([
    { plan: '2026-09-21', summary: '2026-09-24' },
    { plan: '2026-09-28', summary: '2026-09-30' },
    { plan: '2026-10-08', summary: '2026-10-09' },
  ]);
});

it('what is late climbs rung after rung from its day, or from when it is known to be late, and every rung is told once', () => {
  fc.assert(
    fc.property(
      days,
      fc.integer({ min: 0, max: 200 }),
      fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { maxLength: 20 }),
      fc.boolean(),
      // Known of so many days after its day, and on some days the house was down.
      (by, known, down, borne) => {
        const told: Told = {};
        for (let nth = 1; nth < 60; nth += 1) {
          if (down.includes(nth)) continue;
          const today = addDays(by, known + nth);
          const rung = rungOn(calendar, today, { by, borne }, told);
          if (rung === undefined) continue;
          expect(told[rung]).toBeUndefined();
          told[rung] = today;
        }
        const ladder = (['bearer', 'secretary', 'street'] as const).filter((rung) => borne || rung !== 'bearer');
        expect(Object.keys(told)).toEqual([...ladder]);
        for (const [nth, rung] of ladder.entries()) {
          const day = told[rung] ?? '';
          const under = ladder[nth - 1];
          expect(calendar.isWorkday(day)).toBe(true);
          expect(workdayAfter(calendar, atCivil(by), RUNGS[rung]) <= day).toBe(true);
          const apart = under && workdayAfter(calendar, atCivil(told[under] ?? ''), RUNGS[rung] - RUNGS[under]);
          expect((apart ?? '') <= day).toBe(true);
        }
        if (known === 0 && down.length === 0) {
          for (const rung of ladder) expect(told[rung]).toBe(workdayAfter(calendar, atCivil(by), RUNGS[rung]));
        }
      },
    ),
    { numRuns: 60 },
  );
});

it('a forecast says of each coming day what that day will say', () => {
  fc.assert(
    fc.property(days, fc.integer({ min: -3, max: 30 }), (by, ago) => {
      const from = addDays(by, ago);
      const told: Told = {};
      for (let nth = 0; nth < 25; nth += 1) {
        const today = addDays(from, nth);
        const foreseen = rungOn(calendar, today, { by, borne: true }, {}, from);
        const rung = rungOn(calendar, today, { by, borne: true }, told);
        expect(foreseen).toBe(rung);
        if (rung) told[rung] = today;
      }
    }),
    { numRuns: 40 },
  );
});

it('a plan looks as far as the next one', () => {
  const ends = ['2026-03-09', '2026-09-24', '2026-09-30', '2026-10-08'].map((day) => [
    day,
    upToNextPlan(calendar, day),
  ]);
  expect(ends).toEqual([
    ['2026-03-09', '2026-03-15'],
    ['2026-09-24', '2026-09-27'],
    ['2026-09-30', '2026-10-07'],
    ['2026-10-08', '2026-10-11'],
  ]);
  fc.assert(
    fc.property(days, (day) => {
      const to = upToNextPlan(calendar, day);
      expect(to >= periodOf('week', day).to).toBe(true);
      expect(daysOfWeek(calendar, addDays(to, 1)).plan).toBe(addDays(to, 1));
    }),
  );
});
