import type { Feature } from '../../core/feature.ts';
import { wishLifecycle } from './lifecycle.ts';
import { wishMessages } from './messages.ts';
import { wishSchema } from './model.ts';
import { wishRules } from './rules.ts';

export { type WishMoveName, wishLifecycle } from './lifecycle.ts';
export { WISH_CATEGORIES, WISH_STATES, type WishCategory, type WishDoc, type WishState } from './model.ts';
export { findByNumber, getWish, type Moved, moveWish, submitWish, viewOf } from './service.ts';
export type { FullWish, PublicWish, WishView } from './views.ts';

/** Micro-wishes 微心愿: made by residents, taken on by workers and volunteers, judged by whoever made them. */
export const wishes: Feature = {
  name: 'wishes',
  uses: ['areas', 'people'],
  models: { wish: wishSchema() },
  rules: wishRules,
  lifecycles: [wishLifecycle],
  routes: [],
  intents: [],
  jobs: [],
  messages: wishMessages,
};
