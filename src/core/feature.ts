import type { Readable } from 'node:stream';
import type { Schema } from 'mongoose';
import type { ZodType } from 'zod';
import type { Ability, Actor, Rule } from './ability.ts';
import type { Directory, House } from './house.ts';
import type { Html } from './html.ts';
import type { Intent } from './intent.ts';
import type { Aggregate, AnyMove, AnyStart } from './lifecycle.ts';
import type { Notice } from './notice.ts';
import type { MessageKind } from './outbox.ts';
import type { Progress } from './progress.ts';
import type { Quota } from './quota.ts';
import type { Reads } from './reads.ts';

export type { Answer, HeardOf, Intent, Slots, Turn } from './intent.ts';
export type { MessageKind } from './outbox.ts';

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
  /** What anybody reads in a browser. */
  pages?: readonly PublicPage[];
  intents: readonly Intent[];
  /** Where people's matters of this kind stand. */
  progress?: Progress;
  jobs: readonly Job[];
  /** What brings documents from before to how they are kept now. */
  upgrades?: readonly Upgrade[];
  /** Messages to people, by the name `tell` uses. */
  messages: Record<string, Message>;
  /** What photos are put to here. */
  photos?: PhotoUse;
  /** The one feature that keeps people offers this to the rest of the house. */
  directory?: (house: House) => Directory;
  /** The one feature that keeps the years of the calendar offers this: it puts the calendar in force into the house. */
  calendar?: (house: House) => CalendarKeeper;
}

/** Keeps `house.calendar` as the store has it. */
export interface CalendarKeeper {
  /** Reads the years that were loaded, once. */
  reload(): Promise<void>;
  /** From now on the house learns of every year that is loaded anywhere. */
  start(): void;
  stop(): Promise<void>;
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
  definition: Omit<Route, 'params' | 'query' | 'body' | 'response' | 'handle'> & {
    params?: Reads<P>;
    query?: Reads<Q>;
    body?: Reads<B>;
    response?: Reads<unknown>;
    handle(request: Request<P, Q, B>, house: House): Promise<unknown>;
  },
): Route {
  return definition as unknown as Route;
}

/** A page for people, readable without signing in, the same for whoever reads it. What is thrown is told on a page, too. */
export interface PublicPage {
  /** Outside `/api`, as a route's: `/topics/{id}`. */
  path: string;
  params: ZodType;
  show(params: never, house: House): Promise<ShownPage>;
}

/** What stands on a page; the house puts its frame around it. */
export interface ShownPage {
  title: string;
  /** A sentence for whoever is sent the link. */
  description: string;
  body: Html;
}

/** Declares a page with what shows it typed from the schema of its address. */
export function publicPage<P>(
  definition: Omit<PublicPage, 'params' | 'show'> & {
    params: Reads<P>;
    show(params: P, house: House): Promise<ShownPage>;
  },
): PublicPage {
  return definition as unknown as PublicPage;
}

/** A page of a list; `next` is the cursor of the following one, absent on the last. */
export interface Page<T> {
  items: T[];
  next?: string;
}

/** How the keeper of photos learns what a feature has put them to. */
export interface PhotoUse {
  /** Those of these photos that belong to something here. */
  used(house: House, ids: readonly string[]): Promise<Iterable<string>>;
  /** Whether a photo belongs to something here that this actor may read. */
  maySee(house: House, reader: { actor: Actor; ability: Ability }, id: string): Promise<boolean>;
}

// ── Schedule and push ───────────────────────────────────────────────────────────────────────────────────────────────

/** One run of a job. `slot` is the moment it was due; `late` when it is made up afterwards. */
export interface Run {
  slot: Date;
  now: Date;
  late: boolean;
  dryRun: boolean;
  /** Of a slot that is looked at before it comes: from when. What is told until then is not told again. */
  seenFrom?: Date;
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
  /**
   * What a run at that time would tell people, writing nothing. `plannedJob` makes it and `run` of one plan; a job that
   * moves documents instead has none, and says in a dry run what it would do.
   */
  preview?(run: Run, house: House): AsyncIterable<Planned>;
}

/** Brings the documents of a model from before to how they are kept now: once in the life of a store, while the house is open. */
export interface Upgrade {
  /** `wishes.numbers` */
  name: string;
  model: string;
  /** Upgrades one document as it was just read; again it changes nothing. @returns whether there was anything to change */
  one(document: Aggregate, house: House): Promise<boolean>;
}

/** A notice with the reason why this person is told it on this day. */
export interface Planned extends Notice {
  /** One Chinese sentence for whoever looks over what will be sent; names nobody that the message does not name. */
  why: string;
}

/** A message on its way: to whom, with what, since when, and when it would leave. */
export interface Told {
  to: string;
  data: Record<string, unknown>;
  /** When it was told. */
  at?: Date;
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
   * What it is to whom it is told, `matter` when absent:
   * `reminder` – what the clock says again and again: may be muted, by its name or with all others, for as long as one likes;
   * `matter` – about something of their own or of their post: may be paused for a week, never muted;
   * `answer` – what they asked for just now and wait for, or have a deadline of days for: paused like a matter, but never
   * kept for the day's list.
   */
  kind?: MessageKind;
  /** Of a reminder, what people call it when they want no more of it, in a few characters each: 周一的提醒, 走访计划. */
  called?: readonly string[];
  /** Told to many at once though each by name: it leaves after what is meant for one, like all that a whole place is told. */
  toMany?: boolean;
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
