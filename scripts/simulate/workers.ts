/** What those who serve do on a simulated day: see people in care, look at places, hold talks. Written straight into the store. */

import type { House } from '../../src/core/house.ts';
import { lineage } from '../../src/features/areas/index.ts';
import { listing } from '../../src/features/care/index.ts';
import type { Chance } from '../seed/random.ts';
import type { Cast } from './cast.ts';
import type { Days } from './days.ts';
import { inBatches } from './fill.ts';
import type { Model, Occasion } from './model.ts';
import type { Scale } from './scale.ts';
import { careOf, NEVER, personOf } from './wards.ts';

/** They look so many days ahead. */
const AHEAD = 3;
const SEES = 0.85;
/** Of those who are neglected. */
const SEES_NEGLECTED = 0.05;
const LOOKS = 0.35;
const TALKS = 0.03;
/** Something happens to a worker that calls for a talk, and such a talk is held, on a day. */
const HAPPENS = 0.01;
const HOLDS = 0.3;
/** A time is found for one that is not held yet. */
const ARRANGES = 0.3;
const MEETS_AT = '15:00';
const WITHIN_WORKDAYS = 3;
const REVIEWS = 0.6;
const REVIEWED_AGAIN_DAYS = 365;
type Row = Record<string, unknown> & { _id: string };
type Change = { id: string; set: Record<string, unknown> };

export function workersOf(
  house: House,
  cast: Cast,
  { neglected, goes: goesOut }: Scale,
  model: Model,
  days: Days,
  chance: Chance,
) {
  const { wards, staff, communities } = cast;
  let made = 0;
  const idOf = (kind: string) => `${kind}${(made++).toString(16).padStart(20, '0')}`;
  const rawOf = (name: string) => house.db.collection<Row>(name);

  /** A document as a lifecycle leaves it. */
  const documentOf = (kind: string, state: string, areas: string[], now: Date) => ({
    _id: idOf(kind),
    state,
    version: 1,
    areas,
    history: [],
    outbox: [],
    createdAt: now,
    updatedAt: now,
  });

  function logOf(at: number, kind: 'visit' | 'inspection', persons: string[], day: string, now: Date): Row {
    const { id, name, area, community } = staff[at] as Cast['staff'][number];
    const empty = { items: [], photos: [], photoIds: [], spawned: [], checks: [], before: [] };
    return {
      ...documentOf(kind === 'visit' ? 'f111' : 'f112', 'logged', lineage(area), now),
      ...empty,
      community: communities[community]?.code,
      by: { id, name },
      kind,
      day,
      persons,
      households: 1,
      well: true,
    };
  }

  function talkOf(at: number, state: 'asked' | 'done', more: Record<string, unknown>, now: Date): Row {
    const { id, name, community } = staff[at] as Cast['staff'][number];
    const place = communities[community]?.code ?? '';
    return { ...documentOf('f333', state, lineage(place), now), place, worker: { id, name }, ...more };
  }

  const heldOn = (day: number) => ({ heldOn: days.name(day), heldIn: days.quarter(day) });

  /** A talk for which a time is found: on one of the next two workdays. */
  function arranged(at: number, occasion: Occasion, day: number): Change {
    const next = days.nextWorked(day, 1);
    const on = chance.next() < 0.5 ? next : days.nextWorked(next, 1);
    const host = communities[staff[at]?.community ?? 0]?.secretaries[0] ?? '';
    occasion.meeting = { on, time: MEETS_AT, host };
    const meeting = { day: days.name(on), time: MEETS_AT, agreed: true };
    return { id: occasion.id, set: { state: 'scheduled', host: { id: host, name: '书记' }, meeting } };
  }

  /** Talks of a day: those held, those something calls for. */
  function talksOn(day: number, now: Date): { fresh: Row[]; changed: Change[] } {
    const fresh: Row[] = [];
    const changed: Change[] = [];
    const quarter = days.quarter(day);
    for (const [at] of staff.entries()) {
      const occasion = model.occasions.get(at);
      if (occasion !== undefined) {
        const { meeting } = occasion;
        if (meeting ? meeting.on > day : chance.next() > HOLDS) {
          if (!meeting && chance.next() < ARRANGES) changed.push(arranged(at, occasion, day));
          continue;
        }
        changed.push({ id: occasion.id, set: { state: 'done', ...heldOn(day) } });
        model.occasions.delete(at);
        model.talked[at] = quarter;
      } else if (chance.next() < HAPPENS) {
        let by = day;
        for (let nth = 0; nth < WITHIN_WORKDAYS; nth += 1) by = days.nextWorked(by, 1);
        const purpose = `illness:${days.name(day)}:1`;
        const told = { purpose, occasion: { kind: 'illness', at: days.name(day) }, by: days.name(by) };
        const talk = talkOf(at, 'asked', told, now);
        fresh.push(talk);
        model.occasions.set(at, { id: talk._id, purpose, by });
      } else if (model.talked[at] !== quarter && chance.next() < TALKS) {
        fresh.push(talkOf(at, 'done', { purpose: quarter, ...heldOn(day) }, now));
        model.talked[at] = quarter;
      }
    }
    return { fresh, changed };
  }

  /** Reviews of a day: most of those that are due are put off by a year. */
  function* reviewsOn(day: number): Generator<Change> {
    for (let at = 0; at < wards.count; at += 1) {
      if (!model.reviewTold[at] || chance.next() > REVIEWS) continue;
      wards.review[at] = day + REVIEWED_AGAIN_DAYS;
      model.reviewTold[at] = 0;
      yield { id: careOf(at), set: { 'flags.0.reviewBy': days.name(day + REVIEWED_AGAIN_DAYS) } };
    }
  }

  /** Who is seen on a day by whom: `seen` is added to. */
  function* visitsOn(day: number, seen: Map<number, string[]>): Generator<Change> {
    const goes = staff.map(() => chance.next() < goesOut);
    for (let at = 0; at < wards.count; at += 1) {
      const bearer = wards.bearer[at] ?? -1;
      if (bearer < 0 || !goes[bearer] || (model.dueBy[at] ?? 0) > day + AHEAD) continue;
      if (chance.next() > (at % neglected === 0 ? SEES_NEGLECTED : SEES)) continue;
      const before = wards.seen[at] ?? NEVER;
      wards.seen[at] = day;
      model.reckon(at);
      const persons = seen.get(bearer);
      if (persons) persons.push(personOf(at));
      else seen.set(bearer, [personOf(at)]);
      // The latest two days are enough for when they are to be seen next.
      const visits = [day, before].filter((one) => one !== NEVER).map(days.name);
      const told = { person: '', areas: [], since: days.name(wards.since[at] ?? 0), visits, flags: [] };
      const { seenOn, seenBefore } = listing(told);
      yield { id: careOf(at), set: { visits, seenOn, seenBefore } };
    }
  }

  function logsOn(day: number, seen: ReadonlyMap<number, string[]>, now: Date): Row[] {
    const name = days.name(day);
    const { visits, inspections } = model.week;
    const logs: Row[] = [];
    for (const [at, persons] of seen) {
      logs.push(logOf(at, 'visit', persons, name, now));
      visits[at] = (visits[at] ?? 0) + 1;
    }
    for (const at of staff.keys()) {
      if (chance.next() > LOOKS) continue;
      logs.push(logOf(at, 'inspection', [], name, now));
      inspections[at] = (inspections[at] ?? 0) + 1;
    }
    return logs;
  }

  const insert = (model: string, rows: readonly Row[]) =>
    inBatches(rows, (batch) => rawOf(model).insertMany(batch, { ordered: false }));

  const change = (model: string, changes: Iterable<Change>) =>
    inBatches(changes, (batch) =>
      rawOf(model).bulkWrite(
        batch.map(({ id: _id, set }) => ({ updateOne: { filter: { _id }, update: { $set: set } } })),
        { ordered: false },
      ),
    );

  return {
    /**
     * What is done on a day between what is told in the morning and what is told in the afternoon.
     * @returns what writes it into the store
     */
    day(day: number, now: Date): () => Promise<void> {
      const seen = new Map<number, string[]>();
      const { fresh, changed } = talksOn(day, now);
      const reviewed = [...reviewsOn(day)];
      const visited = [...visitsOn(day, seen)];
      const logs = logsOn(day, seen, now);
      return async () => {
        const cared = async () => {
          // One may be both reviewed and visited.
          await change('care', reviewed);
          await change('care', visited);
        };
        await Promise.all([cared(), change('talk', changed), insert('talk', fresh), insert('visit', logs)]);
      };
    },
  };
}
