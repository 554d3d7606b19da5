/** Writes a cast to a store that has nothing of it yet. */
import type { House } from '../../src/core/house.ts';
import { areasChanged, lineage } from '../../src/features/areas/index.ts';
import { listing } from '../../src/features/care/index.ts';
import { type Person, personDocument } from '../../src/features/people/index.ts';
import { nameFor } from '../seed/names.ts';
import { type Chance, chanceFrom } from '../seed/random.ts';
import type { Cast, Made } from './cast.ts';
import type { Days } from './days.ts';
import { COLOURS, careOf, personOf } from './wards.ts';

/** @param progress how many documents of how many are written */
export async function fill(
  house: House,
  { cast, areas, people }: Made,
  days: Days,
  progress?: (done: number, total: number) => void,
): Promise<void> {
  const { count } = cast.wards;
  await insertAll(house, 'areas', areas);
  await insertAll(house, 'people', people);
  await insertAll(house, 'contacts', contactsOf(house, cast.chats));
  // In the order of their communities the indexes grow at few places, which takes less than making them afterwards.
  await insertAll(house, 'people', wardPeople(house, cast, chanceFrom(1)), (done) => progress?.(done, 2 * count));
  await insertAll(house, 'care', careDocuments(house, cast, days), (done) => progress?.(count + done, 2 * count));
  await areasChanged(house);
}

const contactsOf = ({ clock }: House, chats: ReadonlySet<string>) =>
  [...chats].map((person) => {
    return { _id: `wechaty\n${person}`, puppet: 'wechaty', contact: person, person, boundAt: clock.now() };
  });

/** Inserts documents that are not there yet. */
async function insertAll<D extends { _id: string }>(
  house: House,
  model: string,
  documents: Iterable<D>,
  progress?: (done: number) => void,
): Promise<void> {
  let done = 0;
  await inBatches(documents, async (batch) => {
    await house.db.collection<D>(model).insertMany(batch as never, { ordered: false });
    done += batch.length;
    progress?.(done);
  });
}

function* wardPeople(house: House, { wards, grids, staff }: Cast, chance: Chance): Generator<Person> {
  const now = house.clock.now();
  for (let at = 0; at < wards.count; at += 1) {
    const area = grids[wards.grid[at] ?? 0] ?? '';
    const sentinel = wards.named[at] ? staff[wards.bearer[at] ?? -1]?.id : undefined;
    const given = {
      name: nameFor(chance, 'female', 1944),
      area,
      roles: [],
      ...(sentinel !== undefined && { sentinel }),
    };
    yield personDocument(house.vault, given, now, personOf(at));
  }
}

function* careDocuments(house: House, { wards, grids, staff, communities }: Cast, days: Days) {
  const now = house.clock.now();
  const by = { id: personOf(0), name: '模拟' };
  for (let at = 0; at < wards.count; at += 1) {
    const since = days.name(wards.since[at] ?? 0);
    const sentinel = wards.named[at] ? staff[wards.bearer[at] ?? -1]?.id : undefined;
    const reason = 'x'.repeat(200);
    const told = {
      _id: careOf(at),
      state: 'kept',
      version: 1,
      areas: lineage(grids[wards.grid[at] ?? 0] ?? ''),
      history: [],
      outbox: [],
      createdAt: now,
      updatedAt: now,
      person: personOf(at),
      community: communities[wards.community[at] ?? 0]?.code,
      flags: [
        {
          kind: 'living_alone' as const,
          since,
          reviewBy: days.name(wards.review[at] ?? 0),
          consent: { by: 'self' as const, at: since },
          reason,
          by,
        },
      ],
      colour: COLOURS[wards.colour[at] ?? 0],
      ...(sentinel !== undefined && { sentinel, sentinelSince: since }),
      since,
      visits: [],
      notes: [],
      served: [],
    };
    yield { ...told, ...listing(told) };
  }
}

const BATCH = 1_000;

/** Writes many in batches; the next one is made while the last is written. */
export async function inBatches<T>(all: Iterable<T>, write: (batch: T[]) => Promise<unknown>): Promise<void> {
  let writing: Promise<unknown> = Promise.resolve();
  let batch: T[] = [];
  for (const one of all) {
    batch.push(one);
    if (batch.length < BATCH) continue;
    await writing;
    writing = write(batch);
    batch = [];
  }
  await writing;
  if (batch.length > 0) await write(batch);
}
