import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { atCivil, DAY, HOUR, MINUTE } from '../../../src/core/time.ts';
import { DEFAULT_INCIDENT_TARGETS, type Urgency } from '../../../src/features/areas/index.ts';
import { type ClockMove, dueMoves, scheduleOf } from '../../../src/features/incidents/due.ts';
import type { IncidentDoc } from '../../../src/features/incidents/index.ts';
import { incidentIn, moved, reported } from '../../support/incidents.ts';
import { calendar, clockwork, granny, gridWorker, li, NOW, secretary } from '../../support/wishes.ts';

/** The clock of incidents; the stories begin on Monday, 9 March 2026, at ten unless they say when. */

const shanghai = (moment: string): Date => new Date(`${moment}+08:00`);
const face = (at: Date): string => new Date(+at + 8 * HOUR).toISOString().slice(5, 19).replace('T', ' ');
/** All that the clock will do to an incident if nobody moves it. */
const ahead = (incident: IncidentDoc): string[] =>
  scheduleOf(incident, calendar).map(({ at, move, input }) =>
    [face(at), move, input.stage, input.to].filter((part) => part !== undefined).join(' '),
  );

/** What the clock does when it looks exactly when it has to, until nothing is left to do. */
function story(incident: IncidentDoc): { at: Date; move: string; input: ClockMove['input'] }[] {
  const done: { at: Date; move: string; input: ClockMove['input'] }[] = [];
  let current = incident;
  for (let rounds = 0; current.nextAt && rounds < 20; rounds += 1) {
    const now = current.nextAt;
    const [due] = dueMoves(current, now, calendar);
    if (!due) throw new Error(`nextAt ${face(now)} and nothing to do`);
    current = moved(current, clockwork, due.move, due.input, { now, facts: {} });
    done.push({ at: now, move: due.move, input: due.input });
  }
  return done;
}

const danger = (now: Date) => reported({ danger: true }, granny, { now });
const triaged = (urgency: Urgency, now = NOW) =>
  moved(reported({}, granny, { now }), gridWorker, 'triage', { urgency }, { now });

describe('the targets', () => {
  it('are an hour round the clock in danger, else 2 and 24 waking hours, 7 and 15 days, at each level', () => {
    const { grid, community, street } = DEFAULT_INCIDENT_TARGETS;
    expect(grid).toEqual({
      danger: { minutes: 60, clock: 'always' },
      urgent: { minutes: 120, clock: 'awake' },
      soon: { minutes: 1_440, clock: 'awake' },
      usual: { days: 7 },
      long: { days: 15 },
    });
    expect([community, street]).toEqual([grid, grid]);
    const ends = (['danger', 'urgent', 'soon', 'usual', 'long'] as const).map((one) =>
      face(triaged(one).due.done ?? NOW),
    );
    expect(ends).toEqual(['03-09 11:00:00', '03-09 12:00:00', '03-10 21:00:00', '03-16 23:59:59', '03-24 23:59:59']);
  });
});

describe('what the clock will do', () => {
  it.each([
    [
      'reported',
      reported(),
      [
        '03-10 09:00:00 warn triage',
        '03-11 00:00:00 escalate triage secretary',
        '03-12 00:00:00 escalate triage street',
      ],
    ],
    [
      'in danger at night',
      danger(shanghai('2026-03-09T23:50:00')),
      [
        '03-09 23:57:30 warn dispatch',
        '03-10 00:05:00 escalate dispatch secretary',
        '03-10 00:50:00 escalate dispatch street',
      ],
    ],
    [
      'in danger, taken',
      moved(danger(NOW), li, 'take', {}, { now: new Date(+NOW + 5 * MINUTE) }),
      ['03-09 10:30:00 warn done', '03-09 11:00:00 escalate done secretary', '03-09 11:45:00 escalate done street'],
    ],
    [
      'urgent in the evening',
      moved(
        triaged('urgent', shanghai('2026-03-09T20:00:00')),
        li,
        'take',
        {},
        { now: shanghai('2026-03-09T20:10:00') },
      ),
      ['03-09 21:00:00 warn done', '03-10 09:00:00 escalate done secretary', '03-10 11:00:00 escalate done street'],
    ],
    [
      'usual, in hand',
      incidentIn('dispatched'),
      ['03-13 09:00:00 warn done', '03-17 00:00:00 escalate done secretary', '03-18 00:00:00 escalate done street'],
    ],
    ['resolved', incidentIn('resolved'), ['03-13 09:00:00 warn answer', '03-17 00:00:00 autoConfirm']],
    ['merged', incidentIn('merged'), ['03-09 10:00:00 settle']],
    ['confirmed', incidentIn('confirmed'), []],
    ['referred', incidentIn('referred'), []],
  ] as const)('%s', (_what, incident, expected) => {
    expect(ahead(incident)).toEqual([...expected]);
  });

  it('gives no fresh time to whoever gets it later at the same level, and fresh time at the next', () => {
    const first = triaged('soon');
    const later = new Date(+NOW + 3 * HOUR);
    const second = moved(moved(first, li, 'take', {}, { now: later }), secretary, 'dispatch', undefined, {
      now: later,
    });
    expect(second.due.done).toEqual(first.due.done);
    const up = moved(second, secretary, 'raise', undefined, { now: later });
    expect(+(up.due.done ?? 0)).toBeGreaterThan(+(first.due.done ?? 0));
  });

  it('gives fresh time to whoever gets what was left of it long after', () => {
    const now = new Date(+NOW + 20 * DAY);
    const again = moved(incidentIn('partial'), secretary, 'dispatch', undefined, { now });
    expect(dueMoves(again, new Date(+now + DAY), calendar)).toEqual([]);
    expect(+(again.due.done ?? 0)).toBeGreaterThan(+now + 6 * DAY);
  });

  it('a first look takes the first reminder away, and no more', () => {
    const looked = moved(
      reported(),
      { ...gridWorker, roles: [{ role: 'household_lead', area: gridWorker.roles[0]?.area ?? '' }] },
      'look',
    );
    expect(ahead(looked)).toEqual(ahead(reported()).slice(1));
  });
});

const moments = fc.integer({ min: 0, max: 300 * 24 * 60 }).map((n) => new Date(+atCivil('2026-02-01') + n * MINUTE));
const urgencies = fc.constantFrom<Urgency>('danger', 'urgent', 'soon', 'usual', 'long');
const open = fc.tuple(moments, urgencies, fc.boolean(), fc.boolean()).map(([now, urgency, isTriaged, isTaken]) => {
  const made = reported({ danger: urgency === 'danger' }, granny, { now });
  if (!isTriaged && urgency !== 'danger') return made;
  const seen = urgency === 'danger' ? made : moved(made, gridWorker, 'triage', { urgency }, { now });
  return isTaken ? moved(seen, li, 'take', {}, { now }) : seen;
});

describe('whatever the moment and the urgency', () => {
  it('a deadline is warned of once before it, then the secretary hears of it, then the street, each once', () => {
    fc.assert(
      fc.property(open, (incident) => {
        const stages = { reported: 'triage', triaged: 'dispatch' } as Record<string, 'triage' | 'dispatch'>;
        const stage = stages[incident.state] ?? 'done';
        const due = incident.due[stage] ?? NOW;
        const steps = story(incident);
        expect(steps.map(({ move, input }) => [move, input.stage, input.to])).toEqual([
          ['warn', stage, undefined],
          ['escalate', stage, 'secretary'],
          ['escalate', stage, 'street'],
        ]);
        const [warned = due, secretary = due, street = due] = steps.map(({ at }) => at);
        expect([warned > incident.postedAt, warned < due, +secretary - +due, street > secretary]).toEqual([
          true,
          true,
          1,
          true,
        ]);
      }),
      { numRuns: 150 },
    );
  });

  it('a danger nobody takes is with the secretary after 15 minutes and with the street after an hour, day and night', () => {
    fc.assert(
      fc.property(moments, (now) => {
        const minutes = story(danger(now)).map(({ at }) => Math.floor((+at - +now) / MINUTE));
        expect(minutes).toEqual([7, 15, 60]);
      }),
      { numRuns: 60 },
    );
  });

  it('a clock that stood still warns of nothing that is over, and still escalates in order', () => {
    fc.assert(
      fc.property(open, fc.integer({ min: 0, max: 40 }), (incident, days) => {
        const now = new Date(+incident.postedAt + days * DAY);
        const moves = dueMoves(incident, now, calendar);
        expect(moves.map(({ at }) => +at)).toEqual(moves.map(({ at }) => +at).sort((a, b) => a - b));
        if (moves.some(({ move }) => move === 'escalate'))
          expect(moves.some(({ move }) => move === 'warn')).toBe(false);
      }),
      { numRuns: 100 },
    );
  });
});
