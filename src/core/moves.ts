import type { ZodType } from 'zod';
import type { Ability, Actor, Channel } from './ability.ts';
import type { HaolinError } from './errors.ts';
import type { OutboxEntry, Telling } from './outbox.ts';
import type { Reads } from './reads.ts';
import type { Calendar } from './time.ts';

/** The language lifecycles are written in: declarative tables of moves. What it means, the engine in `lifecycle.ts` says. */

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
  /** Digest of the input, to recognise the same request made again; keyed where the input is kept under seal. */
  digest: string;
  /** Idempotency key or chat message id of the request. */
  key?: string;
}

/** What was written with one move, under seal; who wrote it and when, the history entry of that version says. */
export interface SealedWords {
  version: number;
  sealed: string;
}

/** What every document with a lifecycle carries. `areas` lists the codes from the city down to its own grid. */
export interface Aggregate {
  _id: string;
  state: string;
  version: number;
  areas: string[];
  history: HistoryEntry[];
  outbox: OutboxEntry[];
  /** What was written with numbers in it; absent while there is none. */
  sealedWords?: SealedWords[];
  createdAt: Date;
  updatedAt: Date;
}

/** All that a decision may look at besides the document and the input. `facts` are loaded by the service beforehand. */
export interface MoveContext<F> {
  actor: Actor;
  ability: Ability;
  now: Date;
  calendar: Calendar;
  facts: F;
  /** Idempotency key or chat message id. */
  key?: string;
  /** Makes a digest one that only who has the house's secret can make: for inputs that are kept under seal. */
  keyed?: (text: string) => string;
  /** The numbers in what people write are kept under seal: the document has the words without them. */
  sealing?: true;
}

/** Who may make a move: those whose ability covers the action, or only the house itself. */
export type Permission = { action: string } | 'system';
export const can = (action: string): Permission => ({ action });

/** Fields to set; `undefined` removes one. Where somebody moves house, `areas` goes along. */
export type Patch<D> = { [K in Exclude<keyof D, Exclude<keyof Aggregate, 'areas'>>]?: D[K] | undefined };

export interface Move<D extends Aggregate, S extends string, F, I> {
  from: readonly S[];
  /** The state it leads to, or all it may lead to with the pure choice between them. */
  to: S | { among: readonly S[]; choose: (doc: D, input: I, ctx: MoveContext<F>) => S };
  by: Permission;
  input: Reads<I>;
  /** Why the move cannot be made by this actor now whatever the input; decides whether a button is shown. */
  when?: (doc: D, ctx: MoveContext<F>) => HaolinError | undefined;
  /** Why the move cannot be made with this input. */
  guard?: (doc: D, input: I, ctx: MoveContext<F>) => HaolinError | undefined;
  apply?: (doc: D, input: I, ctx: MoveContext<F>) => Patch<D>;
  /** Messages to people, computed from the document as it will be. */
  tell?: (after: D, ctx: MoveContext<F>, input: I, before: D) => Telling[];
  /** The document keeps under seal what the person wrote: the history says that it was written, not what. */
  secret?: true;
  /** What to say when the state is not one of `from`; by default the general `wrong_state`. */
  otherwise?: (doc: D, ctx: MoveContext<F>) => HaolinError;
}

/** Stands where a document's human number will be, until its table draws one. */
export const NOT_DRAWN = 0;

/** The first move: how a document comes to be. */
export interface Start<D extends Aggregate, S extends string, F, I> {
  to: S;
  by: Permission;
  input: Reads<I>;
  guard?: (input: I, ctx: MoveContext<F>) => HaolinError | undefined;
  /** As a move's. */
  secret?: true;
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

/** Every state a move may lead to. */
export function targetsOf<S extends string>(definition: { to: S | { among: readonly S[] } }): readonly S[] {
  return typeof definition.to === 'string' ? [definition.to] : definition.to.among;
}
