import { createHash, randomUUID } from 'node:crypto';
import type { Model, mongo, SchemaDefinition } from 'mongoose';
import mongoose from 'mongoose';
import type { Actor } from './ability.ts';
import { keyReused, notFound, tooBusy } from './errors.ts';
import { gatherById, oneFor } from './gather.ts';
import { gatherInserts } from './insert.ts';
import {
  type Aggregate,
  type Decision,
  type Draft,
  decide,
  draft,
  type Lifecycle,
  type MoveContext,
  type SealedWords,
} from './lifecycle.ts';
import { sealWords, type Written } from './sealed-words.ts';
import type { Vault } from './vault.ts';

/** A new document id: 24 hex digits, growing with time. Kept as a string so that it is one thing from database to screen. */
export function newId(): string {
  return new mongoose.Types.ObjectId().toHexString();
}

/**
 * The Mongoose schema of an aggregate: its own fields and indexes on top of what every aggregate carries.
 * `outbox.key` is indexed where there is one, so that the relay finds waiting messages without reading the rest.
 */
export function aggregateSchema(own: SchemaDefinition, indexes: Record<string, 1 | -1>[]): mongoose.Schema {
  const schema = new mongoose.Schema(
    {
      _id: { type: String, required: true },
      state: { type: String, required: true },
      version: { type: Number, required: true },
      areas: { type: [String], required: true },
      history: { type: [mongoose.Schema.Types.Mixed], required: true },
      outbox: { type: [mongoose.Schema.Types.Mixed], required: true },
      sealedWords: { type: [mongoose.Schema.Types.Mixed], default: undefined },
      createdAt: { type: Date, required: true },
      updatedAt: { type: Date, required: true },
      ...own,
    } as SchemaDefinition,
    { versionKey: false, minimize: false, autoIndex: false },
  );
  schema.index({ 'outbox.key': 1 }, { name: 'outbox', sparse: true });
  for (const fields of indexes) schema.index(fields);
  return schema;
}

/** What a change did, for whoever follows along (live boards, the outbox relay). Carries nothing personal. */
export interface Change {
  aggregate: string;
  id: string;
  areas: string[];
  /** `null` of a document that was just made. */
  from: string | null;
  state: string;
  version: number;
  move: string;
  told: boolean;
}

/** The parts a service hands to the engine. */
export interface Table<D extends Aggregate, S extends string, F> {
  lifecycle: Lifecycle<D, S, F>;
  model: Model<D>;
  announce(change: Change): void;
  /** Draws the human number of a document that is about to begin (心愿12号). */
  number?(doc: D): Promise<number>;
  /** A keyed hash (the vault's `fingerprint`) where inputs are kept under seal: the history then tells nothing of them. */
  keyed?(text: string): string;
  /** Where what people write may hold somebody's numbers: it seals them, and keys the digests. */
  vault?: Vault;
  /** Takes one of what the actor may make; by whatever way they come. @throws HaolinError too_many_requests */
  spend?(doc: D, actor: Actor): Promise<void>;
}

/**
 * Writes a decision: patch, history entry and outbox messages in one `findOneAndUpdate` guarded by id, state and version.
 * Returns the document as it is now, or `undefined` when somebody else changed it first.
 */
export async function commit<D extends Aggregate>(
  model: Model<D>,
  decision: Extract<Decision<D>, { kind: 'change' }>,
  words?: SealedWords,
): Promise<D | undefined> {
  const { before, set, unset, entry, outbox } = decision;
  const after = words ? withWords(decision.after, words) : decision.after;
  const update: Record<string, unknown> = {
    $set: { ...set, state: after.state, updatedAt: after.updatedAt },
    $inc: { version: 1 },
    $push: {
      history: entry,
      ...(outbox.length > 0 && { outbox: { $each: outbox } }),
      ...(words && { sealedWords: words }),
    },
  };
  if (unset.length > 0) update.$unset = Object.fromEntries(unset.map((field) => [field, '']));
  // The collection, not the model: a decision is already exact, and casting would silently drop a field the schema forgot.
  const written = await rawCollection(model).findOneAndUpdate(
    { _id: before._id, state: before.state, version: before.version },
    update,
    // What is written is what was decided: nothing but the outbox changes without the version, so it need not come back.
    { projection: { _id: 1 } },
  );
  return written ? after : undefined;
}

const withWords = <D extends Aggregate>(doc: D, words: SealedWords): D => ({
  ...doc,
  sealedWords: [...(doc.sealedWords ?? []), words],
});

/** What a move or start had written with numbers in it, under the table's seal. */
function sealedBy<D extends Aggregate, S extends string, F>(
  { lifecycle, vault }: Table<D, S, F>,
  doc: D,
  { written }: { written?: Written },
): SealedWords | undefined {
  return written && vault && sealWords(vault, lifecycle.name, doc, written);
}

/**
 * Makes one move on one document: read, decide, write; again from the start when somebody was faster.
 * @param loadFacts what the table's guards need besides the document, loaded before each decision
 * @returns the document afterwards and whether this was only a repeat of a request already carried out
 * @throws HaolinError not_found, busy, or what `decide` throws
 */
export async function perform<D extends Aggregate, S extends string, F>(
  table: Table<D, S, F>,
  id: string,
  moveName: string,
  input: unknown,
  ctx: Omit<MoveContext<F>, 'facts'>,
  loadFacts: (doc: D) => Promise<F> | F,
): Promise<{ document: D; repeated: boolean }> {
  return inTurn(`${table.lifecycle.name} ${id}`, () => attempted(table, id, moveName, input, ctx, loadFacts));
}

/** Moves under way in this process, by what they are made on. */
const turns = new Map<string, Promise<unknown>>();

/**
 * One after the other for one document: when a whole street seconds a topic at once, those in this process do not take each
 * other's turn. Between processes the guarded write decides as ever.
 */
function inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
  const before = turns.get(key);
  const turn = before === undefined ? work() : before.then(work, work);
  const mark = turn.then(
    () => undefined,
    () => undefined,
  );
  turns.set(key, mark);
  void mark.then(() => {
    if (turns.get(key) === mark) turns.delete(key);
  });
  return turn;
}

async function attempted<D extends Aggregate, S extends string, F>(
  table: Table<D, S, F>,
  id: string,
  moveName: string,
  input: unknown,
  ctx: Omit<MoveContext<F>, 'facts'>,
  loadFacts: (doc: D) => Promise<F> | F,
): Promise<{ document: D; repeated: boolean }> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const doc = await readAggregate(table.model, id);
    if (!doc) throw notFound();
    const decision = decide(table.lifecycle, doc, moveName, input, {
      ...underSealOf(table, ctx),
      facts: await loadFacts(doc),
    });
    if (decision.kind === 'repeat') return { document: decision.document, repeated: true };
    const written = await commit(table.model, decision, sealedBy(table, decision.after, decision));
    if (written) {
      table.announce(changeOf(table.lifecycle.name, written, moveName, decision.outbox.length > 0));
      return { document: written, repeated: false };
    }
  }
  throw tooBusy();
}

/** Attempts before a contended document is given up on; each lost race means somebody else's move succeeded. */
const ATTEMPTS = 20;

/**
 * Begins a document and inserts it with its first history entry and messages. The same actor's same `ctx.key` returns
 * the document made the first time. A human number is drawn only for what is neither refused nor made before: people
 * would ask where 心愿7号 went.
 * @param id the new document's, when it was needed before
 * @throws HaolinError what `draft` throws, idempotency_key_reused, too_many_requests
 */
export async function create<D extends Aggregate, S extends string, F>(
  table: Table<D, S, F>,
  startName: string,
  input: unknown,
  ctx: MoveContext<F>,
  id: string = idFor(table.lifecycle.name, ctx.actor.id, ctx.key),
): Promise<{ document: D; repeated: boolean }> {
  const drafted = draft(table.lifecycle, startName, input, underSealOf(table, ctx), id);
  const { outboxOf } = drafted;
  const words = sealedBy(table, drafted.document, drafted);
  const doc = words ? withWords(drafted.document, words) : drafted.document;
  const made = ctx.key === undefined ? undefined : await readAggregate(table.model, id);
  if (made) return repeatOf(made, drafted);
  await table.spend?.(doc, ctx.actor);
  if (table.number) Object.assign(doc, { number: await table.number(doc) });
  doc.outbox = outboxOf(doc);
  if (!(await inserterOf(rawCollection(table.model))(doc))) {
    const first = await readAggregate(table.model, id);
    if (!first) throw tooBusy();
    return repeatOf(first, drafted);
  }
  table.announce(changeOf(table.lifecycle.name, doc, startName, doc.outbox.length > 0));
  return { document: doc, repeated: false };
}

/** What the table keeps under seal, as a decision is to know it. */
function underSealOf<C>({ vault, keyed }: { vault?: Vault; keyed?(text: string): string }, ctx: C): C {
  if (vault) return { ...ctx, keyed: vault.fingerprint, sealing: true };
  return keyed ? { ...ctx, keyed } : ctx;
}

function repeatOf<D extends Aggregate>(first: D, drafted: Draft<D>): { document: D; repeated: boolean } {
  if (!drafted.isBegunAlike(first)) throw keyReused();
  return { document: first, repeated: true };
}

const inserterOf = oneFor((collection: mongo.Collection<Aggregate>) => gatherInserts(collection));

const readerOf = oneFor((collection: mongo.Collection<Aggregate>) =>
  gatherById((ids) => collection.find({ _id: { $in: ids } }).toArray()),
);

/**
 * Reads one aggregate as it is stored, without hydrating it. Those asked for at about the same time are read together;
 * do not change what is returned.
 */
export async function readAggregate<D extends Aggregate>(model: Model<D>, id: string): Promise<D | undefined> {
  return (await readerOf(rawCollection(model))(id)) as D | undefined;
}

function changeOf(aggregate: string, doc: Aggregate, move: string, told: boolean): Change {
  const { _id: id, areas, state, version, history } = doc;
  return { aggregate, id, areas, from: history.at(-1)?.from ?? null, state, version, move, told };
}

/** The plain driver collection behind a model. */
export function rawCollection<D extends Aggregate>(model: Model<D>): mongo.Collection<Aggregate> {
  return model.collection as unknown as mongo.Collection<Aggregate>;
}

/**
 * The id of what a request begins. The same request always makes the same document: the unique `_id` then lets it in
 * only once. An id says nothing of when: one that counts time would tell strangers the second of a wish.
 */
export function idFor(aggregate: string, actor: string, key: string = randomUUID()): string {
  return createHash('sha256').update(`${aggregate}\n${actor}\n${key}`).digest('hex').slice(0, 24);
}
