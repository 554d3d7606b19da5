import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { mongo } from 'mongoose';
import type { Intent } from '../core/feature.ts';
import type { House, Log } from '../core/house.ts';
import { within } from '../core/patience.ts';
import type { Progress } from '../core/progress.ts';
import { type Rounds, startRounds } from '../core/rounds.ts';
import { HOUR, MINUTE } from '../core/time.ts';
import { type Book, type MessageRow, messageBook } from './book.ts';
import { type Bot, buildBot, offline } from './bot.ts';
import { catchUpOf } from './catch-up.ts';
import { type DialogueRow, dialogueStore } from './dialogue/store.ts';
import { compose } from './exchange.ts';
import { faultOf } from './fault.ts';
import { type Group, remembered } from './groups.ts';
import type { Conversation, Incoming } from './incoming.ts';
import { createIndexes, sayOnce } from './keeping.ts';
import { type MarkRow, seenMark } from './mark.ts';
import { mattersOf } from './matters.ts';
import { BIND_FIRST, TROUBLE } from './messages.ts';
import { type Pace, UNPACED, WECHAT_PACE } from './pacing.ts';
import type { Limit, Parts, Understand } from './parts.ts';
import { tidyPictures } from './pictures.ts';
import { progressIntent } from './progress.ts';
import type { PuppetSpec } from './puppets/spec.ts';
import { guarded, type Service } from './services/outside.ts';
import { transcriber } from './services/speech.ts';
import { tieBreaker } from './services/tie.ts';
import { createSpeaker } from './speaker.ts';
import { alarm, callFor } from './steps/alarm.ts';
import { attachments } from './steps/attachments.ts';
import { calm } from './steps/calm.ts';
import { converse } from './steps/converse.ts';
import { group } from './steps/group.ts';
import { identify } from './steps/identify.ts';
import { limit } from './steps/limit.ts';
import { open } from './steps/open.ts';
import { address, receive } from './steps/receive.ts';
import { remember } from './steps/remember.ts';
import { inTurn } from './turns.ts';
import { understand } from './understanding/index.ts';
import { keepUp } from './upkeep.ts';

/** The chat of one house on one channel. */
export interface Chat {
  /**
   * Signs in on the channel, again and again until it can, and brings to an end what was left behind, every half minute.
   * Resolves when it is up for the first time, or was stopped before that; never rejects. Once for each chat.
   */
  start(): Promise<void>;
  /** Takes no more, lets what is under way finish for at most `graceMs`, signs off. The rest is taken up after the next start. */
  stop(graceMs?: number): Promise<void>;
  /** Whether the bot is signed in. */
  online(): boolean;
  /**
   * Says something unasked to a contact, at the pace of the channel. The same `key` says it once.
   * @throws HaolinError chat_offline, chat_stopped, contact_unknown
   */
  say(contact: string, text: string, key: string): Promise<void>;
  /** Takes one message through the whole pipeline, as the puppet's listener does. Never rejects. */
  handle(incoming: Incoming): Promise<void>;
}

export interface ChatOptions {
  house: House;
  intents: readonly Intent[];
  /** What can be told of where matters stand; without any the bot does not answer that. */
  progress?: readonly Progress[];
  puppet: PuppetSpec;
  log: Log;
  /** By default WeChat's pace where other people's servers are involved, and none on this machine. */
  pacing?: Pace;
  options?: {
    /** The name contacts are bound under; the puppet's kind by default. */
    name?: string;
    /** How fast one contact may write: 20 messages a minute by default. */
    limit?: Limit;
    /** Which area a group is bound to; without it the bot acts in no group. */
    groupOf?: (puppet: string, room: string) => Promise<Group | undefined>;
    understand?: Understand;
    /** A service that writes voice messages down. */
    speech?: Service;
    /** A model that may say which of two meanings is the likelier one. */
    helper?: Service;
    /** Told each time the bot has signed in. */
    onOnline?: () => void;
    /** How often it looks for what was left behind and whether the bot still runs: every half minute by default. */
    lookEveryMs?: number;
    /** The pause after the first failure to start, 5 seconds by default. */
    retryAfterMs?: number;
    random?: () => number;
    monotonic?: () => number;
    sleep?: (ms: number) => Promise<void>;
  };
}

const LIMIT: Limit = { points: 20, seconds: 60 };
const LOOK_EVERY_MS = MINUTE / 2;
const RETRY_AFTER_MS = 5_000;
const GRACE_MS = 5_000;
const LOCAL = new Set<PuppetSpec['kind']>(['console', 'web', 'mock']);

/** Puts the chat together. Nothing is imported of Wechaty and nothing touched before `start`. */
export function createChat({
  house,
  intents,
  progress = [],
  puppet: spec,
  log,
  pacing,
  options = {},
}: ChatOptions): Chat {
  const { sleep = pause, random = Math.random, monotonic = () => performance.now() } = options;
  const { groupOf = async () => undefined, lookEveryMs = LOOK_EVERY_MS, retryAfterMs = RETRY_AFTER_MS } = options;
  const puppet = options.name ?? spec.kind;
  const now = () => house.clock.now();
  const folder = join(house.settings.folder, 'chat');
  const rows = <R extends object>(name: string) => house.db.collection(name) as unknown as mongo.Collection<R>;

  const { understand: mean = understand } = options;
  const known = progress.length > 0 ? [...intents, progressIntent(progress)] : intents;

  const speaker = createSpeaker({
    pace: pacing ?? (LOCAL.has(spec.kind) ? UNPACED : WECHAT_PACE),
    monotonic,
    random,
    sleep,
  });
  const book: Book = messageBook({
    rows: rows<MessageRow>('chat_messages'),
    vault: house.vault,
    puppet,
    now,
    sleep,
    onTrouble: (error) => log.error(faultOf(error), 'a chat message could not be kept in hand'),
  });
  let bot: Bot | undefined;
  const guard = (what: string) => ({
    now,
    onTrouble: (error: unknown) => log.warn(faultOf(error), `${what} was of no help; the bot does without`),
  });
  const { speech, helper } = options;
  const parts: Parts = {
    ...(speech ? { transcribe: guarded(transcriber(speech), guard('the speech service')) } : {}),
    ...(helper ? { breakTie: guarded(tieBreaker(helper), guard('the helper model')) } : {}),
    puppet,
    house,
    log,
    intents: new Map(known.map((intent) => [intent.name, intent])),
    // Years that are loaded later hold in what is said of them, too.
    understand: (message) => mean({ calendar: house.calendar, ...message }),
    book,
    said: new Set(),
    dialogues: dialogueStore(rows<DialogueRow>('chat_dialogues'), house.vault),
    groupOf: remembered((room) => groupOf(puppet, room), now),
    mark: seenMark(rows<MarkRow>('chat_marks'), puppet, now),
    turns: inTurn(),
    limit: options.limit ?? LIMIT,
    folder,
    say: (to, text, urgency) => speaker.say(nameOf(to), urgency, () => send(to, text)),
  };
  const matters = mattersOf(parts);
  const pipeline = compose([
    receive,
    address(parts, matters),
    remember(parts),
    calm(parts),
    alarm(parts, matters),
    limit(parts),
    identify(parts),
    open(parts),
    group(parts),
    attachments(parts, matters),
    converse(parts, matters),
  ]);

  async function send(to: Conversation, text: string): Promise<void> {
    if (!bot) throw offline();
    await bot.send(to, text);
  }

  const atWork = new Set<Promise<void>>();
  let stopping = false;

  async function take(incoming: Incoming, key: string, resumed: boolean): Promise<void> {
    const place = incoming.room === undefined ? 'private' : 'group';
    try {
      await pipeline({ incoming, key, now: now(), place, resumed, text: '', written: '', photos: [], dialogues: [] });
    } catch (error) {
      log.error({ message: key, ...faultOf(error) }, 'a chat message could not be finished');
      // The store is out of reach, say: nothing could be kept, but nobody is left without a word.
      const call = callFor(incoming.text);
      if ((place === 'group' && !call) || stopping) return;
      const words = call === undefined ? TROUBLE : `${call}\n${TROUBLE}`;
      const told = parts.say({ contact: incoming.contact }, words, 'answer').then(() => book.giveUp(key));
      await told.catch(noMore);
    }
  }

  async function handle(incoming: Incoming, key = `${puppet}:${incoming.id}`, resumed = false): Promise<void> {
    if (stopping) return;
    const work = take(incoming, key, resumed);
    atWork.add(work);
    await work;
    atWork.delete(work);
  }

  const online = () => bot?.online() === true;
  const catchUp = catchUpOf(parts, {
    online,
    resume: (key, origin) =>
      handle({ ...origin, id: key, kind: 'text', text: '', mentioned: true, self: false }, key, true),
  });

  const sayings = sayOnce(rows('chat_said'), puppet, now, (contact, text) => parts.say({ contact }, text, 'push'));
  let catchingUp: Rounds | undefined;
  let upkeep: ReturnType<typeof keepUp> | undefined;
  let tidying: NodeJS.Timeout | undefined;

  async function build(): Promise<Bot> {
    await Promise.all([createIndexes(house), tidyPictures(folder, now()), parts.mark.begin()]);
    bot = await buildBot({
      spec,
      clock: house.clock,
      log,
      folder: house.settings.folder,
      onMessage: (incoming) => handle(incoming),
      async onSignedIn() {
        catchingUp?.wake();
        options.onOnline?.();
      },
      async onSignedOut() {
        if (stopping) return;
        const advice = 'sign in again; until then pushes stay in the mini-program inbox';
        log.warn({ puppet, advice }, 'the bot is signed out');
        await parts.mark.begin();
      },
      onFriend: (contact) => parts.say({ contact }, BIND_FIRST, 'answer'),
    });
    return bot;
  }

  return {
    async start() {
      catchingUp = startRounds({
        work: catchUp,
        everyMs: lookEveryMs,
        onTrouble: (error) => log.error(faultOf(error), 'chat messages left behind could not be looked for'),
      });
      upkeep = keepUp({
        build,
        everyMs: lookEveryMs,
        retryAfterMs,
        random,
        onTrouble: (error) => log.error({ puppet, ...faultOf(error) }, 'the chat could not start and is tried again'),
      });
      tidying = setInterval(() => {
        tidyPictures(folder, now()).catch((error: unknown) =>
          log.error(faultOf(error), 'old pictures could not be deleted'),
        );
      }, HOUR);
      tidying.unref();
      await upkeep.up;
    },
    async stop(graceMs = GRACE_MS) {
      stopping = true;
      clearInterval(tidying);
      speaker.close();
      const signedOff = async () => {
        await Promise.allSettled([catchingUp?.stop(), ...atWork]);
        await book.close();
        await upkeep?.stop();
      };
      await within(graceMs, signedOff());
    },
    online,
    say: sayings,
    handle: (incoming) => handle(incoming),
  };
}

const noMore = (): void => undefined;

/** The same name for the same conversation, for pacing. */
const nameOf = (to: Conversation): string => ('room' in to ? `room ${to.room}` : `contact ${to.contact}`);
