import type { Job, Run, RunReport } from '../../core/feature.ts';
import type { House } from '../../core/house.ts';
import { deliver, type Notice } from '../../core/notice.ts';
import { plannedJob } from '../../core/planned.ts';
import { maskName } from '../../core/text.ts';
import { DAY, dayOf } from '../../core/time.ts';
import { communityOf } from '../areas/index.ts';
import { findPeople, type Person } from '../people/index.ts';
import { mayBeLead, mayBeSentinel } from './facts.ts';
import { COLOUR_WORDS } from './kinds.ts';
import { type CareMessage, reviewReason } from './messages.ts';
import type { CareDoc } from './model.ts';
import { keepInStep, relocate } from './service.ts';
import { cares } from './store.ts';

const BATCH = 500;

type Line = Pick<
  CareDoc,
  '_id' | 'state' | 'person' | 'areas' | 'community' | 'colour' | 'flags' | 'sentinel' | 'lead'
>;

/** Documents of care in batches, as much of them as the jobs need. */
async function* batches(house: House, filter: object): AsyncGenerator<Line[]> {
  const found = cares(house)
    .find(filter)
    .project<Line>({
      state: 1,
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
 * Tells who keeps people in care of the flags whose day of review has come: once for each flag and day. What comes up on a
 * day of rest is told on the next workday.
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
          const key = `care.reviews:${care._id}:${kind}:${reviewBy}`;
          const data = { kind, by: reviewBy };
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

/**
 * Brings the register's copy of who is whose sentinel in step, hands whoever moved house to those who keep the new place, and
 * tells who keeps people in care of sentinels who no longer serve the place: once for each of them.
 */
export const sentinels: Job = {
  name: 'care.sentinels',
  title: '守望哨核对：名册里的跟着改，搬家的转给新社区，不在岗的提醒交接',
  cron: '40 6 * * *',
  makeUpWithinMs: DAY,
  async run({ dryRun }: Run, house: House): Promise<RunReport> {
    const keeperOf = keepersOf(house);
    const lines: string[] = [];
    for await (const batch of batches(house, { state: 'kept' })) {
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
        lines.push(`${care._id} moved`);
        if (!dryRun)
          await relocate(house, care._id, { ...place, keeper: (await keeperOf(place.community)).role, leadStays });
      }
      for (const care of batch.filter((one) => !moved.some(({ care: other }) => other === one))) {
        const ward = people.get(care.person);
        if (ward && ward.sentinel !== care.sentinel) {
          lines.push(`${care._id} in step`);
          if (!dryRun) await keepInStep(house, care);
        }
        if (care.sentinel === undefined) continue;
        const worker = people.get(care.sentinel);
        if (worker && mayBeSentinel(worker, care)) continue;
        const key = `care.sentinels:${care._id}:${care.sentinel}`;
        const to = await keeperOf(care.community);
        notices.push(notice(key, to, 'care.sentinel_gone', care, ward, { sentinel: care.sentinel }));
      }
      const told = dryRun ? notices.length : await deliver(house, ...notices);
      if (told > 0) lines.push(`${told} sentinels gone`);
    }
    return { lines };
  },
};
