/** What the one script of a simulation has in it. */
export { serve } from './house.ts';
export { simulate } from './year.ts';
