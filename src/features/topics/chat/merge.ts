import { z } from 'zod';
import type { Intent } from '../../../core/feature.ts';
import { MERGE as SAID } from '../chat-messages.ts';
import { moveTopic } from '../service.ts';
import { whichTopic } from './find.ts';
import { KEEP_APART, MERGE } from './grammar.ts';

/** Whether a topic is talked over together with another: the community asked, and its proposer answers. */

const planned = z.object({ id: z.string() });

/** 同意合并: read back always, for what is merged stays so. */
export const agreeToMerge: Intent = {
  name: 'topic.agreeMerge',
  about: '议题',
  effect: 'change',
  grave: true,
  verbs: ['合并'],
  command: MERGE,
  async readBack(turn, house) {
    const which = await whichTopic(house, turn, agreeToMerge.name, 'agreeMerge');
    if ('answer' in which) return which.answer;
    const { id, number, title, mergeAsked } = which.topic;
    const into = mergeAsked ? SAID.into(mergeAsked.number, mergeAsked.title) : '';
    return { readBack: SAID.readBack(number, title, into), kept: { id } };
  },
  async handle(turn, house) {
    const { id } = planned.parse(turn.kept);
    const { topic } = await moveTopic(house, turn, id, 'agreeMerge');
    return { text: SAID.done(topic.number, topic.mergedInto?.number ?? topic.number) };
  },
};

/** 不同意合并: at once, for the community may ask again. */
export const refuseToMerge: Intent = {
  name: 'topic.refuseMerge',
  about: '议题',
  effect: 'change',
  command: KEEP_APART,
  async readBack(turn, house) {
    const which = await whichTopic(house, turn, refuseToMerge.name, 'refuseMerge');
    return 'answer' in which ? which.answer : { kept: { id: which.topic.id } };
  },
  async handle(turn, house) {
    const { id } = planned.parse(turn.kept);
    const { topic } = await moveTopic(house, turn, id, 'refuseMerge');
    return { text: SAID.apart(topic.number) };
  },
};
