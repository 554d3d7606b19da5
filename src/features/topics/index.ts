import type { Feature } from '../../core/feature.ts';
import { answering } from './answering.ts';
import { topicProgress } from './chat/standing.ts';
import { topicIntents } from './chat.ts';
import { topicRoutes } from './http.ts';
import { clock } from './jobs.ts';
import { topicLifecycle } from './lifecycle.ts';
import { arrive, speak } from './meeting/chat.ts';
import { meetingRoutes } from './meeting/http.ts';
import { meetingMessages } from './meeting/messages.ts';
import { meetingModels } from './meeting/model.ts';
import { meetingRules } from './meeting/rules.ts';
import { topicMessages } from './messages.ts';
import { topicSchema } from './model.ts';
import { paperRoutes, topicPages } from './papers/http.ts';
import { topicRules } from './rules.ts';
import { slotSchema } from './slots.ts';
import { numbers } from './upgrades.ts';

export { type TopicMoveName, topicLifecycle } from './lifecycle.ts';
export { attendingVoices, signIn } from './meeting/attendance.ts';
export { TOPIC_MOVES } from './messages.ts';
export { TOPIC_STATES, type TopicDoc, type TopicState } from './model.ts';
export { getTopic, listTopics, moveTopic, proposeTopic } from './service.ts';

/** 议题: what neighbours want to talk over and decide together. */
export const topics: Feature = {
  name: 'topics',
  uses: ['areas', 'people', 'ballots', 'venues', 'wishes'],
  models: { topic: topicSchema(), topic_slots: slotSchema(), ...meetingModels },
  rules: [...topicRules, ...meetingRules],
  lifecycles: [topicLifecycle],
  routes: [...topicRoutes, ...meetingRoutes, ...paperRoutes],
  pages: topicPages,
  intents: [...topicIntents, arrive, speak],
  progress: topicProgress,
  jobs: [clock, answering],
  upgrades: [numbers],
  messages: { ...topicMessages, ...meetingMessages },
};
