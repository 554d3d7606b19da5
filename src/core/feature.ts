import type { Readable } from 'node:stream';
import type { Schema } from 'mongoose';
import type { ZodType } from 'zod';
import type { Ability, Actor, Role, Rule } from './ability.ts';
import type { Directory, House } from './house.ts';
import type { Aggregate, AnyMove, AnyStart } from './lifecycle.ts';
import type { Quota } from './quota.ts';

/**
 * One thing people do, whole: its tables, rules, words, routes, chat and clockwork. Adding one is a folder and one line
 * in `features/index.ts`; deleting one is the same.
 */
export interface Feature {
  name: string;
  /** Names of the features this one imports; it cannot be installed without them. */
  uses: readonly string[];
  /** Model name → schema; a model's name is its collection's. */
  models: Record<string, Schema>;
  /** CASL sentences. */
  rules: readonly Rule[];
  lifecycles: readonly LifecycleOutline[];
  routes: readonly Route[];
  intents: readonly Intent[];
  jobs: readonly Job[];
  /** Messages to people, by the name `tell` uses. */
  messages: Record<string, Message>;
  /** The one feature that keeps people offers this to the rest of the house. */
  directory?: (house: House) => Directory;
}

/** A lifecycle as the tests, the docs and the OpenAPI text read it; the exact types stay inside the feature. */
export interface LifecycleOutline {
  name: string;
  states: Record<string, string>;
  start: Record<string, Pick<AnyStart<Aggregate, string, unknown>, 'to' | 'by' | 'input'>>;
  moves: Record<
    string,
    Pick<AnyMove<Aggregate, string, unknown>, 'from' | 'by' | 'input'> & { to: string | { among: readonly string[] } }
  >;
}

// ── HTTP ────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** A file a person sent, already on disk in a temporary place; gone after the request. */
export interface Upload {
  path: string;
  bytes: number;
}

/** What a route's handler is given: everything checked, nothing of Koa. */
export interface Request<P, Q, B> {
  params: P;
  query: Q;
  body: B;
  actor: Actor;
  ability: Ability;
  /** `Idempotency-Key`, for the engine to recognise a repeat by. */
  key?: string;
  upload?: Upload;
  requestId: string;
  /** Aborted when the client leaves or its event stream is over. Read it here: a copy made by spread does not have it. */
  signal: AbortSignal;
}

/** An answer that is not JSON. */
export type RawReply =
  | { kind: 'file'; path: string; type: string; cacheSeconds: number }
  | { kind: 'stream'; type: string; body: Readable; filename?: string }
  | { kind: 'events'; events: AsyncIterable<{ event: string; data: unknown; id?: string }> };

export class Raw {
  readonly reply: RawReply;
  constructor(reply: RawReply) {
    this.reply = reply;
  }
}

export interface Route {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Below `/api/v1`, OpenAPI style: `/wishes/{id}`. */
  path: string;
  summary: string;
  tag: string;
  /** `signed` (the default) needs a token; `public` does not; `demo` exists only in demo mode and needs none. */
  auth?: 'public' | 'signed' | 'demo';
  params?: ZodType;
  query?: ZodType;
  body?: ZodType;
  /** Accepts one multipart file in the field `file`, up to so many bytes. */
  upload?: { maxBytes: number };
  /** JSON it answers with; absent when it answers with a `Raw`. */
  response?: ZodType;
  /** Success status, 200 by default. */
  status?: number;
  /**
   * `false`: an answer under an `Idempotency-Key` is not kept, only the fact that it was given. A repeat runs again, with
   * all that is checked and written down on the way. For answers that show what is otherwise sealed or masked.
   */
  keep?: false;
  /** Tighter limit of requests than the house's, per actor. */
  limit?: Quota;
  handle(request: Request<never, never, never>, house: House): Promise<unknown>;
}

/** Declares a route with the handler typed from its schemas. */
export function route<P = unknown, Q = unknown, B = unknown>(
  definition: Omit<Route, 'params' | 'query' | 'body' | 'handle'> & {
    params?: ZodType<P>;
    query?: ZodType<Q>;
    body?: ZodType<B>;
    handle(request: Request<P, Q, B>, house: House): Promise<unknown>;
  },
): Route {
  return definition as unknown as Route;
}

/** A page of a list; `next` is the cursor of the following one, absent on the last. */
export interface Page<T> {
  items: T[];
  next?: string;
}

// ── Chat ────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** What a message said beyond its intent; only what the text gave. */
export interface Slots {
  category?: string;
  for?: 'self' | 'proxy';
  number?: number;
  until?: string;
  score?: number;
  choice?: 'for' | 'against' | 'abstain';
  name?: string;
  code?: string;
  urgent?: boolean;
}

/** One understood message of one known speaker. */
export interface Turn {
  actor: Actor;
  ability: Ability;
  /** The words in the one shape that is understood (`normalise`). */
  text: string;
  /** `text` is the whole of what is wanted, with a part corrected, and no addition to what was kept. */
  whole?: true;
  /** The same words as they were written: what is stored of them is a part of this, see `partAsWritten`. */
  written: string;
  slots: Slots;
  place: 'private' | 'group';
  /** Code of the area the group is bound to; absent in private. */
  area?: string;
  /** Where a binding would attach: the puppet and the contact who wrote, and the group it was written in. */
  contact: { puppet: string; id: string; room?: string };
  now: Date;
  /** The id of the message that led here (of the one read back, once it was): the engine's idempotency key. */
  key: string;
  /** Photos sent along (paths on disk, checked and without EXIF once stored by a feature). */
  photos: string[];
  /** True when the person answered 确认 to this intent's read-back, or the message was an explicit command. */
  confirmed: boolean;
  /** What the intent's earlier answer kept for this turn. */
  kept?: Record<string, unknown>;
}

/** What the bot says back. */
export interface Answer {
  text: string;
  /**
   * In a group an answer goes to the person in private and the group sees one neutral line, unless it is `false`: only
   * what may hang on the public wall may be said before everybody.
   */
  private?: boolean;
  /** Shown below the text as a numbered list: "1" then means the first intent with these slots. */
  options?: { label: string; intent: string; slots: Slots; kept?: Record<string, unknown> }[];
  /** Waits for free text (or photos) which comes back to `intent` with `kept`. */
  ask?: {
    intent: string;
    slots: Slots;
    kept?: Record<string, unknown>;
    /** Something was done already: 算了 comes back to the intent, too, which can undo it. */
    undo?: true;
  };
}

export interface Intent {
  /** A label of the understanding, `wish.claim`. */
  name: string;
  /** `change` and `create` are read back first unless the message was an explicit command; `read` never is. */
  effect: 'read' | 'create' | 'change';
  /** One line of help with an example; shown to these roles (everybody when absent). */
  help?: { title: string; example: string; roles?: readonly Role[] };
  /** May a person who has not bound a chat use it? */
  open?: boolean;
  /** May its command be used in a group that belongs to no area yet? */
  unbound?: boolean;
  /** Verbs that say yes to its read-back as 确认 does (登记吧): to that, and to that alone. By default 办理. */
  verbs?: readonly string[];
  /** May it be said of several matters by their numbers at once (3号4号都办好了)? */
  ofEach?: boolean;
  /** It is about a day to come: one that is over or does not exist is named as that. */
  wantsDay?: boolean;
  /**
   * Explicit commands the general understanding has no label for (发布12号). Tried on the normalised text before
   * understanding; the named groups `number` and `words` become the slot of that name and the turn's text.
   */
  command?: readonly RegExp[];
  /**
   * The one line read back before something is created or changed, or an answer that ends the matter (a question, a
   * refusal). Without a line it is clear enough to be carried out at once. `kept` travels to `handle` and survives a
   * crash before it, so whatever must be found out once (which wish, which stored photo) is found out here. `words` is
   * all that is wanted, in the person's words, where a part of it may be corrected.
   */
  readBack?(
    turn: Turn,
    house: House,
  ): Promise<Answer | { readBack?: string; kept?: Record<string, unknown>; words?: string }>;
  handle(turn: Turn, house: House): Promise<Answer>;
}

// ── Schedule and push ───────────────────────────────────────────────────────────────────────────────────────────────

/** One run of a job. `slot` is the moment it was due; `late` when it is made up afterwards. */
export interface Run {
  slot: Date;
  now: Date;
  late: boolean;
  dryRun: boolean;
}

/** What a run did (or would do), a line each, without personal data. */
export interface RunReport {
  lines: string[];
}

export interface Job {
  /** `wishes.deadlines` */
  name: string;
  title: string;
  /** Five-field cron in Asia/Shanghai. */
  cron: string;
  /** How long after its slot a missed run still has a purpose; it is made up once within that, never after. */
  makeUpWithinMs: number;
  run(run: Run, house: House): Promise<RunReport>;
}

/** A message on its way: to whom, with what, and when it would leave. */
export interface Told {
  to: string;
  data: Record<string, unknown>;
  now: Date;
}

/** One message to one person. */
export interface Message {
  title: string;
  /** The sentence people read; `data` is what the move told. */
  body(data: Record<string, unknown>): string;
  /** Told at once even in quiet hours and when reminders are muted. */
  urgent?: boolean;
  /**
   * Whether it still holds, asked of the document it tells of as that is just before it leaves: what waits for the morning
   * or for a channel may be over by then. Always, when absent. What no longer holds lies in the inbox as passed.
   */
  holds?(document: Aggregate, told: Told): boolean;
  /** As `holds`, where it takes more than one document to say: of what was told by a notice, say. */
  stands?(told: Told, house: House): Promise<boolean>;
  /** Where in the mini-program it leads, `/pages/wish/wish?id=…`. */
  link?(data: Record<string, unknown>): string;
}
