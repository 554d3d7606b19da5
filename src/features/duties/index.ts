import type { Feature } from '../../core/feature.ts';

/** 走访排查任务. */
export const duties: Feature = {
  name: 'duties',
  uses: ['visits', 'care', 'people', 'areas'],
  models: {},
  rules: [],
  lifecycles: [],
  routes: [],
  intents: [],
  jobs: [],
  messages: {},
};
