import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Actor } from '../../../src/core/ability.ts';
import { DAY, dayOf, endOfDay, HOUR, MINUTE } from '../../../src/core/time.ts';
import { DEFAULT_TARGETS } from '../../../src/features/areas/index.ts';
import { dueMoves, scheduleOf } from '../../../src/features/wishes/due.ts';
import type { WishDoc, WishMoveName } from '../../../src/features/wishes/index.ts';
import {
  calendar,
  clockwork,
  FACTS,
  granny,
  INPUTS,
  li,
  moved,
  NOW,
  PLACE,
  secretary,
  sentinel,
  submitted,
  wishIn,
} from '../../support/wishes.ts';

/** The design's numbers, by example. Every story begins on Monday, 9 March 2026, at ten. */

const shanghai = (moment: string): Date => new Date(`${moment}+08:00`);
const clockFace = (at: Date): string => new Date(at.getTime() + 8 * HOUR).toISOString().slice(0, 19).replace('T', ' ');
/** All that the clock will do to a wish if nobody moves it. */
const ahead = (wish: WishDoc): string[] =>
  scheduleOf(wish, calendar).map(({ at, move, input }) =>
    [clockFace(at), move, input.stage, input.to].filter((part) => part !== undefined).join(' '),
  );
const act = (wish: WishDoc, actor: Actor, move: WishMoveName, now: Date, input: unknown = INPUTS[move]): WishDoc =>
  moved(wish, actor, move, input, { now, facts: FACTS });

/** What the clock does, in order, when its job runs every so often, until nothing is left to do. */
function story(wish: WishDoc, everyMs = 10 * MINUTE, from = NOW): string[] {
  const lines: string[] = [];
  let current = wish;
  for (let now = from; current.nextAt; now = new Date(now.getTime() + everyMs)) {
    for (const due of dueMoves(current, now, calendar).slice(0, 1)) {
      current = act(current, clockwork, due.move, now, due.input);
      lines.push([clockFace(now), due.move, due.input.to].filter((part) => part !== undefined).join(' '));
      now = new Date(now.getTime() - everyMs);
    }
  }
  return [...lines, current.state];
}

describe('the targets', () => {
  it('are 1 workday to publish, 5 to claim, 7 days to contact and 15 workdays to do it', () => {
    expect(DEFAULT_TARGETS).toEqual({
      publish: { workdays: 1 },
      claim: { workdays: 5 },
      contact: { days: 7 },
      done: { workdays: 15 },
    });
    const published = act(submitted(), secretary, 'publish', NOW);
    const claimed = act(published, li, 'claim', NOW);
    expect(dayOf(submitted().due.publish ?? NOW)).toBe('2026-03-10');
    expect(dayOf(published.due.claim ?? NOW)).toBe('2026-03-16');
    expect(dayOf(claimed.due.contact ?? NOW)).toBe('2026-03-16');
    expect(dayOf(claimed.due.done ?? NOW)).toBe('2026-03-30');
    for (const due of [submitted().due.publish, published.due.claim, claimed.due.contact, claimed.due.done]) {
      expect(due).toEqual(endOfDay(dayOf(due ?? NOW)));
    }
  });

  it('are counted in workdays of the State Council’s calendar', () => {
    // Qingming 2026: 4 to 6 April are off, Monday the 6th among them.
    const made = submitted();
    const published = act(made, secretary, 'publish', shanghai('2026-04-01T10:00:00'));
    expect(dayOf(published.due.claim ?? NOW)).toBe('2026-04-09');
    const friday = act(made, secretary, 'publish', shanghai('2026-03-13T23:30:00'));
    expect(dayOf(friday.due.claim ?? NOW)).toBe('2026-03-20');
  });

  it('are each community’s own, and do not change under a wish', () => {
    const targets = { publish: { workdays: 2 }, claim: { days: 3 }, contact: { days: 1 }, done: { workdays: 30 } };
    const made = submitted({}, granny, { place: { ...PLACE, targets } });
    const claimed = act(act(made, secretary, 'publish', NOW), li, 'claim', NOW);
    expect(
      [made.due.publish, claimed.due.claim, claimed.due.contact, claimed.due.done].map((due) => dayOf(due ?? NOW)),
    ).toEqual(['2026-03-11', '2026-03-12', '2026-03-10', '2026-04-21']);
  });
});

describe('a wish nobody publishes', () => {
  it('is warned about on its last morning, then the secretary’s, then the street’s the next workday', () => {
    expect(ahead(submitted())).toEqual([
      '2026-03-10 09:00:00 warn publish',
      '2026-03-11 00:00:00 escalate publish secretary',
      '2026-03-12 00:00:00 escalate publish street',
    ]);
    expect(story(submitted())).toEqual([
      '2026-03-10 09:00:00 warn',
      '2026-03-11 00:00:00 escalate secretary',
      '2026-03-12 00:00:00 escalate street',
      'submitted',
    ]);
  });
});

describe('a wish nobody claims', () => {
  const published = act(submitted(), secretary, 'publish', NOW);
  it('is warned about a workday before, then the secretary’s, then the street’s the next workday', () => {
    expect(ahead(published)).toEqual([
      '2026-03-13 09:00:00 warn claim',
      '2026-03-17 00:00:00 escalate claim secretary',
      '2026-03-18 00:00:00 escalate claim street',
    ]);
  });
  it('gives the secretary a whole workday, though a weekend lies between', () => {
    const late = act(submitted(), secretary, 'publish', shanghai('2026-03-13T10:00:00'));
    expect(ahead(late)).toEqual([
      '2026-03-19 09:00:00 warn claim',
      '2026-03-21 00:00:00 escalate claim secretary',
      '2026-03-24 00:00:00 escalate claim street',
    ]);
  });
});

describe('a wish of somebody with a sentinel', () => {
  it('is the sentinel’s alone for 24 hours to the minute', () => {
    const facts = { sentinel: { id: sentinel.id, name: sentinel.name } };
    const offered = moved(submitted(), secretary, 'publish', {}, { now: NOW, facts });
    expect(offered.offerUntil).toEqual(new Date(NOW.getTime() + 24 * HOUR));
    expect(ahead(offered)[0]).toBe('2026-03-10 10:00:00 endOffer');
    const early = new Date(NOW.getTime() + 24 * HOUR - 1);
    expect(() => act(offered, li, 'claim', early)).toThrow('offered_first');
    expect(act(offered, sentinel, 'claim', early).claimant?.id).toBe(sentinel.id);
    expect(act(offered, li, 'claim', new Date(NOW.getTime() + 24 * HOUR)).claimant?.id).toBe(li.id);
    expect(act(offered, clockwork, 'endOffer', new Date(NOW.getTime() + 24 * HOUR))).not.toHaveProperty('offeredTo');
    expect(act(act(offered, sentinel, 'pass', NOW), li, 'claim', NOW).claimant?.id).toBe(li.id);
  });
});

describe('a claim without contact', () => {
  const claimed = act(act(submitted(), secretary, 'publish', NOW), li, 'claim', NOW, {});

  it('is warned about two days before and given back when the seven days are over', () => {
    expect(story(claimed).slice(0, 2)).toEqual(['2026-03-14 09:00:00 warn', '2026-03-17 00:00:00 autoRelease']);
    const warned = act(claimed, clockwork, 'warn', shanghai('2026-03-14T09:00:00'), { stage: 'contact' });
    const back = act(warned, clockwork, 'autoRelease', shanghai('2026-03-17T00:00:00'));
    expect(back).toMatchObject({ state: 'published', lapses: 1, column: 'open' });
    expect(back).not.toHaveProperty('claimant');
    expect(dayOf(back.due.claim ?? NOW)).toBe('2026-03-24');
  });

  it('is never given back sooner than a day after the warning, however late that went out', () => {
    const warnedLate = act(claimed, clockwork, 'warn', shanghai('2026-03-18T15:00:00'), { stage: 'contact' });
    expect(ahead(warnedLate)[0]).toBe('2026-03-19 15:00:00 autoRelease');
    expect(() => act(warnedLate, clockwork, 'autoRelease', shanghai('2026-03-19T14:59:59'))).toThrow('not_due');
    // The house was down from the first day on: the warning still comes first.
    expect(story(claimed, 10 * MINUTE, shanghai('2026-03-20T12:00:00')).slice(0, 2)).toEqual([
      '2026-03-20 12:00:00 warn',
      '2026-03-21 12:00:00 autoRelease',
    ]);
  });

  it('made in time, leaves the day it is to be done by', () => {
    const contacted = act(claimed, li, 'contact', shanghai('2026-03-12T10:00:00'));
    expect(ahead(contacted)).toEqual([
      '2026-03-25 09:00:00 warn done',
      '2026-03-31 00:00:00 escalate done secretary',
      '2026-04-01 00:00:00 escalate done street',
    ]);
    expect(story(contacted).at(-1)).toBe('claimed');
  });
});

describe('more time', () => {
  const claimed = act(wishIn('claimed'), li, 'contact', NOW);
  const extend = (wish: WishDoc, until: string, now = NOW) => act(wish, li, 'extend', now, { until, reason: '等货到' });

  it('is given twice, each time to the end of a later day and no more than 30 days on', () => {
    expect(() => extend(claimed, '2026-03-30')).toThrow('extension_too_early');
    expect(() => extend(claimed, '2026-04-30')).toThrow('extension_too_long');
    const once = extend(claimed, '2026-04-29');
    expect(once.due.done).toEqual(endOfDay('2026-04-29'));
    const twice = extend(once, '2026-05-10');
    expect(() => extend(twice, '2026-05-11')).toThrow('no_more_extensions');
    // Saturday, 9 May, is worked in turn for the holiday.
    expect(ahead(twice)[0]).toBe('2026-05-07 09:00:00 warn done');
  });

  it('begins the warnings of that day anew, also when they had been given', () => {
    const late = shanghai('2026-04-02T10:00:00');
    const escalated = act(claimed, clockwork, 'escalate', late, { stage: 'done', to: 'secretary' });
    expect(ahead(escalated)).toEqual(['2026-04-01 00:00:00 escalate done street']);
    expect(ahead(extend(escalated, '2026-04-20', late)).map((line) => line.slice(20))).toEqual([
      'warn done',
      'escalate done secretary',
      'escalate done street',
    ]);
  });
});

describe('what is done', () => {
  const done = act(wishIn('claimed'), li, 'done', NOW);
  it('is asked about after five days and closes by itself after seven', () => {
    expect(story(done)).toEqual(['2026-03-14 09:00:00 warn', '2026-03-17 00:00:00 autoClose', 'closed']);
    expect(() => act(done, clockwork, 'autoClose', shanghai('2026-03-16T23:59:59'))).toThrow('not_due');
  });
  it('and not well is to be done again within five workdays, by the same helper', () => {
    const reopened = act(done, granny, 'rate', NOW, { score: 2 });
    expect(reopened).toMatchObject({ state: 'reopened', claimant: { id: li.id } });
    expect(ahead(reopened)).toEqual([
      '2026-03-11 09:00:00 warn done',
      '2026-03-17 00:00:00 escalate done secretary',
      '2026-03-18 00:00:00 escalate done street',
    ]);
    expect(act(done, granny, 'rate', NOW, { score: 3 }).state).toBe('closed');
    expect(act(done, granny, 'rate', NOW, { score: 5, unhappy: true }).state).toBe('reopened');
  });
  it('only in part is asked about and then goes up, and never closes by itself', () => {
    expect(story(act(wishIn('claimed'), li, 'partial', NOW))).toEqual([
      '2026-03-14 09:00:00 warn',
      '2026-03-17 00:00:00 escalate secretary',
      '2026-03-18 00:00:00 escalate street',
      'partial',
    ]);
  });
});

describe('a house that was away', () => {
  it('makes up what still has a purpose: no warning of a deadline that has passed', () => {
    const monthLater = new Date(NOW.getTime() + 30 * DAY);
    expect(dueMoves(submitted(), monthLater, calendar).map(({ move, input }) => [move, input.to])).toEqual([
      ['escalate', 'secretary'],
      ['escalate', 'street'],
    ]);
    expect(dueMoves(wishIn('done'), monthLater, calendar).map(({ move }) => move)).toContain('autoClose');
  });
});

describe('whenever a wish is made', () => {
  it('its steps are in the order warning, secretary, street, and none is at night before its deadline', () => {
    const moments = fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(moments, (now) => {
        const published = moved(submitted(), secretary, 'publish', {}, { now, facts: {} });
        const steps = scheduleOf(published, calendar);
        expect(steps.map(({ at }) => +at)).toEqual(steps.map(({ at }) => +at).sort((a, b) => a - b));
        const due = published.due.claim ?? now;
        expect(calendar.isWorkday(dayOf(due))).toBe(true);
        for (const { at, move, input } of steps) {
          expect(at.getTime()).toBeGreaterThan(now.getTime());
          if (move === 'warn') expect([at < due, clockFace(at).slice(11)]).toEqual([true, '09:00:00']);
          if (input.to === 'secretary') expect(at.getTime()).toBe(due.getTime() + 1);
          // The street hears when a whole workday has passed since.
          if (input.to === 'street') expect(at.getTime()).toBeGreaterThanOrEqual(due.getTime() + DAY);
        }
      }),
    );
  });
});
