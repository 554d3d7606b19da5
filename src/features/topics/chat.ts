import type { Intent } from '../../core/feature.ts';
import { judge } from './chat/judge.ts';
import { list } from './chat/list.ts';
import { agreeToMerge, refuseToMerge } from './chat/merge.ts';
import { objectTo } from './chat/object.ts';
import { propose } from './chat/propose.ts';
import { second, unsecond, withdraw } from './chat/second.ts';
import { vote } from './chat/vote.ts';

/** Topics and the votes on them in chat, in the order the menu shows them. */
export const topicIntents: readonly Intent[] = [
  propose,
  list,
  second,
  unsecond,
  withdraw,
  vote,
  refuseToMerge,
  agreeToMerge,
  objectTo,
  judge,
];
