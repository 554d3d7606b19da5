import fc from 'fast-check';
import { createTask } from 'node-cron';
import { afterEach, expect, test, vi } from 'vitest';
import type { Job } from '../../src/core/feature.ts';
import { DAY, HOUR, MINUTE } from '../../src/core/time.ts';
import { plan, purposeEnds } from '../../src/schedule/catch-up.ts';
import { slotsOf, ZONE } from '../../src/schedule/slots.ts';

afterEach(() => {
  vi.useRealTimers();
});

const CRONS = [
  '*/10 * * * *',
  '*/5 * * * *',
  '0 9 * * 1',
  '0 16 * * 4',
  '40 3 * * *',
  '23 * * * *',
  '*/7 8 * * *',
  '0 9 1 1,4,7,10 *',
  '30 8-20/2 * * 1-5',
];
const shanghai = (text: string) => new Date(`${text}+08:00`);
const moments = fc.date({
  min: new Date('2024-01-01T00:00:00Z'),
  max: new Date('2030-01-01T00:00:00Z'),
  noInvalidDate: true,
});
const crons = fc.constantFrom(...CRONS);

test('Monday nine o’clock is Shanghai’s, at that very millisecond too', () => {
  const monday = slotsOf('0 9 * * 1');
  const nine = shanghai('2026-03-09T09:00:00');
  expect(monday.latest(nine)).toEqual(nine);
  expect(monday.latest(new Date(+nine - 1))).toEqual(shanghai('2026-03-02T09:00:00'));
  expect(monday.next(nine)).toEqual(shanghai('2026-03-16T09:00:00'));
  expect(monday.next(new Date(+nine - 1))).toEqual(nine);
  expect(() => slotsOf('every monday')).toThrow();
  expect(() => slotsOf('0 9 30 2 *')).toThrow();
});

test('latest, next and between say the same thing', () => {
  fc.assert(
    fc.property(crons, moments, fc.integer({ min: 0, max: 3 * DAY }), (cron, since, span) => {
      const slots = slotsOf(cron);
      const until = new Date(+since + span);
      const forward: Date[] = [];
      for (let at = slots.next(since); at <= until; at = slots.next(at)) forward.push(at);
      const { slots: back, more } = slots.between(since, until, 10_000);
      expect(back).toEqual(forward.reverse());
      expect(more).toBe(false);
      if (back[0]) expect(slots.latest(until)).toEqual(back[0]);
      const few = slots.between(since, until, 3);
      expect(few).toEqual({ slots: back.slice(0, 3), more: back.length > 3 });
    }),
    { numRuns: 60 },
  );
});

test('the ticker and the ledger mean the same moments by an expression', () => {
  fc.assert(
    fc.property(crons, moments, (cron, from) => {
      vi.useFakeTimers({ toFake: ['Date'], now: from });
      const task = createTask(cron, () => undefined, { timezone: ZONE });
      const ticks = task.getNextRuns(5);
      void task.destroy();
      vi.useRealTimers();
      const slots = slotsOf(cron);
      let at = from;
      for (const tick of ticks) {
        at = slots.next(at);
        expect(tick).toEqual(at);
      }
    }),
    { numRuns: 60 },
  );
});

test('of what was missed only the newest slot is made up, once, and only while it has a purpose', () => {
  fc.assert(
    fc.property(
      crons,
      moments,
      fc.integer({ min: 0, max: 4 * DAY }),
      fc.constantFrom(0, MINUTE, HOUR, DAY),
      fc.func(fc.boolean()),
      (cron, since, span, makeUpWithinMs, isKnown) => {
        const job: Pick<Job, 'makeUpWithinMs'> = { makeUpWithinMs };
        const now = new Date(+since + span);
        const { slots } = slotsOf(cron).between(since, now, 1_000);
        const known = new Set(slots.map(Number).filter((slot) => isKnown(slot)));
        const { run, skip } = plan(job, slots, known, now);
        const missed = slots.filter((slot) => !known.has(+slot));
        // Every missed slot is accounted for exactly once, none that is known is touched.
        expect([...(run ? [run] : []), ...skip]).toEqual(missed);
        const newest = slots[0];
        const worth = newest !== undefined && !known.has(+newest) && now <= purposeEnds(job, newest);
        expect(run).toEqual(worth ? newest : undefined);
      },
    ),
    { numRuns: 200 },
  );
});

test('a slot under a minute old is on time whatever its job says of making up', () => {
  const slot = shanghai('2026-03-09T09:00:00');
  expect(plan({ makeUpWithinMs: 0 }, [slot], new Set(), new Date(+slot + MINUTE))).toEqual({ run: slot, skip: [] });
  expect(plan({ makeUpWithinMs: 0 }, [slot], new Set(), new Date(+slot + MINUTE + 1))).toEqual({ skip: [slot] });
});
