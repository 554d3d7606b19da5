import type { Feature } from '../../core/feature.ts';
import { careVisitLifecycle, careVisitSchema } from './care-visit.ts';
import { talkIntents } from './chat.ts';
import { difficultyLifecycle, difficultySchema } from './difficulty.ts';
import { following } from './following.ts';
import { talkRoutes } from './http.ts';
import { account, difficulties, prompts } from './jobs.ts';
import { talkLifecycle } from './lifecycle.ts';
import { talkMessages } from './messages.ts';
import { talkSchema } from './model.ts';
import { reminders } from './reminders.ts';
import { talkRules } from './rules.ts';

export {
  CARE_VISIT_STATES,
  type CareVisitDoc,
  type CareVisitMoveName,
  type CareVisitState,
  careVisitLifecycle,
} from './care-visit.ts';
export { recordCareVisit } from './care-visits.ts';
export {
  DIFFICULTY_STATES,
  type DifficultyDoc,
  type DifficultyMoveName,
  type DifficultyState,
  difficultyLifecycle,
} from './difficulty.ts';
export { type TalkMoveName, talkLifecycle } from './lifecycle.ts';
export { duesIn, duesOf } from './lists.ts';
export { TALK_STATES, type TalkDoc, type TalkState } from './model.ts';
export { askForTalk, finishTalk, holdTalk, inviteToTalk, moveTalk, readRecord } from './service.ts';
export type { TalkFacts } from './tellings.ts';

/** 谈心谈话: who is to be talked with by when; what was said is for two; what is to be done about it, without whose it is. */
export const talks: Feature = {
  name: 'talks',
  uses: ['people', 'areas'],
  models: { talk: talkSchema(), difficulty: difficultySchema(), care_visit: careVisitSchema() },
  rules: talkRules,
  lifecycles: [talkLifecycle, difficultyLifecycle, careVisitLifecycle],
  routes: talkRoutes,
  intents: talkIntents,
  jobs: [following, prompts, account, reminders, difficulties],
  messages: talkMessages,
};
