import type { Claim, Outcome } from '../book.ts';
import { photosOf } from '../dialogue/state.ts';
import type { Exchange, Step } from '../exchange.ts';
import { faultOf } from '../fault.ts';
import { leaveInInbox } from '../inbox.ts';
import { TROUBLE } from '../messages.ts';
import type { Parts } from '../parts.ts';
import { dropPictures } from '../pictures.ts';
import { say } from './reply.ts';

/**
 * The same id twice is one effect and one reply: overlapping, after a restart, and after a crash half-way. What came of a
 * message is written down before it is said, so a crash in between costs no reply.
 */
export function remember(parts: Parts): Step {
  const { book, mark, log, turns } = parts;
  return async (exchange, next) => {
    const { key, incoming } = exchange;
    // Written down as it comes, whatever is being worked on: a crash must lose no message that waits for its turn.
    const claiming = claim(exchange);
    claiming.catch(() => 'its turn hears of it');
    // One person's messages are worked on one after the other, in the order they came; saying what came of one holds up no
    // other, and neither does waiting for somebody else who has one in hand.
    const inTurn = (claimed: () => Promise<Claim>) =>
      turns.run(incoming.contact, async () => workOn(exchange, await claimed(), next));
    let outcome = await inTurn(() => claiming);
    if (!outcome && (await claiming).kind === 'elsewhere') {
      const later = await book.takeOver(key);
      outcome = await inTurn(async () => later);
    }
    if (!outcome) return;
    await letGoOnFailure(key, async () => {
      if (await speak(parts, key, outcome)) await dropPictures(picturesBefore(exchange), statesOf(outcome));
    });
  };

  async function claim({ key, incoming, resumed }: Exchange): Promise<Claim> {
    const { contact, room, at } = incoming;
    const origin = { contact, ...(room === undefined ? {} : { room }), at };
    return book.claim(key, origin, resumed || (await mark.isOld(at)));
  }

  async function workOn(exchange: Exchange, claim: Claim, next: () => Promise<void>): Promise<Outcome | undefined> {
    const { key, incoming } = exchange;
    if (claim.kind === 'elsewhere') return undefined;
    if (claim.kind === 'done') {
      log.debug({ message: key }, 'message met before or too old: not acted on');
      return undefined;
    }
    return letGoOnFailure(key, async () => {
      await mark.saw(incoming.at);
      if (claim.plan) exchange.plan = claim.plan;
      const outcome = claim.outcome ?? (await decide(exchange, next));
      await settle(parts, key, outcome);
      return outcome;
    });
  }

  async function letGoOnFailure<T>(key: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      await book.release(key).catch(() => undefined);
      throw error;
    }
  }

  async function decide(exchange: Exchange, next: () => Promise<void>): Promise<Outcome> {
    if (exchange.resumed && !exchange.plan) exchange.reply = { text: TROUBLE, private: true };
    else await next();
    const outcome = outcomeOf(exchange);
    await book.decide(exchange.key, outcome);
    return outcome;
  }
}

/** Brings the dialogues to where the outcome leaves them; again changes nothing. */
export async function settle({ dialogues, house }: Parts, key: string, outcome: Outcome): Promise<void> {
  for (const dialogue of outcome.dialogues) await dialogues.write(dialogue, key, house.clock.now());
}

/**
 * Says what was decided. False when the channel would not take it: it is said when the bot catches up.
 *
 * A process that dies between the channel's taking it and the writing down of that says it once more: no channel tells
 * which of its messages were ours before it is asked to send the next, so the gap is only kept as small as one write.
 */
export async function speak(parts: Parts, key: string, outcome: Outcome): Promise<boolean> {
  const { book, log, said, house, puppet } = parts;
  if (!said.has(key)) {
    try {
      const reached = await say(parts, outcome);
      said.add(key);
      const { contact } = outcome.to;
      const text = outcome.reply?.text ?? '';
      if (!reached) await leaveInInbox(house, puppet, { key, contact, at: house.clock.now(), text });
    } catch (error) {
      log.warn({ message: key, ...faultOf(error) }, 'a reply could not be said yet');
      await book.release(key);
      return false;
    }
  }
  try {
    await book.answered(key);
    said.delete(key);
  } catch (error) {
    // It was heard, and `said` remembers that: writing it down is made up for, and nobody need be told of trouble.
    log.warn({ message: key, ...faultOf(error) }, 'a reply was said, and that could not be written down yet');
    await book.release(key).catch(() => undefined);
  }
  return true;
}

function outcomeOf({ incoming, reply, preface, dialogues }: Exchange): Outcome {
  return {
    to: { contact: incoming.contact, ...(incoming.room === undefined ? {} : { room: incoming.room }) },
    ...(reply ? { reply: preface ? { ...reply, text: `${preface}\n${reply.text}` } : reply } : {}),
    dialogues,
  };
}

function picturesBefore({ photos, home }: Exchange): string[] {
  return [...photos, ...(home ? photosOf(home.state) : [])];
}

function statesOf(outcome: Outcome) {
  return outcome.dialogues.map((dialogue) => dialogue.state);
}
