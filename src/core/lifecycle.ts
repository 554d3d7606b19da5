import type { ZodType } from 'zod';
import { type Ability, type Actor, type Channel, may, type Role } from './ability.ts';
import { digestOf } from './digest.ts';
import { forbidden, type HaolinError, keyReused, wrongState } from './errors.ts';
import { parseInput } from './input.ts';
import type { Calendar } from './time.ts';

/** One line of what happened, never changed afterwards. */
export interface HistoryEntry {
  version: number;
  move: string;
  from: string | null;
  to: string;
  at: Date;
  by: { id: string; name: string };
  channel: Channel;
  /** The reason or note the person gave. */
  why?: string;
  /** Digest of the input, to recognise the same request made again. */
  digest: string;
  /** Idempotency key or chat message id of the request. */
  key?: string;
}

/** Whom a message is for: one person, or whoever holds a role for an area when the message is relayed. */
export type Recipient = { person: string } | { role: Role; area: string; except?: string };

/** A message that leaves with the state it was written with. `key` is unique for ever. */
export interface OutboxEntry {
  key: string;
  /** What it tells of: `wish:id:version`, shared by all messages of one move. A person hears of it once. The key when absent. */
  event?: string;
  to: Recipient;
  message: string;
  data: Record<string, unknown>;
  at: Date;
}

/** What every document with a lifecycle carries. `areas` lists the codes from the city down to its own grid. */
export interface Aggregate {
  _id: string;
  state: string;
  version: number;
  areas: string[];
  history: HistoryEntry[];
  outbox: OutboxEntry[];
  createdAt: Date;
  updatedAt: Date;
}

/** One message a move asks to be told. */
export interface Telling {
  to: Recipient;
  message: string;
  data: Record<string, unknown>;
}

/** To one person. */
export const to = (person: string, message: string, data: Record<string, unknown> = {}): Telling => ({
  to: { person },
  message,
  data,
});

/** To whoever holds `role` for `area`, save `except` when given. */
export const toRole = (
  role: Role,
  area: string,
  message: string,
  data: Record<string, unknown> = {},
  except?: string,
): Telling => ({ to: except === undefined ? { role, area } : { role, area, except }, message, data });

/** All that a decision may look at besides the document and the input. `facts` are loaded by the service beforehand. */
export interface MoveContext<F> {
  actor: Actor;
  ability: Ability;
  now: Date;
  calendar: Calendar;
  facts: F;
  /** Idempotency key or chat message id. */
  key?: string;
}

/** Who may make a move: those whose ability covers the action, or only the house itself. */
export type Permission = { action: string } | 'system';
export const can = (action: string): Permission => ({ action });

/** Fields to set; `undefined` removes one. */
export type Patch<D> = { [K in Exclude<keyof D, keyof Aggregate>]?: D[K] | undefined };

export interface Move<D extends Aggregate, S extends string, F, I> {
  from: readonly S[];
  /** The state it leads to, or all it may lead to with the pure choice between them. */
  to: S | { among: readonly S[]; choose: (doc: D, input: I, ctx: MoveContext<F>) => S };
  by: Permission;
  input: ZodType<I>;
  /** Why the move cannot be made by this actor now whatever the input; decides whether a button is shown. */
  when?: (doc: D, ctx: MoveContext<F>) => HaolinError | undefined;
  /** Why the move cannot be made with this input. */
  guard?: (doc: D, input: I, ctx: MoveContext<F>) => HaolinError | undefined;
  apply?: (doc: D, input: I, ctx: MoveContext<F>) => Patch<D>;
  /** Messages to people, computed from the document as it will be. */
  tell?: (after: D, ctx: MoveContext<F>, input: I, before: D) => Telling[];
  /** What to say when the state is not one of `from`; by default the general `wrong_state`. */
  otherwise?: (doc: D, ctx: MoveContext<F>) => HaolinError;
}

/** The first move: how a document comes to be. */
export interface Start<D extends Aggregate, S extends string, F, I> {
  to: S;
  by: Permission;
  input: ZodType<I>;
  guard?: (input: I, ctx: MoveContext<F>) => HaolinError | undefined;
  /** The new document's own fields and its place. */
  build: (input: I, ctx: MoveContext<F>) => Omit<D, Exclude<keyof Aggregate, 'areas'>>;
  tell?: (after: D, ctx: MoveContext<F>, input: I) => Telling[];
}

export type AnyMove<D extends Aggregate, S extends string, F> = Move<D, S, F, never> & { input: ZodType };
export type AnyStart<D extends Aggregate, S extends string, F> = Start<D, S, F, never> & { input: ZodType };

export interface Lifecycle<D extends Aggregate = Aggregate, S extends string = string, F = unknown> {
  /** The design's word, `wish`; also the CASL subject and the beginning of outbox keys. */
  name: string;
  /** Every state with the word people see. */
  states: Record<S, string>;
  start: Record<string, AnyStart<D, S, F>>;
  moves: Record<string, AnyMove<D, S, F>>;
}

/** Typed builders for one aggregate's table: `const { move, start, lifecycle } = lifecycleOf<WishDoc, WishState, WishFacts>()`. */
export function lifecycleOf<D extends Aggregate, S extends string, F>() {
  return {
    move: <I>(definition: Move<D, S, F, I>) => definition as unknown as AnyMove<D, S, F>,
    start: <I>(definition: Start<D, S, F, I>) => definition as unknown as AnyStart<D, S, F>,
    lifecycle: <M extends string, B extends string>(definition: {
      name: string;
      states: Record<S, string>;
      start: Record<B, AnyStart<D, S, F>>;
      moves: Record<M, AnyMove<D, S, F>>;
    }) => definition,
  };
}

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
  const input = parseInput(definition.input, rawInput) as never;
  const digest = digestOf(input);
  if (isRepeat(doc, moveName, definition.from, digest, ctx)) return { kind: 'repeat', document: doc };
  const objection = objectionTo(lifecycle, definition, doc, ctx) ?? definition.guard?.(doc, input, ctx);
  if (objection) throw objection;

  const target = typeof definition.to === 'string' ? definition.to : definition.to.choose(doc, input, ctx);
  const patch = Object.entries(definition.apply?.(doc, input, ctx) ?? {});
  const set = Object.fromEntries(patch.filter(([, value]) => value !== undefined));
  const unset = patch.filter(([, value]) => value === undefined).map(([field]) => field);
  const entry = entryOf(moveName, doc.state, target, doc.version + 1, digest, input, ctx);
  const after: D = {
    ...doc,
    ...set,
    state: target,
    version: entry.version,
    updatedAt: ctx.now,
    history: [...doc.history, entry],
  };
  for (const field of unset) delete (after as Record<string, unknown>)[field];
  const outbox = outboxOf(lifecycle.name, after, definition.tell?.(after, ctx, input, doc) ?? [], ctx.now);
  return {
    kind: 'change',
    before: doc,
    after: { ...after, outbox: [...doc.outbox, ...outbox] },
    set,
    unset,
    entry,
    outbox,
  };
}

/** Decides how a document begins. Pure. `id` is the new document's. @throws as `decide`. */
export function begin<D extends Aggregate, S extends string, F>(
  lifecycle: Lifecycle<D, S, F>,
  startName: string,
  rawInput: unknown,
  ctx: MoveContext<F>,
  id: string,
): D {
  const definition = lifecycle.start[startName];
  if (!definition) throw new Error(`No start ${startName} in the lifecycle of ${lifecycle.name}`);
  const input = parseInput(definition.input, rawInput) as never;
  const fields = definition.build(input, ctx);
  if (!permits(definition.by, lifecycle.name, fields, ctx)) throw forbidden();
  const objection = definition.guard?.(input, ctx);
  if (objection) throw objection;
  const entry = entryOf(startName, null, definition.to, 1, digestOf(input), input, ctx);
  const doc = {
    ...fields,
    _id: id,
    state: definition.to,
    version: 1,
    history: [entry],
    outbox: [],
    createdAt: ctx.now,
    updatedAt: ctx.now,
  } as unknown as D;
  doc.outbox = outboxOf(lifecycle.name, doc, definition.tell?.(doc, ctx, input) ?? [], ctx.now);
  return doc;
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

/** Every state a move may lead to. */
export function targetsOf<S extends string>(definition: { to: S | { among: readonly S[] } }): readonly S[] {
  return typeof definition.to === 'string' ? [definition.to] : definition.to.among;
}

function objectionTo<D extends Aggregate, S extends string, F>(
  lifecycle: Lifecycle<D, S, F>,
  definition: AnyMove<D, S, F>,
  doc: D,
  ctx: MoveContext<F>,
): HaolinError | undefined {
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
  digest: string,
  ctx: MoveContext<F>,
): boolean {
  const keyed = ctx.key === undefined ? undefined : doc.history.find((entry) => entry.key === ctx.key);
  if (keyed && keyed.by.id === ctx.actor.id) {
    if (keyed.move !== moveName || keyed.digest !== digest) throw keyReused();
    return true;
  }
  const last = doc.history.at(-1);
  if (from.includes(doc.state)) return false;
  return last?.move === moveName && last.by.id === ctx.actor.id && last.digest === digest;
}

function entryOf<F>(
  move: string,
  from: string | null,
  target: string,
  version: number,
  digest: string,
  input: unknown,
  ctx: MoveContext<F>,
): HistoryEntry {
  const why = reasonIn(input);
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

function outboxOf(name: string, after: Aggregate, tellings: Telling[], at: Date): OutboxEntry[] {
  const event = `${name}:${after._id}:${after.version}`;
  return tellings.map((telling, index) => ({ key: `${event}:${index}`, event, ...telling, at }));
}
