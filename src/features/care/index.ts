import type { Feature } from '../../core/feature.ts';
import { careRoutes } from './http.ts';
import { reviews, sentinels } from './jobs.ts';
import { careLifecycle } from './lifecycle.ts';
import { careMessages } from './messages.ts';
import { careSchema } from './model.ts';
import { careRules } from './rules.ts';

export { type Load, loadOf } from './counts.ts';
export type { CareFacts } from './decisions.ts';
export { sealerOf } from './facts.ts';
export { importCare } from './import/plan.ts';
export { COLOUR_WORDS, COLOURS, type Colour, FLAG_KINDS, FLAGS, type FlagKind } from './kinds.ts';
export { type CareMoveName, careLifecycle } from './lifecycle.ts';
export { type Listed, type ListedWhole, listing } from './listing.ts';
export {
  type CaredFor,
  type CaredForFilter,
  type CareQuery,
  caredFor,
  listCare,
} from './lists.ts';
export { CARE_MOVES } from './messages.ts';
export {
  CARE_STATES,
  type CareDoc,
  type CareState,
  CONSENTS,
  type ConsentBy,
} from './model.ts';
export { type NotSeen, notSeenSince, type SeenSince, seenSince } from './seen.ts';
export {
  goneToAmong,
  markVisited,
  moveCare,
  openCare,
  readableCare,
  servedAmong,
  serves,
  unmarkVisited,
} from './service.ts';
export { GRID_KEEPER, isStillSentinel, SENTINELS, serverOf } from './serving.ts';

/** 关爱对象: who is in care and why, who looks after them, and when they were last seen. */
export const care: Feature = {
  name: 'care',
  uses: ['people', 'areas'],
  models: { care: careSchema() },
  rules: careRules,
  lifecycles: [careLifecycle],
  routes: careRoutes,
  intents: [],
  jobs: [reviews, sentinels],
  messages: careMessages,
};
