import type { Job, Run, RunReport } from '../../core/feature.ts';
import type { House } from '../../core/house.ts';
import { deliver, type Notice, toldAt } from '../../core/notice.ts';
import { plannedJob } from '../../core/planned.ts';
import { maskName } from '../../core/text.ts';
import { addDays, atCivil, DAY, type Day, dayOf } from '../../core/time.ts';
import { communityOf } from '../areas/index.ts';
import { findPeople, type Person } from '../people/index.ts';
import { mayBeLead, mayBeSentinel } from './facts.ts';
import { COLOUR_WORDS } from './kinds.ts';
import { listing } from './listing.ts';
import { type CareMessage, reviewReason } from './messages.ts';
import type { CareDoc } from './model.ts';
import { found, keepInStep, lost, relocate } from './service.ts';
import { cares, findCare } from './store.ts';

const BATCH = 500;
/** What nobody saw to is said again so much later. */
const AGAIN_DAYS = 14;

type Line = Pick<
  CareDoc,
  | '_id'
  | 'state'
  | 'version'
  | 'person'
  | 'areas'
  | 'community'
  | 'colour'
  | 'flags'
  | 'sentinel'
  | 'lead'
  | 'since'
  | 'visits'
  | 'missing'
  | 'seenOn'
  | 'seenBefore'
  | 'line'
>;

/** Documents of care in batches, as much of them as the jobs need. */
async function* batches(house: House, filter: object): AsyncGenerator<Line[]> {
  const found = cares(house)
    .find(filter)
    .project<Line>({
      state: 1,
      version: 1,
      since: 1,
      visits: 1,
      missing: 1,
      seenOn: 1,
      seenBefore: 1,
      line: 1,
      person: 1,
      areas: 1,
      community: 1,
      colour: 1,
      sentinel: 1,
      lead: 1,
      'flags.kind': 1,
      'flags.reviewBy': 1,
    })
    .batchSize(BATCH);
  let batch: Line[] = [];
  for await (const line of found) {
    batch.push(line);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** Who keeps the people in care of each community: a keeper of care if there is one, else the secretary. */
function keepersOf(house: House) {
  const known = new Map<string, 'care_keeper' | 'secretary'>();
  return async (community: string) => {
    const role =
      known.get(community) ??
      ((await house.directory.holders('care_keeper', community)).length > 0 ? 'care_keeper' : 'secretary');
    known.set(community, role);
    return { role, area: community };
  };
}

const notice = (
  key: string,
  to: Notice['to'],
  message: CareMessage,
  care: Line,
  person: Person | undefined,
  more: Record<string, unknown>,
): Notice => ({
  key,
  to,
  message,
  data: {
    id: care._id,
    who: person === undefined ? '*' : maskName(person.name),
    colour: COLOUR_WORDS[care.colour],
    ...more,
  },
});

const byId = async (house: House, ids: readonly (string | undefined)[]): Promise<Map<string, Person>> => {
  const found = await findPeople(
    house,
    ids.filter((id) => id !== undefined),
  );
  return new Map(found.map((person) => [person._id, person]));
};

/**
 * Tells who keeps people in care of the flags whose day of review has come, every two weeks until somebody has looked. What
 * comes up on a day of rest is told on the next workday.
 */
export const reviews: Job = plannedJob({
  name: 'care.reviews',
  title: '关爱登记到期复核：告诉关爱专员，没有专员的告诉书记',
  cron: '30 8 * * *',
  makeUpWithinMs: DAY,
  async *plan({ now }, house) {
    const today = dayOf(now);
    if (!house.calendar.isWorkday(today)) return;
    const keeperOf = keepersOf(house);
    for await (const batch of batches(house, { state: 'kept', 'flags.reviewBy': { $lte: today } })) {
      const people = await byId(
        house,
        batch.map(({ person }) => person),
      );
      for (const care of batch) {
        const to = await keeperOf(care.community);
        for (const { kind, reviewBy } of care.flags.filter((flag) => flag.reviewBy <= today)) {
          const nth = Math.floor((atCivil(today).getTime() - atCivil(reviewBy).getTime()) / (AGAIN_DAYS * DAY));
          const key = `care.reviews:${care._id}:${kind}:${reviewBy}${nth === 0 ? '' : `:${nth}`}`;
          const data = { kind, by: reviewBy, ...(nth > 0 && { again: true }) };
          const due = notice(key, to, 'care.review_due', care, people.get(care.person), data);
          yield { ...due, why: reviewReason(reviewBy) };
        }
      }
    }
  },
});

/** Those of a batch who live elsewhere than their document says, with where that is. */
function relocatedIn(batch: readonly Line[], people: ReadonlyMap<string, Person>) {
  return batch.flatMap((care) => {
    const ward = people.get(care.person);
    const community = ward?.active ? communityOf(ward.areas) : undefined;
    // Who left the city is still looked after from where they lived, until somebody says otherwise.
    if (!ward || community === undefined || ward.areas.join() === care.areas.join()) return [];
    return [{ care, areas: ward.areas, community }];
  });
}

/** Writes what plans are read from into documents of before it was kept there. A move that comes between writes it as well. */
async function fillIn(house: House, batch: readonly Line[]): Promise<number> {
  const old = batch.filter((one) => [one.seenOn, one.seenBefore, one.line].includes(undefined));
  if (old.length === 0) return 0;
  await cares(house).bulkWrite(
    old.map((care) => ({
      updateOne: { filter: { _id: care._id, version: care.version }, update: { $set: listing(care) } },
    })),
  );
  return old.length;
}

/** Those whom the register has had no longer, or has again. */
function lostIn(batch: readonly Line[], people: ReadonlyMap<string, Person>) {
  return {
    lost: batch.filter(({ person }) => !people.has(person)),
    again: batch.filter(({ person, missing }) => missing !== undefined && people.has(person)),
  };
}

/** Of somebody who moved in and was not handed over yet, when that was. */
async function movedIn(house: House, { _id }: Line): Promise<Day | undefined> {
  const history = (await findCare(house, _id))?.history ?? [];
  const last = history.findLast(({ move }) => ['relocated', 'assign', 'handOver'].includes(move));
  return last?.move === 'relocated' ? dayOf(last.at) : undefined;
}

/** The key of what goes on being so: none as long as it was told lately. Back and gone again months later it is told anew. */
async function keyUnlessLately(house: House, key: string, today: Day): Promise<string | undefined> {
  const keys = Array.from({ length: AGAIN_DAYS }, (_, nth) => `${key}:${addDays(today, -nth)}`);
  const told = await toldAt(house, keys);
  return told.size === 0 ? keys[0] : undefined;
}

/** What those who keep the place are to hear of somebody whose sentinel serves there no more, or not yet. */
async function ofSentinel(house: House, care: Line, ward: Person | undefined, to: Notice['to'], today: Day) {
  const moved = await movedIn(house, care);
  // Told when they moved; as long as nobody took over, said again.
  if (moved !== undefined && addDays(moved, AGAIN_DAYS) > today) return [];
  const message = moved === undefined ? 'care.sentinel_gone' : 'care.moved_in';
  const key = await keyUnlessLately(house, `care.sentinels:${care._id}:${care.sentinel}`, today);
  return key === undefined ? [] : [notice(key, to, message, care, ward, { sentinel: care.sentinel })];
}

/** Somebody the register has no more by the name it had. */
const namedBefore = async (house: House, { person }: Line): Promise<Person | undefined> =>
  (await house.model<Person>('people').findById(person).lean<Person>()) ?? undefined;

/**
 * Brings the register's copy of who is whose sentinel in step, hands whoever moved house to those who keep the new place, and
 * tells who keeps people in care of sentinels who no longer serve the place, and of those the register has no more: every two
 * weeks as long as it is so.
 */
export const sentinels: Job = {
  name: 'care.sentinels',
  title: '守望哨核对：名册里的跟着改，搬家的转给新社区，不在岗的提醒交接',
  cron: '40 6 * * *',
  makeUpWithinMs: DAY,
  async run({ dryRun, now }: Run, house: House): Promise<RunReport> {
    const today = dayOf(now);
    const keeperOf = keepersOf(house);
    const counts = { filled: 0, moved: 0, inStep: 0, gone: 0, lost: 0 };
    for await (const batch of batches(house, { state: 'kept' })) {
      if (!dryRun) counts.filled += await fillIn(house, batch);
      const people = await byId(
        house,
        batch.flatMap(({ person, sentinel }) => [person, sentinel]),
      );
      const notices: Notice[] = [];
      const moved = relocatedIn(batch, people);
      const leads = await byId(
        house,
        moved.map(({ care }) => care.lead),
      );
      for (const { care, ...place } of moved) {
        const lead = leads.get(care.lead ?? '');
        const leadStays = lead !== undefined && mayBeLead(lead, place);
        counts.moved += 1;
        if (!dryRun)
          await relocate(house, care._id, { ...place, keeper: (await keeperOf(place.community)).role, leadStays });
      }
      const { lost: gone, again } = lostIn(batch, people);
      for (const care of again) if (!dryRun) await found(house, care._id, today);
      for (const care of gone) {
        if (!dryRun && care.missing === undefined) await lost(house, care._id, today);
        const key = await keyUnlessLately(house, `care.lost:${care._id}`, today);
        if (key === undefined) continue;
        counts.lost += 1;
        const to = await keeperOf(care.community);
        notices.push(notice(key, to, 'care.lost', care, await namedBefore(house, care), {}));
      }
      const elsewhere = new Set([...moved.map(({ care }) => care), ...gone]);
      for (const care of batch.filter((one) => !elsewhere.has(one))) {
        const ward = people.get(care.person);
        if (ward && ward.sentinel !== care.sentinel) {
          counts.inStep += 1;
          if (!dryRun) await keepInStep(house, care);
        }
        if (care.sentinel === undefined) continue;
        const worker = people.get(care.sentinel);
        if (worker && mayBeSentinel(worker, care)) continue;
        const told = await ofSentinel(house, care, ward, await keeperOf(care.community), today);
        counts.gone += told.length;
        notices.push(...told);
      }
      if (!dryRun) await deliver(house, ...notices);
    }
    return { lines: reportOf(counts) };
  },
};

const reportOf = ({ filled, moved, inStep, gone, lost: missing }: Record<string, number>): string[] =>
  [
    [filled, '补全了关爱登记'],
    [moved, '搬家的转给新社区'],
    [inStep, '名册里的守望哨跟着改'],
    [gone, '提醒交接守望哨'],
    [missing, '提醒核对名册里没有了的'],
  ].flatMap(([count, words]) => (Number(count) > 0 ? [`${words}：${count} 人`] : []));
