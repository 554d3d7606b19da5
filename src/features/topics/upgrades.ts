import { sealNumbers } from '../../core/seal-stored.ts';

/** Numbers in what was written on a topic before they were sealed; what everybody reads never had any. */
export const numbers = sealNumbers('topics.numbers', 'topic', {
  title: 'propose',
  text: 'propose',
  'objections.*.text': 'object',
});
