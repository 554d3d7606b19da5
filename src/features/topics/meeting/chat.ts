import { z } from 'zod';
import { scope } from '../../../core/ability.ts';
import { rawCollection, readAggregate } from '../../../core/aggregate.ts';
import type { Caller } from '../../../core/caller.ts';
import { HaolinError } from '../../../core/errors.ts';
import type { Answer, Intent, Turn } from '../../../core/feature.ts';
import type { House } from '../../../core/house.ts';
import { fitting, shortened } from '../../../core/letters.ts';
import { asWritten, partAsWritten } from '../../../core/written.ts';
import { communityOf } from '../../areas/index.ts';
import { byNumber } from '../chat/find.ts';
import { SAY_ON } from '../chat/grammar.ts';
import { WHICH } from '../chat-messages.ts';
import type { TopicDoc } from '../model.ts';
import { latestAttended, signIn } from './attendance.ts';
import { noVoice } from './errors.ts';
import { LONGEST_STATEMENT } from './inputs.ts';
import { CHAT } from './messages.ts';
import { say } from './statements.ts';

/** 发言：…, said in chat by somebody who is at a meeting or leads it. */

const kept = z.object({ topic: z.string().optional(), words: z.string().optional() });
const SHOWN_LETTERS = 30;
const OPENING = /^发言\s*[:：]?\s*/u;

export const speak: Intent = {
  name: 'topic.say',
  about: '议题',
  effect: 'create',
  help: CHAT.help,
  command: [/^发言\s*[:：]\s*(?<words>.*)$/su, /^发言$/u, ...SAY_ON],
  async handle(turn, house) {
    const { topic, words = wordsOf(turn) } = kept.parse(turn.kept ?? {});
    const meetings = await meetingsOf(house, turn);
    const { number } = turn.slots;
    const meant = meetings.filter(
      (one) => (topic === undefined || one._id === topic) && (number === undefined || one.number === number),
    );
    const [first] = meant;
    if (!first) return { text: number === undefined ? CHAT.notThere : await whyNot(house, turn, number) };
    if (words === '') {
      const asked = number === undefined ? {} : { topic: first._id };
      return { text: CHAT.askWords, ask: { intent: speak.name, slots: {}, kept: asked } };
    }
    if (meant.length > 1) return { text: CHAT.which, options: meant.map((one) => optionOf(one, words)) };
    const text = fitting(words, LONGEST_STATEMENT);
    await say(house, turn, first._id, text);
    const note = text === words ? '' : `${CHAT.tooLong(LONGEST_STATEMENT)}\n`;
    return { text: `${note}${CHAT.said(first.number)}` };
  },
};

/** Nothing can be said of the topic of this number now. */
async function whyNot(house: House, turn: Turn, number: number): Promise<string> {
  const [topic] = await byNumber(house, turn, number);
  if (!topic) return WHICH.notFound(number);
  return topic.state === 'discussing' ? CHAT.notThere : CHAT.notHeld(number, topic.stateWord);
}

/** 签到 and the six digits, sent from one's seat. */
export const arrive: Intent = {
  name: 'topic.arrive',
  effect: 'change',
  help: CHAT.arriveHelp,
  command: [/^签到\s*[:：]?\s*(?<words>\d{6})$/u, /^(?:怎么)?签到$/u],
  async handle(turn, house) {
    const [code] = /\d{6}/u.exec(turn.text) ?? [];
    if (code === undefined) return { text: CHAT.howToArrive };
    const codes = new Set<string>();
    for (const topic of await meetingsNear(house, turn)) {
      try {
        await signIn(house, turn, topic._id, code);
        return { text: CHAT.arrived(topic.number) };
      } catch (error) {
        if (!(error instanceof HaolinError && error.status < 500)) throw error;
        if (error.code === 'too_many_requests') throw error;
        codes.add(error.code);
      }
    }
    // Whoever may come to none of them is not sent back to read the code again.
    const uninvited = codes.has('no_vote_here') && !codes.has('wrong_code');
    return { text: uninvited ? noVoice().detail : CHAT.wrongCode };
  },
};

/** The meetings under way in the community somebody lives in. */
async function meetingsNear(house: House, { actor }: Caller): Promise<TopicDoc[]> {
  const community = communityOf(actor.areas);
  const found = await rawCollection(house.model<TopicDoc>('topic'))
    .find({ community, state: { $in: ['discussing', 'voting'] }, meeting: { $exists: true } })
    .sort({ updatedAt: -1, _id: -1 })
    .limit(MOST_LED)
    .toArray();
  return found as unknown as TopicDoc[];
}

/** What was said after the opening, as it was written. */
function wordsOf({ text, written }: Turn): string {
  const part = partAsWritten(written, text) ?? written;
  return asWritten(part.replace(OPENING, ''));
}

const MOST_LED = 5;

/** The meetings under way that somebody is at, or leads. */
async function meetingsOf(house: House, { actor, ability }: Caller): Promise<TopicDoc[]> {
  const attended = await latestAttended(house, actor.id);
  const found = await Promise.all(
    attended.map(async ({ topic: id, session }) => {
      const topic = await readAggregate(house.model<TopicDoc>('topic'), id);
      return topic?.state === 'discussing' && topic.meeting?.session === session ? [topic] : [];
    }),
  );
  const theirs = scope(ability, 'lead', 'topic');
  const led = theirs
    ? await rawCollection(house.model<TopicDoc>('topic'))
        .find({ $and: [{ state: 'discussing' }, theirs] })
        .project({ history: 0, outbox: 0 })
        .sort({ updatedAt: -1, _id: -1 })
        .limit(MOST_LED)
        .toArray()
    : [];
  const all = [...found.flat(), ...(led as unknown as TopicDoc[])];
  return [...new Map(all.map((topic) => [topic._id, topic])).values()];
}

function optionOf({ _id, number, posted }: TopicDoc, words: string): NonNullable<Answer['options']>[number] {
  const label = CHAT.line(number, shortened(posted.title, SHOWN_LETTERS));
  return { label, intent: speak.name, slots: {}, kept: { topic: _id, words } };
}
