import type { Intent } from '../../core/feature.ts';
import { claim, contact, done, extend, release } from './chat/helping.ts';
import { list } from './chat/looking.ts';
import { decline, publish, waiting } from './chat/moderate.ts';
import { rate, withdraw } from './chat/own.ts';
import { submit } from './chat/submit.ts';

/** Wishes end to end in chat, in the order the menu shows them. */
export const wishIntents: readonly Intent[] = [
  submit,
  rate,
  withdraw,
  list,
  claim,
  contact,
  extend,
  release,
  done,
  waiting,
  publish,
  decline,
];
