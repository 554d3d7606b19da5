import { z } from 'zod';
import type { Intent, Turn } from '../../../core/feature.ts';
import { fitting } from '../../../core/letters.ts';
import { asSaid, asWritten } from '../../../core/written.ts';
import { HELP, OBJECT } from '../chat-messages.ts';
import { objectInput } from '../inputs.ts';
import { moveTopic } from '../service.ts';
import { whichTopic } from './find.ts';
import { OBJECT_TO } from './grammar.ts';

const LONGEST = 500;
const planned = z.object({ id: z.string(), text: z.string() });
const saidBefore = z.object({ words: z.string().optional() });

/** What was said against it: with the command, before it was clear which topic is meant, or when asked. */
export function wordsWith(turn: Turn): string {
  const { words = '' } = saidBefore.safeParse(turn.kept ?? {}).data ?? {};
  return asWritten(turn.text === '' ? words : asSaid(turn, turn.text));
}

/** 对4号议题有异议：…: read back always, for the community has to answer it and neighbours may read it. */
export const objectTo: Intent = {
  name: 'topic.object',
  about: '议题',
  effect: 'create',
  grave: true,
  verbs: ['提出', '提'],
  help: HELP.object,
  command: OBJECT_TO,
  async readBack(turn, house) {
    const which = await whichTopic(house, turn, objectTo.name, 'object');
    if ('answer' in which) return which.answer;
    const { id, number, title } = which.topic;
    const words = wordsWith(turn);
    const text = fitting(words, LONGEST);
    if (!objectInput.safeParse({ text }).success) {
      const question = words === '' ? OBJECT.ask(number, title) : OBJECT.askMore(words);
      return { text: question, ask: { intent: objectTo.name, slots: {}, kept: { id }, free: true } };
    }
    const cut = text === words ? '' : OBJECT.cut(LONGEST);
    return { readBack: OBJECT.readBack(number, title, text, cut), kept: { id, text } };
  },
  async handle(turn, house) {
    const { id, text } = planned.parse(turn.kept);
    const { topic } = await moveTopic(house, turn, id, 'object', { text });
    return { text: OBJECT.done(topic.number) };
  },
};
