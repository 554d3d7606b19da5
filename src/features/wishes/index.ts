import type { Feature } from '../../core/feature.ts';
import { wishProgress } from './chat/looking.ts';
import { wishIntents } from './chat.ts';
import { messagesWhileTheyHold } from './holds.ts';
import { wishRoutes } from './http.ts';
import { deadlines } from './jobs.ts';
import { wishLifecycle } from './lifecycle.ts';
import { wishSchema } from './model.ts';
import { wishPhotos } from './photos.ts';
import { reportRoutes } from './reports/http.ts';
import { wishRules } from './rules.ts';
import { numbers } from './upgrades.ts';

export { countsFor, type WishCounts } from './counts.ts';
export { runDeadlines } from './jobs.ts';
export { type WishMoveName, wishLifecycle } from './lifecycle.ts';
export { listWishes, type WishQuery } from './lists.ts';
export { WISH_MOVES } from './messages.ts';
export {
  COLUMNS,
  type Column,
  WISH_CATEGORIES,
  WISH_STATES,
  type WishCategory,
  type WishDoc,
  type WishState,
} from './model.ts';
export { findByNumber, getWish, type Moved, moveWish, statesOf, submitWish, viewOf } from './service.ts';
export { type SimilarWish, similarWishes } from './similar.ts';
export type { FullWish, ListedWish, PublicWish, WishLine, WishView } from './views.ts';

/** Micro-wishes 微心愿: made by residents, taken on by workers and volunteers, judged by whoever made them. */
export const wishes: Feature = {
  name: 'wishes',
  uses: ['areas', 'people'],
  models: { wish: wishSchema() },
  rules: wishRules,
  lifecycles: [wishLifecycle],
  routes: [...wishRoutes, ...reportRoutes],
  intents: wishIntents,
  progress: wishProgress,
  photos: wishPhotos,
  jobs: [deadlines],
  upgrades: [numbers],
  messages: messagesWhileTheyHold,
};
