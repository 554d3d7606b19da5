import type { mongo } from 'mongoose';
import { system } from '../../core/ability.ts';
import { idFor, readAggregate } from '../../core/aggregate.ts';
import type { Caller } from '../../core/caller.ts';
import { notFound } from '../../core/errors.ts';
import type { House } from '../../core/house.ts';
import type { Outcome } from './arithmetic.ts';
import { electorsOf } from './electors.ts';
import { ballotLifecycle, type DraftInput } from './lifecycle.ts';
import type { BallotDoc, Elector } from './model.ts';
import { draftBallot, moveBallot } from './service.ts';
import { withWays } from './urn.ts';
import { resultOf } from './views.ts';

/**
 * A ballot that belongs to something (`about`) goes with it: opened, counted and given up together with that, by the
 * house in the secretary's stead. So the two never say different things.
 */

/** The house, with what the community's secretary may do. */
function steward(house: House, community: string, now: Date, key: string): Caller {
  const actor = { ...system(), roles: [{ role: 'secretary' as const, area: community }] };
  return { actor, ability: house.abilityOf(actor), now, key };
}

/** Which ballot, where, and when it is asked for. */
interface Asked {
  ballot: string;
  community: string;
  now: Date;
}

/**
 * Drafts a ballot about something; the same key drafts it once.
 * @param at where it is held: the code of a community or grid, and the community's
 * @throws HaolinError as `draftBallot`
 */
export async function draftFor(
  house: House,
  at: { area: string; community: string; now: Date; key: string },
  input: DraftInput & { about: string },
): Promise<BallotDoc> {
  const caller = steward(house, at.community, at.now, at.key);
  // As it was drafted the first time: what was not said then, when it opens, was filled in then.
  const known = await readAggregate(
    house.model<BallotDoc>('ballot'),
    idFor(ballotLifecycle.name, caller.actor.id, at.key),
  );
  if (known) return known;
  return (await draftBallot(house, caller, at.area, input)).ballot;
}

/** Fixes who may vote. Again it changes nothing. @throws HaolinError no_electors, too_late_to_open, wrong_state */
export async function openFor(house: House, { ballot, community, now }: Asked): Promise<BallotDoc> {
  return (await moveBallot(house, steward(house, community, now, `open:${ballot}`), ballot, 'open')).ballot;
}

/** Gives a ballot up; one that is given up stays so. @throws HaolinError wrong_state when it is counted */
export async function voidFor(house: House, { ballot, community, now }: Asked, reason: string): Promise<void> {
  const found = await readAggregate(house.model<BallotDoc>('ballot'), ballot);
  if (found?.state === 'void') return;
  await moveBallot(house, steward(house, community, now, `void:${ballot}`), ballot, 'void', { reason });
}

/** How a ballot came out, with its arithmetic in sentences. */
export interface Counted {
  outcome: Outcome | 'void';
  sentences: string[];
}

/** A crash after it was given up, and before what it belongs to knew of that. */
const GIVEN_UP: Counted = { outcome: 'void', sentences: ['这次表决作废了，请重新准备。'] };

/**
 * Counts a ballot that is over, or says again what it came to.
 * @throws HaolinError not_closed_yet, papers_unresolved, too_many_papers, papers_outstanding
 */
export async function countFor(house: House, { ballot, community, now }: Asked): Promise<Counted> {
  const before = await readAggregate(house.model<BallotDoc>('ballot'), ballot);
  if (!before) throw notFound('表决');
  if (before.state === 'void') return GIVEN_UP;
  if (before.count) return resultOf(before, before.count);
  const caller = steward(house, community, now, `count:${ballot}`);
  const { ballot: after } = await moveBallot(house, caller, ballot, 'count');
  if (!after.count) throw new Error(`The ballot ${ballot} was counted and has no count`);
  return resultOf(after, after.count);
}

/** Some people who are at the meeting, and whom they sent instead of coming. */
export interface Attending {
  /** A voice's own people; without a proxy any of them. */
  people: readonly string[];
  proxy?: string;
}

/**
 * Marks who is at the meeting, at the opening of a vote or while it is under way. A proxy may vote for the very voice they
 * stand for, and for no other that one of its people has; for an owner who lives there, say, only that owner could send
 * somebody, and the meeting does not know of that. Again it changes nothing.
 */
export async function attendFor(
  house: House,
  { snapshot, rule }: Pick<BallotDoc, 'snapshot' | 'rule'>,
  attending: readonly Attending[],
): Promise<void> {
  if (snapshot === undefined) return;
  for (const { people, proxy } of attending) {
    const theirs = { snapshot, people: { $in: [...people] } };
    if (proxy === undefined) {
      await electorsOf(house).updateMany(theirs, { $set: { attended: true } });
      await endProxies(house, theirs, people);
      continue;
    }
    if (rule.electorate === 'owner') continue;
    const voices = await electorsOf(house).find(theirs).toArray();
    const same = voices.filter((one) => isOf(one, people)).map(({ _id }) => _id);
    await electorsOf(house).updateMany(
      { _id: { $in: same } },
      { $set: { attended: true }, $addToSet: { people: proxy, proxies: proxy } },
    );
  }
}

/** For whoever came nobody stands any more, unless they voted already: then the voice has voted. */
async function endProxies(house: House, theirs: mongo.Filter<Elector>, people: readonly string[]): Promise<void> {
  const stood = await electorsOf(house)
    .find({ ...theirs, proxies: { $exists: true } })
    .toArray();
  // Whoever came may themselves stand for others: those keep them.
  const own = (await withWays(house, stood)).filter((one) => one.way === undefined && isOf(one, people));
  for (const { _id, proxies = [] } of own) {
    await electorsOf(house).updateOne(
      { _id, way: { $exists: false } },
      { $pull: { people: { $in: proxies } }, $unset: { proxies: '' } },
    );
  }
}

/** Whether these and no others are a voice's own people. */
function isOf({ people, proxies = [] }: Elector, given: readonly string[]): boolean {
  const own = people.filter((one) => !proxies.includes(one));
  return own.length === given.length && own.every((one) => given.includes(one));
}
