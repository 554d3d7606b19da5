/** What a large collection takes to open, and to hold while it is sorted and grouped. */
import { setTimeout as wait } from 'node:timers/promises';
import { type Collection, MongoServerError } from 'mongodb';
import type { Wish } from './data.ts';
import { type Server, type Side, startServer } from './processes.ts';

export interface Limits {
  documents: number;
  openMs: number;
  /** The most it held beyond the page cache in MB: once open, and in each kind of work. */
  ownMb: Record<string, number>;
}

const SAMPLE_MS = 20;
const MEMORY_LIMIT = 292;

/** Work that must not grow with the collection; what is past its budget is refused. */
const WORK: Record<string, (wishes: Collection<Wish>) => Promise<unknown>> = {
  'sort with limit': (wishes) => wishes.find().sort({ due: 1, text: -1, version: 1 }).limit(20).toArray(),
  'sort of everything': (wishes) =>
    refusedAtMost(wishes.find().sort({ due: 1, text: -1, phone: 1 }).batchSize(100).next()),
  'group by state': (wishes) => wishes.aggregate([{ $group: { _id: '$state', n: { $sum: 1 } } }]).toArray(),
  'group by area': (wishes) =>
    wishes
      .aggregate([
        { $group: { _id: '$area', n: { $sum: 1 }, last: { $max: '$at' } } },
        { $sort: { n: -1 } },
        { $limit: 10 },
      ])
      .toArray(),
  'group by phone': (wishes) =>
    refusedAtMost(wishes.aggregate([{ $group: { _id: '$phone', n: { $sum: 1 } } }, { $limit: 10 }]).toArray()),
  'every document': async (wishes) => {
    for await (const _ of wishes.find());
  },
};

async function refusedAtMost(work: Promise<unknown>): Promise<void> {
  await work.catch((error: unknown) => {
    if (!(error instanceof MongoServerError) || error.code !== MEMORY_LIMIT) throw error;
  });
}

/** Opens the store anew, so that nothing is counted that earlier work left. */
export async function measureLimits(side: Side, database: string, collection: string): Promise<Limits> {
  const server = await startServer(side);
  try {
    const wishes = server.client.db(database).collection<Wish>(collection);
    const documents = await wishes.estimatedDocumentCount();
    const ownMb: Record<string, number> = { opened: Math.round(server.ownMb()) };
    for (const [name, work] of Object.entries(WORK)) ownMb[name] = Math.round(await most(server, () => work(wishes)));
    return { documents, openMs: Math.round(server.openedMs), ownMb };
  } finally {
    await server.stop();
  }
}

/** The most the server held while the work was done. */
async function most(server: Server, work: () => Promise<unknown>): Promise<number> {
  let seen = server.ownMb();
  let done = false;
  const working = work().finally(() => {
    done = true;
  });
  while (!done) {
    seen = Math.max(seen, server.ownMb());
    await Promise.race([wait(SAMPLE_MS), working]);
  }
  await working;
  return seen;
}
