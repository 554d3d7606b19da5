import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Actor, abilityFor, allow, inArea } from '../../src/core/ability.ts';
import {
  aggregateSchema,
  type Change,
  create,
  perform,
  rawCollection,
  readAggregate,
} from '../../src/core/aggregate.ts';
import { digestOf, historyDigest } from '../../src/core/digest.ts';
import { type HaolinError, namedError } from '../../src/core/errors.ts';
import { type Aggregate, can, lifecycleOf, to } from '../../src/core/lifecycle.ts';
import { atCivil, stateCouncilCalendar } from '../../src/core/time.ts';
import { openVault, type Vault } from '../../src/core/vault.ts';
import { freshDatabase } from '../support/storage.ts';

interface Kettle extends Aggregate {
  holder?: string;
}
const { move, start, lifecycle } = lifecycleOf<Kettle, 'free' | 'taken', undefined>();
const taken = namedError('already_taken', 409, () => '水壶已经有人拿走了。');
const kettles = lifecycle({
  name: 'kettle',
  states: { free: '空闲', taken: '已拿' },
  start: {
    bring: start({
      to: 'free',
      by: can('bring'),
      input: z.object({ n: z.number() }),
      build: () => ({ areas: ['here'] }),
    }),
  },
  moves: {
    take: move({
      from: ['free'],
      to: 'taken',
      by: can('take'),
      input: z.object({}),
      otherwise: () => taken(),
      apply: (_doc, _input, ctx) => ({ holder: ctx.actor.id }),
      tell: (kettle) => [to(kettle.holder ?? '', 'kettle.taken')],
    }),
    polish: move({ from: ['free', 'taken'], to: 'taken', by: can('take'), input: z.object({}) }),
  },
});
const rules = [allow(['worker'], ['bring', 'take'], 'kettle', inArea)];
const worker = (id: string): Actor => ({
  kind: 'person',
  id,
  name: id,
  roles: [{ role: 'worker', area: 'here' }],
  areas: [],
  channel: 'api',
});
const ctx = (id: string, key?: string) => ({
  actor: worker(id),
  ability: abilityFor(worker(id), rules),
  now: atCivil('2026-03-09', 10),
  calendar: stateCouncilCalendar(),
  facts: undefined,
  ...(key === undefined ? {} : { key }),
});

let database: Awaited<ReturnType<typeof freshDatabase>>;
const changes: Change[] = [];
const table = () => ({
  lifecycle: kettles,
  model: database.connection.model<Kettle>('kettle'),
  announce: (change: Change) => changes.push(change),
});

beforeAll(async () => {
  database = await freshDatabase();
  const model = database.connection.model('kettle', aggregateSchema({ holder: String }, [{ areas: 1, state: 1 }]));
  await model.createIndexes();
});
afterAll(async () => {
  await database.drop();
});

describe('the one atomic write', () => {
  it('writes patch, history and outbox together', async () => {
    const { document } = await create(table(), 'bring', { n: 1 }, ctx('li'));
    const after = await perform(table(), document._id, 'take', {}, ctx('li'), () => undefined);
    expect(after.repeated).toBe(false);
    const stored = await readAggregate(table().model, document._id);
    expect(stored).toMatchObject({ state: 'taken', version: 2, holder: 'li', outbox: [{ message: 'kettle.taken' }] });
    expect(stored?.history).toHaveLength(2);
    expect(stored).toEqual(after.document);
    expect(changes.at(-1)).toMatchObject({ aggregate: 'kettle', id: document._id, move: 'take', told: true });
  });

  it('lets one of two hundred racing people win and tells the others by name of the error', async () => {
    const { document } = await create(table(), 'bring', { n: 2 }, ctx('li'));
    const results = await Promise.allSettled(
      Array.from({ length: 200 }, (_, i) => perform(table(), document._id, 'take', {}, ctx(`w${i}`), () => undefined)),
    );
    expect(results.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    for (const one of results) {
      if (one.status === 'rejected') expect((one.reason as HaolinError).code).toBe('already_taken');
    }
    const stored = await readAggregate(table().model, document._id);
    expect(stored?.history).toHaveLength(2);
    const again = await perform(table(), document._id, 'take', {}, ctx(stored?.holder ?? ''), () => undefined);
    expect(again.repeated).toBe(true);
  });

  it('loses no move when many different ones meet on one document', async () => {
    const { document } = await create(table(), 'bring', { n: 3 }, ctx('li'));
    await Promise.all(
      Array.from({ length: 10 }, (_, i) => perform(table(), document._id, 'polish', {}, ctx(`w${i}`), () => undefined)),
    );
    const stored = await readAggregate(table().model, document._id);
    expect(stored?.version).toBe(11);
    expect(new Set(stored?.history.map((entry) => entry.by.id)).size).toBe(11);
  });

  it('creates once for one key, even when asked twice at the same moment', async () => {
    const made = await Promise.all([1, 2, 3].map(() => create(table(), 'bring', { n: 4 }, ctx('li', 'key-4'))));
    expect(new Set(made.map((one) => one.document._id)).size).toBe(1);
    expect(made.filter((one) => !one.repeated)).toHaveLength(1);
    await expect(create(table(), 'bring', { n: 5 }, ctx('li', 'key-4'))).rejects.toMatchObject({
      code: 'idempotency_key_reused',
    });
    const other = await create(table(), 'bring', { n: 5 }, ctx('zhou', 'key-4'));
    expect(other.repeated).toBe(false);
  });

  it('keeps no digest that can be guessed where it has a key, and goes on knowing those kept without one', async () => {
    const [own, other] = [openVault(Buffer.alloc(32, 7)), openVault(Buffer.alloc(32, 8))];
    const keyed = { ...table(), keyed: own.fingerprint };
    const begin = (n: number, who: string, key: string, on = keyed) => create(on, 'bring', { n }, ctx(who, key));
    const [{ document: one }, { document: like }] = [await begin(6, 'li', 'key-6'), await begin(6, 'zhou', 'key-6')];
    const kept = one.history[0]?.digest;
    const guess = (vault: Vault) => historyDigest(vault.fingerprint, 'kettle', one._id, digestOf({ n: 6 }));
    expect(kept).toBe(guess(own));
    expect([digestOf({ n: 6 }), guess(other), like.history[0]?.digest]).not.toContain(kept);
    expect((await begin(6, 'li', 'key-6')).repeated).toBe(true);
    await expect(begin(7, 'li', 'key-6')).rejects.toMatchObject({ code: 'idempotency_key_reused' });
    const before = await create(table(), 'bring', { n: 8 }, ctx('li', 'key-8'));
    await perform(table(), before.document._id, 'take', {}, ctx('li', 'key-9'), () => undefined);
    expect((await begin(8, 'li', 'key-8')).repeated).toBe(true);
    await expect(begin(9, 'li', 'key-8')).rejects.toMatchObject({ code: 'idempotency_key_reused' });
    const again = await perform(keyed, before.document._id, 'take', {}, ctx('li', 'key-9'), () => undefined);
    expect([again.repeated, again.document.version]).toEqual([true, 2]);
  });

  it('finds documents with waiting messages through the sparse outbox index', async () => {
    const plan = await rawCollection(table().model)
      .find({ 'outbox.key': { $gt: '' } })
      .explain('queryPlanner');
    expect(JSON.stringify(plan)).toContain('"outbox"');
  });

  it('says that a document is not there', async () => {
    await expect(perform(table(), 'f'.repeat(24), 'take', {}, ctx('li'), () => undefined)).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});
