import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addDays, stateCouncilCalendar } from '../../../src/core/time.ts';
import { periodOf } from '../../../src/features/duties/periods.ts';
import { daysOfWeek, RUNGS, rungsOn } from '../../../src/features/duties/week.ts';

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

it('each day something was due by comes to each rung once, rung after rung, on worked days', () => {
  fc.assert(
    fc.property(days, (by) => {
      const reached = new Map<string, Set<string>>();
      for (let nth = 1; nth < 40; nth += 1) {
        for (const one of rungsOn(calendar, addDays(by, nth)).filter((rung) => rung.by === by)) {
          reached.set(one.rung, new Set([...(reached.get(one.rung) ?? []), one.reached]));
        }
      }
      const order = (Object.keys(RUNGS) as (keyof typeof RUNGS)[]).map((rung) => [...(reached.get(rung) ?? [])]);
      expect(order.map((all) => all.length)).toEqual([1, 1, 1]);
      const flat = order.flat();
      expect(flat).toEqual([...flat].sort());
      expect(flat.every((day) => day > by && calendar.isWorkday(day))).toBe(true);
    }),
    { numRuns: 40 },
  );
});
