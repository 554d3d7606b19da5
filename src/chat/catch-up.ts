import type { Origin, Overdue } from './book.ts';
import { faultOf } from './fault.ts';
import { leaveInInbox } from './inbox.ts';
import type { Parts } from './parts.ts';
import { settle, speak } from './steps/remember.ts';

export interface CatchUpParts {
  /** Whether the bot is signed in; what is to be said waits until it is. */
  online: () => boolean;
  /** Takes a message up again that was met and never finished. Never rejects. */
  resume: (key: string, origin: Origin) => Promise<void>;
}

/**
 * One round of bringing messages to their end that were left behind by a crash, a refusing channel or a store out of reach:
 * what was decided is carried out and said; what came too late for the chat lies in the person's inbox.
 */
export function catchUpOf(parts: Parts, { online, resume }: CatchUpParts): () => Promise<void> {
  const { book, house, puppet, log } = parts;

  async function sayUnsaid(): Promise<void> {
    // All at once: the speaker sends them one by one, and one that is refused keeps no other back.
    await Promise.all(
      (await book.unsaid()).map(async ({ key, outcome }) => {
        await settle(parts, key, outcome);
        await speak(parts, key, outcome);
      }),
    );
  }

  async function finish(): Promise<void> {
    await Promise.all((await book.unfinished()).map(({ key, origin }) => resume(key, origin)));
  }

  async function leaveOverdue(): Promise<void> {
    for (const overdue of await book.overdue()) {
      try {
        await leave(overdue);
        await book.answered(overdue.key);
      } catch (error) {
        await book.release(overdue.key);
        throw error;
      }
    }
  }

  async function leave({ key, contact, at, outcome }: Overdue): Promise<void> {
    const text = outcome?.reply?.text;
    if (outcome && text === undefined) return;
    await leaveInInbox(house, puppet, { key, contact, at, ...(text === undefined ? {} : { text }) });
    log.warn({ message: key }, 'a chat message came to no end in time: its person finds it in the inbox');
  }

  /** One thing that fails must not keep the others from being done. */
  return async () => {
    const works = [leaveOverdue, finish, ...(online() ? [sayUnsaid] : [])];
    const failures = (await Promise.allSettled(works.map((work) => work()))).filter((one) => one.status === 'rejected');
    for (const { reason } of failures)
      log.error(faultOf(reason), 'chat messages left behind could not be brought to an end');
  };
}
