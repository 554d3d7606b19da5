import type { Feature } from '../../core/feature.ts';
import { handoffIntents } from './chat.ts';
import { handoffRoutes } from './http.ts';
import { deadlines } from './jobs.ts';
import { handoffLifecycle } from './lifecycle.ts';
import { handoffMessages } from './messages.ts';
import { handoffSchema } from './model.ts';
import { handoffProgress } from './progress.ts';
import { handoffRules } from './rules.ts';
import { numbers } from './upgrades.ts';

export { type HandoffMoveName, handoffLifecycle } from './lifecycle.ts';
export { HANDOFF_MOVES } from './messages.ts';
export { HANDOFF_STATES, type HandoffDoc, type HandoffState } from './model.ts';
export { getHandoff, type HandoffView, listHandoffs, moveHandoff, openHandoff } from './service.ts';

/** 转人工: a resident wants a human; the community's workers answer. */
export const handoffs: Feature = {
  name: 'handoffs',
  uses: ['areas'],
  models: { handoff: handoffSchema() },
  rules: handoffRules,
  lifecycles: [handoffLifecycle],
  routes: handoffRoutes,
  intents: handoffIntents,
  progress: handoffProgress,
  jobs: [deadlines],
  upgrades: [numbers],
  messages: handoffMessages,
};
