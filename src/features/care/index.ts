import type { Feature } from '../../core/feature.ts';

export { COLOUR_WORDS, COLOURS, type Colour, FLAG_KINDS, FLAGS, type FlagKind } from './kinds.ts';

/** 关爱对象. */
export const care: Feature = {
  name: 'care',
  uses: ['people', 'areas'],
  models: {},
  rules: [],
  lifecycles: [],
  routes: [],
  intents: [],
  jobs: [],
  messages: {},
};
