import { z } from 'zod';
import type { Intent } from '../../../core/feature.ts';
import { MATTER_NUMBER } from '../../../core/numerals.ts';
import { HELP, SECOND, WITHDRAW } from '../chat-messages.ts';
import { moveTopic } from '../service.ts';
import { whichTopic } from './find.ts';

/** What people say to a topic that is there: for it, no longer for it, and its own proposer's last word. */

const planned = z.object({ id: z.string() });
/** Picked from a list that says what picking does. */
const picked = z.object({ chosen: z.literal(true) });

const BACK = '(?:撤回|撤销|撤掉|收回|取消)';
const NUMBER = `(?:议题)?\\s?${MATTER_NUMBER}(?:的)?(?:议题)?`;
const END = '(?:了|吧|嘛|的)*[。.!！~\\s]*$';

/** 附议5号: at once, for it can be taken back. */
export const second: Intent = {
  name: 'topic.second',
  about: '议题',
  effect: 'change',
  verbs: ['附议', '支持'],
  ofEach: true,
  help: HELP.second,
  async readBack(turn, house) {
    const which = await whichTopic(house, turn, second.name, 'second');
    if ('answer' in which) return which.answer;
    const { id, number, title } = which.topic;
    const atOnce = picked.safeParse(turn.kept).success;
    return { ...(atOnce ? {} : { readBack: SECOND.readBack(number, title) }), kept: { id } };
  },
  async handle(turn, house) {
    const { id } = planned.parse(turn.kept);
    const { topic } = await moveTopic(house, turn, id, 'second');
    const { number, posted, supporters, terms, state } = topic;
    return { text: SECOND.done(number, posted.title, supporters.length, terms.seconds, state === 'proposed') };
  },
};

/** 撤回附议5号. */
export const unsecond: Intent = {
  name: 'topic.unsecond',
  about: '议题',
  effect: 'change',
  command: [
    new RegExp(`^(?:我)?(?:要|想)?${BACK}(?:我的|我对)?(?:${NUMBER}\\s?的?)?\\s?附议${END}`, 'u'),
    new RegExp(
      `^(?:算了[，,\\s]*)?(?:我)?(?:不附议了[，,\\s]*)?(?:我)?(?:要|想)?${BACK}(?:我的)?附议\\s?(?:${NUMBER})${END}`,
      'u',
    ),
    new RegExp(`^${NUMBER}[，,\\s]*(?:我)?(?:要|想)?(?:不附议了|${BACK}附议|附议${BACK})${END}`, 'u'),
  ],
  async readBack(turn, house) {
    const which = await whichTopic(house, turn, unsecond.name, 'unsecond');
    return 'answer' in which ? which.answer : { kept: { id: which.topic.id } };
  },
  async handle(turn, house) {
    const { id } = planned.parse(turn.kept);
    const { topic } = await moveTopic(house, turn, id, 'unsecond');
    return { text: SECOND.undone(topic.number) };
  },
};

/** 撤回议题5号: by whoever proposed it; read back, since neighbours stand behind it. */
export const withdraw: Intent = {
  name: 'topic.withdraw',
  about: '议题',
  effect: 'change',
  verbs: ['撤回'],
  grave: true,
  command: [
    new RegExp(`^(?:我)?(?:要|想)?${BACK}(?:我的|我提的)?议题${END}`, 'u'),
    new RegExp(`^(?:我)?(?:要|想)?${BACK}(?:我的|我提的)?议题\\s?${MATTER_NUMBER}${END}`, 'u'),
    new RegExp(`^(?:我)?(?:要|想)?${BACK}(?:我的|我提的)?${MATTER_NUMBER}(?:的)?议题${END}`, 'u'),
    new RegExp(`^(?:${MATTER_NUMBER}(?:的)?议题)[，,\\s]*${BACK}${END}`, 'u'),
    new RegExp(`^议题\\s?${MATTER_NUMBER}[，,\\s]*${BACK}${END}`, 'u'),
  ],
  async readBack(turn, house) {
    const which = await whichTopic(house, turn, withdraw.name, 'withdraw');
    if ('answer' in which) return which.answer;
    const { id, number, title } = which.topic;
    return { readBack: WITHDRAW.readBack(number, title), kept: { id } };
  },
  async handle(turn, house) {
    const { id } = planned.parse(turn.kept);
    const { topic } = await moveTopic(house, turn, id, 'withdraw');
    return { text: WITHDRAW.done(topic.number) };
  },
};
