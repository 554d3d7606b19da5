import type { Intent } from '../core/feature.ts';
import type { House, Log } from '../core/house.ts';
import type { Book } from './book.ts';
import type { Dialogues } from './dialogue/store.ts';
import type { GroupOf } from './groups.ts';
import type { Conversation } from './incoming.ts';
import type { Mark } from './mark.ts';
import type { Tie } from './services/tie.ts';
import type { Urgency } from './speaker.ts';
import type { Turns } from './turns.ts';
import type { Message, Understanding } from './understanding/labels.ts';

/** What a message means. Pure; see `understanding/`. */
export type Understand = (message: Message) => Understanding;

/** What is said in a sound file; `undefined` when that could not be found out. Never rejects. */
export type Transcribe = (path: string) => Promise<string | undefined>;
/** Which of two meanings is the likelier: 0 or 1; `undefined` when that could not be found out. Never rejects. */
export type BreakTie = (tie: Tie) => Promise<0 | 1 | undefined>;

/** How often one contact may write before the bot falls silent: so many messages in so many seconds. */
export interface Limit {
  points: number;
  seconds: number;
}

/** What the steps of the pipeline work with. */
export interface Parts {
  /** The channel's name: the first half of every message key, and what contacts are bound under. */
  puppet: string;
  house: House;
  log: Log;
  intents: ReadonlyMap<string, Intent>;
  understand: Understand;
  book: Book;
  /** Messages whose reply was said and not yet written down as said. */
  said: Set<string>;
  dialogues: Dialogues;
  groupOf: GroupOf;
  mark: Mark;
  turns: Turns;
  limit: Limit;
  /** Where pictures wait until a feature has taken them over. */
  folder: string;
  /** Writes down what a voice message says, or does not; absent where no service is configured. */
  transcribe?: Transcribe;
  /** Says which of two meanings is the likelier one, or does not; absent where no service is configured. */
  breakTie?: BreakTie;
  /** Paced sending. */
  say: (to: Conversation, text: string, urgency: Urgency) => Promise<void>;
}
