import { z } from 'zod';
import type { Caller } from '../../core/caller.ts';
import { wrongState } from '../../core/errors.ts';
import type { House } from '../../core/house.ts';
import { called } from '../../core/input.ts';
import { literal } from '../../core/literal.ts';
import type { Person } from '../people/index.ts';
import { electorsOf } from './electors.ts';
import { notOwners } from './errors.ts';
import { BALLOT_STATES, type BallotDoc, type Elector } from './model.ts';
import { ballotFor } from './votes.ts';

/** The owners of a ballot that is being prepared, and those living there whom one may choose: for who enters them, and nobody else. */

const account = z.object({ id: z.string(), name: z.string() });
export const ownersView = z.object({
  version: z.number().int().describe('登记时带上，名单在这期间被别人改过就不会盖掉'),
  owners: z.array(
    z.object({ name: z.string(), area: z.number().int().describe('单位：0.01平方米'), people: z.array(account) }),
  ),
});
export const residentsView = z.object({ items: z.array(account.extend({ household: z.string().optional() })) });

/** Two letters of a name at least: a single one would list half the street. */
export const residentQuery = z.object({ q: called('名字', z.string().trim().min(2).max(30)) });
const FOUND = 12;

const byName = new Intl.Collator('zh-CN', { numeric: true });

/** @throws HaolinError not_found, forbidden, not_owners, wrong_state once it is open */
export async function listOwners(house: House, caller: Caller, id: string): Promise<z.output<typeof ownersView>> {
  const { roll, version } = await preparedBy(house, caller, id);
  if (roll === undefined) return { version, owners: [] };
  const owners = await electorsOf(house)
    .find({ snapshot: roll })
    .project<Pick<Elector, 'name' | 'area' | 'people'>>({ name: 1, area: 1, people: 1 })
    .toArray();
  const ids = [...new Set(owners.flatMap(({ people }) => people))];
  const known = await peopleOf(house)
    .find({ _id: { $in: ids } })
    .select({ name: 1 })
    .lean<Pick<Person, '_id' | 'name'>[]>();
  const names = new Map(known.map(({ _id, name }) => [_id, name]));
  return {
    version,
    owners: owners
      .map(({ name, area, people }) => ({ name, area, people: people.map((one) => named(one, names.get(one))) }))
      .sort((one, other) => byName.compare(one.name, other.name)),
  };
}

/** Those living where a ballot is held whose name has this in it, a few. @throws HaolinError not_found, forbidden, not_owners, wrong_state */
export async function residentsFor(
  house: House,
  caller: Caller,
  id: string,
  { q }: z.output<typeof residentQuery>,
): Promise<z.output<typeof residentsView>> {
  const ballot = await preparedBy(house, caller, id);
  const people = await peopleOf(house)
    .find({ areas: ballot.areas.at(-1) ?? ballot.community, active: true, name: { $regex: literal(q) } })
    .select({ name: 1, household: 1 })
    .sort({ name: 1, _id: 1 })
    .limit(FOUND)
    .lean<Pick<Person, '_id' | 'name' | 'household'>[]>();
  return {
    items: people.map(({ _id, name, household }) => ({ ...named(_id, name), ...(household && { household }) })),
  };
}

const peopleOf = (house: House) => house.model<Person>('people');
const named = (id: string, name = '') => ({ id, name });

/** Only what is being prepared: afterwards the list of voters says who may vote, without whose account that is. */
async function preparedBy(house: House, caller: Caller, id: string): Promise<BallotDoc> {
  const ballot = await ballotFor(house, caller, id, 'enrol');
  // Neighbours are looked up by name to enter owners, and for nothing else.
  if (ballot.rule.electorate !== 'owner') throw notOwners();
  if (ballot.state !== 'drafted') throw wrongState(BALLOT_STATES[ballot.state]);
  return ballot;
}
