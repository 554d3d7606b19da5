import { z } from 'zod';
import type { Intent } from '../../../core/feature.ts';
import { scoreIn } from '../../../core/judgement.ts';
import { fitting } from '../../../core/letters.ts';
import { HELP, REVIEW } from '../chat-messages.ts';
import { reviewInput } from '../inputs.ts';
import { moveTopic } from '../service.ts';
import { whichTopic } from './find.ts';
import { JUDGE } from './grammar.ts';
import { wordsWith } from './object.ts';

const LONGEST = 200;
const SCORES = [5, 4, 3, 2, 1] as const;
const planned = z.object({ id: z.string(), input: reviewInput });
/** The points themselves are no words about it: 打5分，办得好; nor is what they end in: 三分吧. */
const POINTS = /(?:我)?(?:那?就)?(?:给|打|评)?(?:个|了)?\s?[1-5一二两三四五]\s?(?:分|颗?星)[吧嘛了啊哈哦呀啦咯哟]*/gu;
const MARKS = /^[\s,，.。:：!！、]+|[\s,，:：、]+$/gu;

/** 给1号议题打5分，办得好: read back, for whoever judged cannot judge again. */
export const judge: Intent = {
  name: 'topic.review',
  about: '议题',
  effect: 'create',
  grave: true,
  verbs: ['评价', '评'],
  help: HELP.judge,
  command: JUDGE,
  async readBack(turn, house) {
    const which = await whichTopic(house, turn, judge.name, 'review');
    if ('answer' in which) return which.answer;
    const { id, number, title } = which.topic;
    const said = wordsWith(turn);
    const score = turn.slots.score ?? scoreIn(said);
    if (score === undefined) {
      const options = SCORES.map((one) => ({
        label: REVIEW.scores[one],
        intent: judge.name,
        slots: { number, score: one },
        kept: { id, ...(said !== '' && { words: said }) },
      }));
      return { text: REVIEW.ask(number, title), options };
    }
    const words = fitting(said.replace(POINTS, '').replace(MARKS, ''), LONGEST);
    const input = { score, ...(words !== '' && { words }) };
    return { readBack: REVIEW.readBack(number, title, score, input.words), kept: { id, input } };
  },
  async handle(turn, house) {
    const { id, input } = planned.parse(turn.kept);
    const { topic } = await moveTopic(house, turn, id, 'review', input);
    return { text: REVIEW.done(topic.number, input.score) };
  },
};
