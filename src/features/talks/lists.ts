import type { mongo } from 'mongoose';
import { z } from 'zod';
import { may } from '../../core/ability.ts';
import type { Caller } from '../../core/caller.ts';
import { forbidden } from '../../core/errors.ts';
import type { House } from '../../core/house.ts';
import type { Aggregate } from '../../core/lifecycle.ts';
import { type Day, dayOf } from '../../core/time.ts';
import { lineage } from '../areas/index.ts';
import { findPerson } from '../people/index.ts';
import { type DueTalk, dueTalks, type KnownTalk } from './due.ts';
import { OCCASIONS, type OccasionKind, TALK_STATES, type TalkDoc, type TalkState } from './model.ts';
import { type Quarter, quarterAt, quarterOf, quarterWords } from './quarters.ts';
import { isWide, placeOf, type Staff, staffOf, type Worker } from './serving.ts';
import { talksOf } from './store.ts';

/** All talks with these workers held in a quarter, wherever they served then, and all that are under way. */
async function knownTalks(house: House, { key }: Quarter, workers: readonly Worker[]): Promise<KnownTalk[]> {
  const known: KnownTalk[] = [];
  for (let at = 0; at < workers.length; at += BATCH) {
    const ids = workers.slice(at, at + BATCH).map(({ id }) => id);
    const open = { state: { $in: ['asked', 'scheduled'] } };
    known.push(...(await found(house, { 'worker.id': { $in: ids }, $or: [{ heldIn: key }, open] })));
  }
  return known.filter(({ state, heldIn }) => state !== 'done' || heldIn === key);
}

const BATCH = 500;

async function found(house: House, filter: mongo.Filter<Aggregate>): Promise<KnownTalk[]> {
  const fields = { worker: 1, state: 1, purpose: 1, occasion: 1, by: 1, heldIn: 1, heldOn: 1 };
  const known: KnownTalk[] = [];
  for await (const one of talksOf(house).find(filter).project(fields)) {
    const { _id: id, worker, history: _none, ...rest } = one as unknown as TalkDoc;
    known.push({ id, worker: worker.id, ...rest });
  }
  return known;
}

/** All that is due in an area in a quarter, done or not, with who works there. */
export async function duesIn(
  house: House,
  quarter: Quarter,
  under: string,
): Promise<{ dues: DueTalk[]; staff: Staff }> {
  const staff = await staffOf(house, under);
  const talks = await knownTalks(house, quarter, staff.workers);
  const { calendar } = house;
  return { dues: dueTalks({ calendar, quarter, ...staff, talks }), staff };
}

/** The worker's own: what is due with them in a quarter. */
export async function duesOf(house: House, person: string, quarter: Quarter): Promise<DueTalk[]> {
  const worker = await findPerson(house, person);
  const place = worker && placeOf(worker);
  if (place === undefined) return [];
  const talks = await found(house, { 'worker.id': person });
  const hosts = await house.directory.holders('secretary', place);
  const mine = talks.filter(({ state, heldIn }) => state !== 'done' || heldIn === quarter.key);
  return dueTalks({
    calendar: house.calendar,
    quarter,
    workers: [{ id: person, place }],
    secretariesOf: () => hosts,
    talks: mine,
  });
}

/** A talk that its worker says was held, and that no secretary has registered yet. */
export interface Claim {
  id: string;
  claimed: Day;
}

/** What waits for a secretary's word about a worker, the longest ago first. */
export async function claimsOf(house: House, person: string): Promise<Claim[]> {
  const claims: Claim[] = [];
  const waiting = { 'worker.id': person, state: { $in: ['asked', 'scheduled'] }, claimed: { $type: 'string' } };
  for await (const one of talksOf(house).find(waiting).project({ claimed: 1 }).sort({ claimed: 1, _id: 1 })) {
    const { _id: id, claimed } = one as unknown as TalkDoc;
    if (claimed !== undefined) claims.push({ id, claimed });
  }
  return claims;
}

/** One line of the list of talks. */
export const dueView = z
  .object({
    key: z.string(),
    worker: z.object({ id: z.string(), name: z.string() }),
    community: z.string(),
    by: z.string().describe('最晚哪个工作日'),
    why: z.string().describe('为什么要谈'),
    occasion: z.enum(Object.keys(OCCASIONS) as [OccasionKind, ...OccasionKind[]]).optional(),
    done: z.boolean(),
    late: z.boolean(),
    talk: z.string().optional().describe('已经约了或谈了的那一次'),
    state: z.enum(Object.keys(TALK_STATES) as [TalkState, ...TalkState[]]).optional(),
    claimed: z.string().optional().describe('本人说这天谈过了，等书记确认'),
  })
  .meta({ id: 'DueTalk' });
export type DueView = z.output<typeof dueView>;

export const dueList = z.object({
  quarter: z.string(),
  quarterWord: z.string(),
  wide: z.boolean().describe('管的地方比街道大：名单要按街道或社区看'),
  items: z.array(dueView),
});

/**
 * The talks of a quarter: for a secretary those with the workers of an area, for anybody else the own. What is open comes first, in
 * the order of its last day. Whoever is secretary of more than a street is given no list of all of it.
 * @throws HaolinError forbidden for another's area
 */
export async function listDue(
  house: House,
  caller: Caller,
  query: { quarter?: string | undefined; area?: string | undefined },
): Promise<z.output<typeof dueList>> {
  const { actor, ability, now } = caller;
  const quarter = (query.quarter === undefined ? undefined : quarterOf(query.quarter)) ?? quarterAt(dayOf(now));
  const places = query.area === undefined ? listedPlaces(caller) : [query.area];
  if (query.area !== undefined && !may(ability, 'read', 'talk_list', { areas: lineage(query.area) })) throw forbidden();
  const lists = await Promise.all(places.map((place) => duesIn(house, quarter, place)));
  const names = new Map(lists.flatMap(({ staff }) => staff.workers.map(({ id, name }) => [id, name] as const)));
  names.set(actor.id, actor.name);
  const own = query.area === undefined ? await duesOf(house, actor.id, quarter) : [];
  const dues = [...lists.flatMap((one) => one.dues.filter(({ worker }) => worker !== actor.id)), ...own];
  const states = await statesOf(house, caller, dues);
  const today = dayOf(now);
  const items = [...new Map(dues.map((due) => [due.key, due])).values()]
    .map(({ key, worker, place: community, by, why, done, talk }): DueView => {
      const { state, claimed } = (talk === undefined ? undefined : states.get(talk)) ?? {};
      return {
        key,
        worker: { id: worker, name: names.get(worker) ?? '' },
        community,
        by,
        why: why.kind === 'quarter' ? quarterWords(why.quarter) : OCCASIONS[why.occasion],
        ...(why.kind === 'occasion' && { occasion: why.occasion }),
        done,
        late: !done && by < today,
        // What was held elsewhere is not theirs to open.
        ...(talk !== undefined && state && { talk, state }),
        ...(!done && claimed !== undefined && { claimed }),
      };
    })
    .sort((a, b) => Number(a.done) - Number(b.done) || compare(a.by, b.by) || compare(a.key, b.key));
  const wide = query.area === undefined && secretaryOf(caller).some(isWide);
  return { quarter: quarter.key, quarterWord: quarterWords(quarter.key), wide, items };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const secretaryOf = ({ actor }: Caller): string[] => [
  ...new Set(actor.roles.filter(({ role }) => role === 'secretary').map(({ area }) => area)),
];

/** The areas a secretary is one of, none inside another, as far as they are no wider than a street. */
function listedPlaces(caller: Caller): string[] {
  const all = secretaryOf(caller).filter((area) => !isWide(area));
  return all.filter((area) => !all.some((other) => other !== area && lineage(area).includes(other)));
}

/** How the talks stand that the caller may know of, or will once they have followed their worker. */
async function statesOf(
  house: House,
  { ability }: Caller,
  dues: readonly DueTalk[],
): Promise<Map<string, Pick<TalkDoc, 'state' | 'claimed'>>> {
  const ids = dues.flatMap(({ talk }) => talk ?? []);
  const rows = await talksOf(house)
    .find({ _id: { $in: ids } })
    .project({ history: 0, outbox: 0, record: 0 })
    .toArray();
  const known = (rows as unknown as TalkDoc[]).filter(
    (talk) => talk.state !== 'done' || may(ability, 'read', 'talk', talk),
  );
  return new Map(known.map((talk) => [talk._id, talk]));
}
