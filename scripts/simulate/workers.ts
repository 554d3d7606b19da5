/** What those who serve do on a simulated day: see people in care, look at places, hold talks. Written straight into the store. */
import type { House } from '../../src/core/house.ts';
import { lineage } from '../../src/features/areas/index.ts';
import type { Chance } from '../seed/random.ts';
import { type Cast, careOf, inBatches, personOf } from './cast.ts';
import type { Days } from './days.ts';
import type { Model } from './model.ts';

/** They look so many days ahead. */
const AHEAD = 3;
const GOES = 0.7;
const SEES = 0.85;
/** One in so many is hardly ever seen, so that the ladder has something to climb for. */
const NEGLECTED = 40;
const SEES_NEGLECTED = 0.05;
const LOOKS = 0.35;
const TALKS = 0.03;
/** As many days as care remembers. */
const REMEMBERED = 12;

type Row = Record<string, unknown> & { _id: string };

export function workersOf(house: House, cast: Cast, model: Model, days: Days, chance: Chance) {
  const { wards, staff, communities } = cast;
  const visits = new Map<number, string[]>();
  let made = 0;
  const idOf = (kind: string) => `${kind}${(made++).toString(16).padStart(20, '0')}`;
  const rawOf = (name: string) => house.db.collection<Row>(name);

  function logOf(at: number, kind: 'visit' | 'inspection', persons: string[], day: string, now: Date): Row {
    const { id, name, area, community } = staff[at] as Cast['staff'][number];
    const empty = { history: [], outbox: [], items: [], photos: [], photoIds: [], spawned: [], checks: [], before: [] };
    return {
      _id: idOf('f1'.padEnd(4, kind === 'visit' ? '1' : '2')),
      state: 'logged',
      version: 1,
      areas: lineage(area),
      community: communities[community]?.code,
      by: { id, name },
      kind,
      day,
      persons,
      households: 1,
      well: true,
      createdAt: now,
      updatedAt: now,
      ...empty,
    };
  }

  function talkOf(at: number, day: number, now: Date): Row {
    const { id, name, community } = staff[at] as Cast['staff'][number];
    const place = communities[community]?.code ?? '';
    const quarter = `${days.name(day).slice(0, 4)}-Q${model.quarterOf(day) + 1}`;
    return {
      _id: idOf('f333'),
      state: 'done',
      version: 1,
      areas: lineage(place),
      history: [],
      outbox: [],
      createdAt: now,
      updatedAt: now,
      place,
      worker: { id, name },
      purpose: quarter,
      heldOn: days.name(day),
      heldIn: quarter,
    };
  }

  return {
    /** What is done on a day after what is told by noon, and before the rest. */
    async day(day: number, now: Date): Promise<void> {
      if (!days.isWorked(day)) return;
      const name = days.name(day);
      const goes = staff.map(() => chance.next() < GOES);
      const seen = new Map<number, number[]>();
      for (let at = 0; at < wards.count; at += 1) {
        const bearer = wards.bearer[at] ?? -1;
        if (bearer < 0 || !goes[bearer] || (model.dueBy[at] ?? 0) > day + AHEAD) continue;
        if (chance.next() > (at % NEGLECTED === 0 ? SEES_NEGLECTED : SEES)) continue;
        wards.seen[at] = day;
        model.reckon(at);
        visits.set(at, [name, ...(visits.get(at) ?? [])].slice(0, REMEMBERED));
        seen.set(bearer, [...(seen.get(bearer) ?? []), at]);
      }
      const logs: Row[] = [];
      for (const [bearer, those] of seen) {
        logs.push(logOf(bearer, 'visit', those.map(personOf), name, now));
        model.week.visits[bearer] = (model.week.visits[bearer] ?? 0) + 1;
      }
      const talks: Row[] = [];
      for (const [at] of staff.entries()) {
        if (chance.next() < LOOKS) {
          logs.push(logOf(at, 'inspection', [], name, now));
          model.week.inspections[at] = (model.week.inspections[at] ?? 0) + 1;
        }
        if (model.talked[at] !== model.quarterOf(day) && chance.next() < TALKS) {
          talks.push(talkOf(at, day, now));
          model.talked[at] = model.quarterOf(day);
        }
      }
      await inBatches([...seen.values()].flat(), (batch) =>
        rawOf('care').bulkWrite(
          batch.map((at) => ({
            updateOne: { filter: { _id: careOf(at) }, update: { $set: { visits: visits.get(at) ?? [] } } },
          })),
          { ordered: false },
        ),
      );
      await inBatches(logs, (batch) => rawOf('visit').insertMany(batch, { ordered: false }));
      await inBatches(talks, (batch) => rawOf('talk').insertMany(batch, { ordered: false }));
    },
  };
}
