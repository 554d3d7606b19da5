import { ask } from '../../api/session';
import { presses } from '../../logic/presses';
import type { Owner, Resident } from './roll';

const LEAST = 2;

/** Those living where a ballot is held who are called so; none when they cannot be looked up: a name can be written by hand. */
export async function residentsCalled(id: string, written: string): Promise<Resident[]> {
  const q = written.trim();
  if (q.length < LEAST) return [];
  return ask('getBallotsByIdResidents', { path: { id }, query: { q } }).then(
    ({ items }) => items,
    () => [],
  );
}

/** Sends the whole list; the same list whose answer got lost goes out under the same key. */
export function enrolling() {
  const press = presses();
  /** @param version of the list as it was seen @returns the version it has now @throws Trouble */
  return async function enrol(id: string, owners: readonly Owner[], version: number): Promise<number> {
    const list = owners.map(({ name, area, people }) => ({ name, area, people: people.map((one) => one.id) }));
    const body = { owners: list, version };
    const ballot = await press(JSON.stringify(body), (key) => ask('postBallotsByIdEnrol', { path: { id }, body, key }));
    return ballot.version;
  };
}
