import { sealNumbers } from '../../core/seal-stored.ts';

/** Numbers in what was written on a visit before they were sealed; what was found always lay sealed. */
export const numbers = sealNumbers('visits.numbers', 'visit', {
  place: 'log',
  'before.*.place': 'log',
  'checks.*.words': 'check',
});
