import type { Actor } from '../core/ability.ts';
import type { Plan, Reply } from './book.ts';
import type { Choice } from './dialogue/state.ts';
import type { Opened } from './dialogue/store.ts';
import type { Incoming } from './incoming.ts';

/** One message on its way through the pipeline, and what comes of it. */
export interface Exchange {
  readonly incoming: Incoming;
  /** The message's id in the whole house, and the engine's idempotency key. */
  readonly key: string;
  readonly now: Date;
  readonly place: 'private' | 'group';
  /** Nobody wrote it just now: it was met before and never finished, and its words are gone. */
  readonly resumed: boolean;
  /** Normalised, without mention and prefix. */
  text: string;
  /** The message as it was written. */
  written: string;
  /** The area of the group it was written in. */
  area?: string;
  /** Danger said in a group, not to the bot. */
  overheard?: true;
  /** Said in a group, not to the bot, by somebody whose danger is open: that it may be over. */
  calledOff?: 'plainly' | 'perhaps';
  /** Who wrote it; absent while nobody bound the contact. */
  actor?: Actor;
  /** Pictures of this message on disk. */
  photos: string[];
  /** What was about to be carried out when an earlier attempt died. */
  plan?: Plan;
  /** The dialogue in private, the one in this group, and which of the two the message belongs to. */
  own?: Opened;
  here?: Opened;
  home?: Opened;
  /** Dialogues as they stand when all is done. */
  dialogues: Opened[];
  reply?: Reply;
  /** Said before the reply: what was put aside for it. */
  preface?: string;
  /** What the words may mean besides what is being done with them: asked about together with the answer to that. */
  aside?: Choice;
  /** Of several matters in one message: which is taken up now, from 0. */
  nth?: number;
}

/** One step of the pipeline: does its part and calls `next`, or ends the matter by not calling it. */
export type Step = (exchange: Exchange, next: () => Promise<void>) => Promise<void>;

/** One step made of many, each wrapped around the ones after it. */
export function compose(steps: readonly Step[]): (exchange: Exchange) => Promise<void> {
  const run = async (exchange: Exchange, index: number): Promise<void> => {
    await steps[index]?.(exchange, () => run(exchange, index + 1));
  };
  return (exchange) => run(exchange, 0);
}
