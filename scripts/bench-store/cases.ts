/** What is measured: each case is one call of the driver, made again and again. */
import type { Collection } from 'mongodb';
import { areaOf, idOf, phoneOf, STATES, type Wish, wishOf } from './data.ts';
import { LANES } from './processes.ts';

export interface Case {
  name: string;
  /** How many calls are under way at once. */
  lanes: number;
  /** How many documents one call writes. */
  each: number;
  /** What one lane does again and again on one side, which holds `size` documents. */
  prepare(wishes: Collection<Wish>, size: number, lane: number): () => Promise<void>;
}

const MANY = 1_000;
const upTo = (end: number) => Math.floor(Math.random() * end);

/** Numbers of new documents; no two calls get the same. */
let next = 1e9;

const allVersions = new WeakMap<Collection<Wish>, Map<number, number>>();

/** The versions of the documents that were changed in one collection. */
function versionsOf(wishes: Collection<Wish>): Map<number, number> {
  const versions = allVersions.get(wishes) ?? new Map<number, number>();
  allVersions.set(wishes, versions);
  return versions;
}

function found(document: unknown): void {
  if (document === null || document === undefined) throw new Error('a document that must be there was not found');
}

export const CASES: readonly Case[] = [
  {
    name: 'findOne by _id',
    lanes: LANES,
    each: 1,
    prepare: (wishes, size) => async () => found(await wishes.findOne({ _id: idOf(upTo(size)) })),
  },
  {
    name: 'findOne by a secondary key',
    lanes: LANES,
    each: 1,
    prepare: (wishes, size) => async () => found(await wishes.findOne({ phone: phoneOf(upTo(size)) })),
  },
  {
    name: 'page of 20 by compound index',
    lanes: LANES,
    each: 1,
    prepare: (wishes, size) => async () => {
      const number = upTo(size);
      const filter = { area: areaOf(number, size), state: STATES[number % STATES.length] as string };
      const page = await wishes.find(filter).sort({ at: -1 }).limit(20).toArray();
      if (page.length !== 20) throw new Error(`a page of ${page.length}`);
    },
  },
  {
    name: 'findOneAndUpdate guarded by version',
    lanes: LANES,
    each: 1,
    prepare(wishes, size, lane) {
      // Each writer has documents of its own and knows their versions from its last visit.
      const versions = versionsOf(wishes);
      const own = Math.floor(size / LANES);
      return async () => {
        const number = upTo(own) * LANES + lane;
        const version = versions.get(number) ?? 0;
        versions.set(number, version + 1);
        const state = STATES[(number + version + 1) % STATES.length] as string;
        const change = { $set: { state, due: new Date() }, $inc: { version: 1 } };
        found(await wishes.findOneAndUpdate({ _id: idOf(number), version }, change, { returnDocument: 'after' }));
      };
    },
  },
  {
    name: 'insertOne',
    lanes: LANES,
    each: 1,
    prepare: (wishes, size) => async () => {
      next += 1;
      await wishes.insertOne(wishOf(next, size));
    },
  },
  {
    name: `insertMany of ${MANY}`,
    lanes: 2,
    each: MANY,
    prepare: (wishes, size) => async () => {
      const first = next + 1;
      next += MANY;
      await wishes.insertMany(Array.from({ length: MANY }, (_, n) => wishOf(first + n, size)));
    },
  },
];
