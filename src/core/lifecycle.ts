import { may } from './ability.ts';
import { digestOf, historyDigest, isHistoryDigest } from './digest.ts';
import { forbidden, type HaolinError, keyReused, wrongState } from './errors.ts';
import { parseInput } from './input.ts';
import type { Aggregate, AnyMove, HistoryEntry, Lifecycle, MoveContext, Permission } from './moves.ts';
import { type OutboxEntry, outboxOf } from './outbox.ts';
import type { Reads } from './reads.ts';
import { type Written, withoutNumbers } from './sealed-words.ts';

export * from './moves.ts';
export { type OutboxEntry, type Recipient, type Telling, to, toLiving, toPeople, toRole } from './outbox.ts';

/** The outcome of deciding: a write to make, or nothing because the same request was already carried out. */
export type Decision<D> =
  | { kind: 'repeat'; document: D }
  | {
      kind: 'change';
      before: D;
      after: D;
      set: Record<string, unknown>;
      unset: string[];
      entry: HistoryEntry;
      outbox: OutboxEntry[];
      /** What was written with numbers in it. */
      written?: Written;
    };

/**
 * Decides what a move does to a document. Pure: same arguments, same answer, nothing read or written.
 * @throws HaolinError invalid_input, forbidden, wrong_state (or the move's own), or what a guard names.
 */
export function decide<D extends Aggregate, S extends string, F>(
  lifecycle: Lifecycle<D, S, F>,
  doc: D,
  moveName: string,
  rawInput: unknown,
  ctx: MoveContext<F>,
): Decision<D> {
  const definition = lifecycle.moves[moveName];
  if (!definition) throw new Error(`No move ${moveName} in the lifecycle of ${lifecycle.name}`);
  const given = parseInput(definition.input, rawInput) as never;
  const digest = digestIn(lifecycle.name, doc._id, given, ctx);
  const { input, written } = wordsIn(definition, given, ctx);
  if (isRepeat(doc, moveName, definition.from, digest, ctx)) return { kind: 'repeat', document: doc };
  const objection = objectionTo(lifecycle, moveName, doc, ctx) ?? definition.guard?.(doc, input, ctx);
  if (objection) throw objection;

  const target = typeof definition.to === 'string' ? definition.to : definition.to.choose(doc, input, ctx);
  const patch = Object.entries(definition.apply?.(doc, input, ctx) ?? {});
  const set = Object.fromEntries(patch.filter(([, value]) => value !== undefined));
  const unset = patch.filter(([, value]) => value === undefined).map(([field]) => field);
  const entry = entryOf(definition, [moveName, doc.state, target], doc.version + 1, digest.kept, input, ctx);
  const after: D = {
    ...doc,
    ...set,
    state: target,
    version: entry.version,
    updatedAt: ctx.now,
    history: [...doc.history, entry],
  };
  for (const field of unset) delete (after as Record<string, unknown>)[field];
  const outbox = outboxOf(eventOf(lifecycle.name, after), definition.tell?.(after, ctx, input, doc) ?? [], ctx.now);
  return {
    kind: 'change',
    before: doc,
    after: { ...after, outbox: [...doc.outbox, ...outbox] },
    set,
    unset,
    entry,
    outbox,
    ...(written && { written }),
  };
}

/** A document as it is to begin, and the messages of that, once its human number is known. */
export interface Draft<D> {
  document: D;
  outboxOf(document: D): OutboxEntry[];
  /** What was written with numbers in it. */
  written?: Written;
  /** Whether a document that is there was begun with the same input. */
  isBegunAlike(there: D): boolean;
}

/** Decides how a document begins, under the human number drawn for it if it has one. Pure. @throws as `decide`. */
export function begin<D extends Aggregate, S extends string, F>(
  lifecycle: Lifecycle<D, S, F>,
  startName: string,
  rawInput: unknown,
  ctx: MoveContext<F>,
  id: string,
  number?: number,
): D {
  const { document, outboxOf } = draft(lifecycle, startName, rawInput, ctx, id);
  const numbered = number === undefined ? document : { ...document, number };
  return { ...numbered, outbox: outboxOf(numbered) };
}

/** Decides whether and how a document begins, before its number is drawn. Pure. @throws as `decide`. */
export function draft<D extends Aggregate, S extends string, F>(
  lifecycle: Lifecycle<D, S, F>,
  startName: string,
  rawInput: unknown,
  ctx: MoveContext<F>,
  id: string,
): Draft<D> {
  const definition = lifecycle.start[startName];
  if (!definition) throw new Error(`No start ${startName} in the lifecycle of ${lifecycle.name}`);
  const given = parseInput(definition.input, rawInput) as never;
  const { input, written } = wordsIn(definition, given, ctx);
  const fields = definition.build(input, ctx);
  if (!permits(definition.by, lifecycle.name, fields, ctx)) throw forbidden();
  const objection = definition.guard?.(input, ctx);
  if (objection) throw objection;
  const digest = digestIn(lifecycle.name, id, given, ctx);
  const entry = entryOf(definition, [startName, null, definition.to], 1, digest.kept, input, ctx);
  const document = {
    ...fields,
    _id: id,
    state: definition.to,
    version: 1,
    history: [entry],
    outbox: [],
    createdAt: ctx.now,
    updatedAt: ctx.now,
  } as unknown as D;
  return {
    document,
    ...(written && { written }),
    outboxOf: (made) => outboxOf(eventOf(lifecycle.name, made), definition.tell?.(made, ctx, input) ?? [], ctx.now),
    isBegunAlike: ({ history: [first] }) => first !== undefined && digest.isOf(first),
  };
}

/** The moves this actor may make on this document now: exactly those a client may show a button for. */
export function movesFor<D extends Aggregate, S extends string, F>(
  lifecycle: Lifecycle<D, S, F>,
  doc: D,
  ctx: MoveContext<F>,
): string[] {
  // Asked of every line of every list: most moves fall out by the state alone, before any policy is read.
  return Object.entries<AnyMove<D, S, F>>(lifecycle.moves)
    .filter(([, { by, from, when }]) => {
      // No error is made only to be thrown away: a list of wishes asks this some hundred times.
      if (by === 'system' || !(from as readonly string[]).includes(doc.state)) return false;
      return permits(by, lifecycle.name, doc, ctx) && !when?.(doc, ctx);
    })
    .map(([name]) => name);
}

/**
 * What stands in the way of a move whatever its input may be: who would make it, or how things stand. Pure. Whoever is to
 * be asked for the input is told this first.
 */
export function objectionTo<D extends Aggregate, S extends string, F>(
  lifecycle: Lifecycle<D, S, F>,
  moveName: string,
  doc: D,
  ctx: MoveContext<F>,
): HaolinError | undefined {
  const definition = lifecycle.moves[moveName];
  if (!definition) throw new Error(`No move ${moveName} in the lifecycle of ${lifecycle.name}`);
  // A stranger must learn "forbidden", never the state.
  if (!permits(definition.by, lifecycle.name, doc, ctx)) return forbidden();
  if (!(definition.from as readonly string[]).includes(doc.state)) {
    return definition.otherwise?.(doc, ctx) ?? wrongState(lifecycle.states[doc.state as S] ?? doc.state);
  }
  return definition.when?.(doc, ctx);
}

function permits<F>(by: Permission, subject: string, document: object, ctx: MoveContext<F>): boolean {
  if (by === 'system') return ctx.actor.kind === 'system';
  return may(ctx.ability, by.action, subject, document);
}

/**
 * Whether this very request was carried out before: known by its key for ever, and without a key as the latest thing that
 * happened, when the move could not be made again anyway. (A second contact in the same words is a second contact.)
 */
function isRepeat<F>(
  doc: Aggregate,
  moveName: string,
  from: readonly string[],
  digest: InputDigest,
  ctx: MoveContext<F>,
): boolean {
  const keyed = ctx.key === undefined ? undefined : doc.history.find((entry) => entry.key === ctx.key);
  if (keyed && keyed.by.id === ctx.actor.id) {
    if (keyed.move !== moveName || !digest.isOf(keyed)) throw keyReused();
    return true;
  }
  const last = doc.history.at(-1);
  if (from.includes(doc.state)) return false;
  return last?.move === moveName && last.by.id === ctx.actor.id && digest.isOf(last);
}

/** The input as the document keeps it, and what was written where numbers are kept under seal. */
function wordsIn<F>(
  { by, secret, input: reads }: { by: Permission; secret?: true; input: Reads<never> },
  given: never,
  { sealing }: MoveContext<F>,
): { input: never; written?: Written } {
  // What the house itself says names nobody, and what is secret lies under another seal.
  if (!sealing || by === 'system' || secret) return { input: given };
  const { input, written } = withoutNumbers(reads, given);
  return Object.keys(written).length === 0 ? { input } : { input, written };
}

interface InputDigest {
  /** As the history keeps it. */
  kept: string;
  /** Whether an entry was made with the same input. */
  isOf(entry: HistoryEntry): boolean;
}

function digestIn<F>(name: string, id: string, input: unknown, { keyed }: MoveContext<F>): InputDigest {
  const plain = digestOf(input);
  if (!keyed) return { kept: plain, isOf: ({ digest }) => digest === plain };
  return {
    kept: historyDigest(keyed, name, id, plain),
    isOf: ({ digest }) => isHistoryDigest(digest, keyed, name, id, input),
  };
}

function entryOf<F>(
  { secret }: { secret?: true },
  [move, from, target]: [move: string, from: string | null, target: string],
  version: number,
  digest: string,
  input: unknown,
  ctx: MoveContext<F>,
): HistoryEntry {
  const why = secret ? undefined : reasonIn(input);
  return {
    version,
    move,
    from,
    to: target,
    at: ctx.now,
    by: { id: ctx.actor.id, name: ctx.actor.name },
    channel: ctx.actor.channel,
    ...(why === undefined ? {} : { why }),
    digest,
    ...(ctx.key === undefined ? {} : { key: ctx.key }),
  };
}

function reasonIn(input: unknown): string | undefined {
  if (typeof input !== 'object' || input === null) return undefined;
  const { reason, note, words } = input as { reason?: unknown; note?: unknown; words?: unknown };
  return [reason, note, words].find((one) => typeof one === 'string');
}

/** What a move's messages have in common: the document as the move left it. */
const eventOf = (name: string, { _id, version }: Aggregate): string => `${name}:${_id}:${version}`;
