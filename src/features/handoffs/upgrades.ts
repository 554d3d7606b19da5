import { sealNumbers } from '../../core/seal-stored.ts';

/** Numbers in what was said in a call for help before they were sealed. */
export const numbers = sealNumbers('handoffs.numbers', 'handoff', { 'said.*.text': '' });
