import type { Ability, Actor, Role } from './ability.ts';
import type { House } from './house.ts';

/** What somebody says in chat, and what a feature makes of it. */

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
  /** What other words, a part of those said or as somebody else would say it, would be taken for. Pure. */
  means(text: string): { intent: string; slots: Slots; runnerUp?: string };
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
  /**
   * A person of the community is offered below the text, with the words of the matter, where one can be called. Where none
   * can, this is said instead of the text.
   */
  human?: string;
  /** Waits for free text (or photos) which comes back to `intent` with `kept`. */
  ask?: {
    intent: string;
    slots: Slots;
    kept?: Record<string, unknown>;
    /** Whatever the words would mean by themselves, they are the answer; only a command is another matter. */
    free?: true;
    /** Something was done already: 算了 comes back to the intent, too, which can undo it. */
    undo?: true;
    /** 确认 is an answer like another: without what was asked for it goes on, too. */
    yes?: true;
  };
}

/** Of which matter something may be said, in a line to choose by. */
export interface HeardOf {
  label: string;
  slots: Slots;
}

export interface Intent {
  /** A label of the understanding, `wish.claim`. */
  name: string;
  /** Intents that what is said more of a matter may be taken for, and is a part of it: what was found on a visit. */
  takesIn?: readonly string[];
  /** What people call the matter its number is the number of: 心愿. What is said of another kind's number is never for it. */
  about?: string | readonly string[];
  /** With photos an explicit command is read back, too: they come one by one. */
  showsPhotos?: true;
  /** The intent of another kind of matter that is said in the same words: 3号办好了 is a wish's or an incident's. */
  like?: string;
  /** Whether the speaker can mean a matter of this kind now, asked where several kinds are spoken of alike and none is named. */
  fits?(turn: Turn, house: House): Promise<boolean>;
  /**
   * What is said of matters of this kind in words that name neither them nor what is done to them: 还是很臭, to whom was told
   * that it is solved. Asked before a message is taken for what it would mean by itself; none when it says no such thing.
   */
  hears?(turn: Turn, house: House): Promise<readonly HeardOf[]>;
  /** Takes what endangers life, at once and without a read-back, from whom it `fits`. */
  alarm?: true;
  /**
   * Of what `alarm` takes: the speaker's danger that is still open, as the intent keeps it; undefined when there is none.
   * What says that all is over is for it, wherever and to whomever it is said.
   */
  openDanger?(turn: Turn, house: House): Promise<Record<string, unknown> | undefined>;
  /** Of a danger that is kept: whether it is over for good, so that what is said now is of something else. */
  isPast?(turn: Turn, house: House): Promise<boolean>;
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
  /** Read back even when it began with an explicit command: a vote, and what a whole community will read. */
  grave?: boolean;
  /** What is said for it may be a secret: of its words and choice nothing is kept but what the intent itself keeps. */
  discreet?: boolean;
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
