import type { Feature } from '../../core/feature.ts';

/** 谈心谈话. */
export const talks: Feature = {
  name: 'talks',
  uses: ['people', 'areas'],
  models: {},
  rules: [],
  lifecycles: [],
  routes: [],
  intents: [],
  jobs: [],
  messages: {},
};
