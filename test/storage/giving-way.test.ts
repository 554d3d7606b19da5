/** What reads or counts much lets others work every few milliseconds, and says so when what it reads is dropped meanwhile. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Call } from '../../src/storage/embedded/commands/command.ts';
import { commandNamed } from '../../src/storage/embedded/commands/index.ts';
import { Cursors } from '../../src/storage/embedded/cursors.ts';
import { Catalog, type Collection, describeIndex } from '../../src/storage/embedded/disk/catalog.ts';
import { type Environment, openEnvironment } from '../../src/storage/embedded/disk/environment.ts';
import { entryKey } from '../../src/storage/embedded/disk/keys.ts';
import { COUNTED_AT_ONCE } from '../../src/storage/embedded/disk/range.ts';
import { Records } from '../../src/storage/embedded/disk/records.ts';
import { Table } from '../../src/storage/embedded/disk/table.ts';
import { openQuery } from '../../src/storage/embedded/query/query.ts';
import { startSlice } from '../../src/storage/embedded/query/slice.ts';
import { type Document, decode, encode } from '../../src/storage/embedded/values/bson.ts';
import { keyString } from '../../src/storage/embedded/values/order.ts';
import type { Work } from '../../src/storage/embedded/work.ts';

const STORED = 400;
const ENTRIES = 2 * COUNTED_AT_ONCE + 5;

let folder: string;
let environment: Environment;
let parts: Pick<Call, 'environment' | 'catalog' | 'records' | 'cursors' | 'now' | 'startedAt'>;
/** A collection of which there are only index entries, but those in great number. */
let entered: Collection;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'haolin-giving-way-'));
  environment = openEnvironment(folder);
  const catalog = new Catalog(environment);
  const records = new Records(environment, catalog);
  parts = { environment, catalog, records, cursors: new Cursors(), now: () => new Date(0), startedAt: new Date(0) };
  environment.transact(() => {
    stored('small');
    entered = catalog.create('city', 'entered', {});
    const indexes = ['a', 'b'].map((field) =>
      describeIndex(catalog.newId(), { v: 2, key: { [field]: 1 }, name: `${field}_1` }),
    );
    catalog.setIndexes(entered, [...entered.indexes, ...indexes]);
    const key = keyString([1], [1]);
    for (const { id } of indexes)
      for (let record = 1; record <= ENTRIES; record++) environment.entries.putSync(entryKey(id, key, record), EMPTY);
  });
});
afterAll(async () => {
  await environment.close();
  await rm(folder, { recursive: true, force: true });
});

const EMPTY = Buffer.alloc(0);
const PAD = 'x'.repeat(80);

function stored(name: string): Collection {
  const collection = parts.catalog.create('city', name, {});
  for (let _id = 0; _id < STORED; _id++) {
    const document = { _id, pad: PAD };
    parts.records.insert(collection, document, encode(document));
  }
  return collection;
}

/** Does a command to its end, with every slice over as soon as that is looked at; between two of them `meanwhile`. */
function done(body: Document, meanwhile: () => void = () => undefined): { pauses: number; reply: Document } {
  const name = Object.keys(body)[0] as string;
  const call: Call = { ...parts, name, body, database: 'city', lifted: new Map(), connection: 1 };
  const command = commandNamed(name);
  let clock = 0;
  const ticking = vi.spyOn(performance, 'now').mockImplementation(() => (clock += 1000));
  try {
    let pauses = 0;
    let reply: Uint8Array | undefined;
    let work: Uint8Array | Work | undefined;
    const step = () => {
      startSlice();
      work ??= command.run(call);
      const result = work instanceof Uint8Array ? { done: true as const, value: work } : work.next();
      if (result.done) reply = result.value;
    };
    for (;;) {
      if (command.writes === true) environment.transact(step);
      else step();
      if (reply !== undefined) break;
      pauses += 1;
      meanwhile();
    }
    return { pauses, reply: decode(reply as Uint8Array) };
  } finally {
    ticking.mockRestore();
  }
}

const BYTES = () => STORED * encode({ _id: 1, pad: PAD }).length;

test.each<[Document, (reply: Document) => void]>([
  [{ dataSize: 'city.small' }, (reply) => expect(reply).toMatchObject({ size: BYTES(), numObjects: STORED })],
  [{ collStats: 'small' }, (reply) => expect(reply).toMatchObject({ size: BYTES(), count: STORED })],
  [{ dbStats: 1 }, (reply) => expect(reply).toMatchObject({ dataSize: BYTES(), objects: STORED })],
  [{ count: 'small', query: { pad: { $gt: 'x' } } }, (reply) => expect(reply.n).toBe(STORED)],
  [{ count: 'entered', query: { a: 1 } }, (reply) => expect(reply.n).toBe(ENTRIES)],
  [{ validate: 'small' }, (reply) => expect(reply.valid).toBe(true)],
])('%o', (body, check) => {
  const { pauses, reply } = done(body);
  expect(pauses).toBeGreaterThan(1);
  check(reply);
});

test.each<Document>([
  { dataSize: 'city.gone' },
  { collStats: 'gone' },
  { validate: 'gone' },
  { count: 'gone', query: { pad: { $gt: 'x' } } },
  { convertToCapped: 'gone', size: 1 },
])('%o whose collection is dropped meanwhile is refused', (body) => {
  let gone: Collection | undefined;
  environment.transact(() => {
    gone = stored('gone');
  });
  const drop = () => environment.transact(() => !gone?.dropped && parts.catalog.drop(gone as Collection));
  expect(() => done(body, drop)).toThrow(expect.objectContaining({ code: 175 }));
});

test('dbStats leaves out what is dropped meanwhile', () => {
  let gone: Collection | undefined;
  environment.transact(() => {
    gone = stored('gone');
  });
  const drop = () => environment.transact(() => !gone?.dropped && parts.catalog.drop(gone as Collection));
  expect(done({ dbStats: 1 }, drop).reply).toMatchObject({ collections: 2, objects: STORED, dataSize: BYTES() });
});

test('convertToCapped keeps as many of the newest as fit, those too that come meanwhile', () => {
  let collection: Collection | undefined;
  let added = STORED;
  environment.transact(() => {
    collection = stored('capped');
  });
  const add = () =>
    environment.transact(() => {
      const document = { _id: added++, pad: PAD };
      parts.records.insert(collection as Collection, document, encode(document));
    });
  const { pauses } = done({ convertToCapped: 'capped', size: BYTES() / 4 }, add);
  expect(pauses).toBeGreaterThan(2);
  expect(collection).toMatchObject({ count: STORED / 4, options: { capped: true, size: BYTES() / 4 } });
  const [newest, oldest] = [added - 1, added - STORED / 4];
  for (const [_id, there] of [
    [newest, true],
    [oldest, true],
    [oldest - 1, false],
  ] as const)
    expect(parts.records.findId(collection as Collection, _id) !== undefined).toBe(there);
});

test('of unselective plans no more is counted than it takes to see that they are', () => {
  const counted = vi.spyOn(Table.prototype, 'getCount');
  try {
    const { plan, rows } = openQuery(parts, entered, { filter: { a: 1, b: 1 } });
    rows.suspend();
    expect(plan).toMatchObject({ kind: 'index', index: { name: 'a_1' } });
    for (const { value } of counted.mock.results) expect(value).toBeLessThanOrEqual(COUNTED_AT_ONCE);
  } finally {
    counted.mockRestore();
  }
});
