/** Bytes no driver sends: the connection they come on is closed or answered with an error, and nobody else notices. */
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Long, serialize } from 'bson';
import fc from 'fast-check';
import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { Records } from '../../src/storage/embedded/disk/records.ts';
import { openEngine } from '../../src/storage/embedded/engine.ts';
import type { Listening } from '../../src/storage/embedded/server.ts';
import { FrameReader } from '../../src/storage/embedded/wire.ts';

let folder: string;
let engine: Listening;
let client: MongoClient;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'haolin-wire-'));
  engine = await openEngine({ folder, listen: { port: 0 } });
  client = new MongoClient(`mongodb://${engine.host}/`);
  await client.db('city').collection<{ _id: number }>('wishes').insertOne({ _id: 1 });
});
afterAll(async () => {
  await client.close();
  await engine.close();
  await rm(folder, { recursive: true, force: true });
});

/** The flag of a request that wants no answer. */
const MORE_TO_COME = 2;

/** A frame as a driver sends it: OP_MSG with one body. */
function frame(body: Record<string, unknown>, flags = 0): Buffer {
  const document = serialize({ ...body, $db: 'city' });
  const bytes = Buffer.alloc(21 + document.length);
  bytes.writeInt32LE(bytes.length, 0);
  bytes.writeInt32LE(7, 4);
  bytes.writeInt32LE(2013, 12);
  bytes.writeInt32LE(flags, 16);
  bytes.set(document, 21);
  return bytes;
}

function opened(): Promise<Socket> {
  const [host, port] = engine.host.split(':');
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), host, () => resolve(socket)).once('error', reject);
  });
}

/** What comes back first when these chunks are sent: an answer, or the end of the connection. */
async function exchange(chunks: readonly Uint8Array[]): Promise<Buffer | 'closed'> {
  const socket = await opened();
  try {
    return await new Promise((resolve) => {
      socket.on('data', resolve);
      socket.on('close', () => resolve('closed'));
      socket.on('error', () => resolve('closed'));
      for (const chunk of chunks) socket.write(chunk);
    });
  } finally {
    socket.destroy();
  }
}

/** Sends these chunks and goes away, whatever comes back. */
async function bother(chunks: readonly Uint8Array[]): Promise<void> {
  const socket = await opened();
  socket.on('error', () => undefined);
  for (const chunk of chunks) socket.write(chunk);
  await works();
  socket.destroy();
}

/** The next answers on a connection. */
function answersOn(socket: Socket, wanted: number): Promise<Buffer[]> {
  const reader = new FrameReader();
  const answers: Buffer[] = [];
  return new Promise((resolve) => {
    socket.on('data', (chunk) => {
      answers.push(...reader.push(chunk));
      if (answers.length === wanted) resolve(answers);
    });
    socket.resume();
  });
}

/** The code a command is refused with. */
const refusalOf = (asked: Promise<unknown>) =>
  asked.then(
    () => undefined,
    ({ code }: { code?: number }) => code,
  );

const works = () => client.db('city').collection<{ _id: number }>('wishes').findOne({ _id: 1 });

const FRAMES = [
  frame({ ping: 1 }),
  frame({ find: 'wishes', filter: { a: [1, { b: 'c' }] }, sort: { a: 1 }, limit: 3 }),
  frame({ insert: 'dreams', documents: [{ _id: 'x', n: 1 }, { n: 2 }], ordered: false }),
  frame({ update: 'wishes', updates: [{ q: { n: 1 }, u: { $set: { 'a.0.b': 1 } }, upsert: true }] }),
  frame({ aggregate: 'wishes', pipeline: [{ $match: { n: { $gt: 1 } } }, { $group: { _id: '$n' } }], cursor: {} }),
  frame({ createIndexes: 'dreams', indexes: [{ key: { n: 1 }, name: 'n' }] }),
];

describe('bytes no driver sends', () => {
  test('of any kind do no harm', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 200 }), { minLength: 1, maxLength: 3 }), async (chunks) => {
        await bother(chunks);
        expect(await works()).toEqual({ _id: 1 });
      }),
      { numRuns: 60 },
    );
  });

  test('almost a frame do no harm', async () => {
    const change = fc.record({ at: fc.nat({ max: 400 }), byte: fc.integer({ min: 0, max: 255 }) });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...FRAMES),
        fc.array(change, { minLength: 1, maxLength: 4 }),
        async (sound, changes) => {
          const bytes = Buffer.from(sound);
          for (const { at, byte } of changes) bytes[at % bytes.length] = byte;
          await bother([bytes]);
          expect(await works()).toEqual({ _id: 1 });
        },
      ),
      { numRuns: 300 },
    );
  });

  test('cut anywhere are put together again', async () => {
    const [ping] = FRAMES as [Buffer];
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: ping.length }), { maxLength: 5 }), async (cuts) => {
        const edges = [0, ...cuts.sort((a, b) => a - b), ping.length];
        const answer = await exchange(edges.slice(1).map((end, i) => ping.subarray(edges[i], end)));
        expect(answer).toBeInstanceOf(Buffer);
        expect((answer as Buffer).readInt32LE(8)).toBe(7);
      }),
      { numRuns: 40 },
    );
  });

  test('of a length beyond every frame close the connection before they are waited for', async () => {
    for (const length of [0, 15, 20, -1, 48_000_001, 0x7fffffff]) {
      const head = Buffer.from(FRAMES[0] as Buffer);
      head.writeInt32LE(length, 0);
      expect(await exchange([head.subarray(0, 16)])).toBe('closed');
    }
  });
});

test('a client that asks and does not read keeps little waiting, and gets every answer once it reads', async () => {
  const wishes = client.db('city').collection<{ _id: number; text: string }>('long');
  await wishes.insertMany(Array.from({ length: 2 }, (_, _id) => ({ _id, text: 'x'.repeat(1_000_000) })));
  const socket = await opened();
  socket.pause();
  const before = process.memoryUsage().arrayBuffers;
  const asked = 40;
  for (let i = 0; i < asked; i++) socket.write(frame({ find: 'long' }));
  for (let i = 0; i < 20; i++) expect(await works()).toEqual({ _id: 1 });
  expect((process.memoryUsage().arrayBuffers - before) / 1e6).toBeLessThan(asked / 2);

  const answers = await answersOn(socket, asked);
  expect(answers.every(({ length }) => length > 2_000_000)).toBe(true);
  socket.destroy();
});

test('of what a connection asks while a request of it is being done, next to nothing is taken in', async () => {
  await client.db('city').createCollection('tail', { capped: true, size: 4096 });
  await client.db('city').collection('tail').insertOne({ n: 1 });
  const database = client.db('city');
  const { cursor } = await database.command({ find: 'tail', tailable: true, awaitData: true });
  const socket = await opened();
  const asked = 40;
  socket.write(frame({ getMore: Long.fromNumber(cursor.id), collection: 'tail', maxTimeMS: 60_000 }));
  for (let i = 0; i < asked; i++) socket.write(frame({ find: 'wishes', filter: { text: 'x'.repeat(1_000_000) } }));
  for (let i = 0; i < 200; i++) expect(await works()).toEqual({ _id: 1 });
  expect(socket.writableLength / 1e6).toBeGreaterThan(asked / 2);

  const answered = answersOn(socket, asked + 1);
  await database.collection('tail').insertOne({ n: 2 });
  await answered;
  socket.destroy();
});

test('many requests sent at once are done one after another, and each is answered', async () => {
  const socket = await opened();
  const asked = 30_000;
  const pair = Buffer.concat([
    frame({ update: 'wishes', updates: [{ q: { _id: 2 }, u: { $inc: { n: 1 } } }] }),
    frame({ count: 'wishes' }),
  ]);
  const answered = answersOn(socket, asked);
  socket.write(Buffer.concat(Array.from({ length: asked / 2 }, () => pair)));
  await answered;
  socket.destroy();
});

describe('of a client that went away', () => {
  const SUM = { $reduce: { input: { $range: [0, 500] }, initialValue: '$_id', in: { $add: ['$$value', '$$this'] } } };
  const NEVER = { $expr: { $lt: [SUM, 0] } };
  const slow = () => client.db('city').collection<{ _id: number }>('slow');
  const inserted = async () => (await client.db('city').collection('late').distinct('n')).sort();

  test('the batch that is being made is not, its cursor ends, and what it asked behind that is not done', async () => {
    const database = client.db('city');
    const { cursor } = await database.command({ find: 'tail', tailable: true, awaitData: true });
    const next = { getMore: Long.fromNumber(cursor.id), collection: 'tail' };
    const socket = await opened();
    socket.write(frame({ ...next, maxTimeMS: 60_000 }));
    socket.write(frame({ insert: 'late', documents: [{ n: 1 }] }));
    // Who wants no answer waits for none before going.
    socket.write(frame({ insert: 'late', documents: [{ n: 2 }] }, MORE_TO_COME));
    for (let i = 0; i < 20; i++) await works();
    expect(await refusalOf(database.command(next))).toBe(12051);
    socket.destroy();
    await expect.poll(() => refusalOf(database.command(next))).toBe(43);
    await expect.poll(inserted).toEqual([2]);
    // What would have ended the wait starts nothing either.
    await database.collection('tail').insertOne({ n: 3 });
    for (let i = 0; i < 20; i++) await works();
    expect(await inserted()).toEqual([2]);
  });

  test.each<[string, Record<string, unknown>]>([
    ['a find', { find: 'slow', filter: NEVER }],
    ['a sorted find', { find: 'slow', filter: { $nor: [NEVER] }, sort: { n: 1 } }],
    ['a count', { count: 'slow', query: NEVER }],
    ['a search for distinct values', { distinct: 'slow', key: 'n', query: NEVER }],
    ['a pipeline', { aggregate: 'slow', pipeline: [{ $group: { _id: SUM } }], cursor: {} }],
  ])('%s is read no further', async (_, command) => {
    if ((await slow().countDocuments()) === 0)
      await slow().insertMany(Array.from({ length: 3000 }, (_, n) => ({ _id: n, n })));
    const peeked = vi.spyOn(Records.prototype, 'peek');
    try {
      const read = () => peeked.mock.calls.filter(([{ name }]) => name === 'slow').length;
      const socket = await opened();
      socket.write(frame(command));
      await expect.poll(read, { interval: 5 }).toBeGreaterThan(0);
      socket.destroy();
      await wait(50);
      const before = read();
      await wait(30);
      expect(read()).toBe(before);
      expect(before).toBeLessThan(3000);
    } finally {
      peeked.mockRestore();
    }
  });
});
