import type { Feature } from '../../core/feature.ts';

/** 走访. */
export const visits: Feature = {
  name: 'visits',
  uses: ['care', 'people', 'areas', 'wishes'],
  models: {},
  rules: [],
  lifecycles: [],
  routes: [],
  intents: [],
  jobs: [],
  messages: {},
};
