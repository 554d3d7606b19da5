import type { Facts } from './facts.ts';
import type { Stack } from './pages/stack.ts';

/** What there is once of in a phone, for the `wx` calls that act on all of it; `start` fills it in. */
export const phone: { facts: Facts; stack: Stack; app: unknown } = {
  facts: undefined as unknown as Facts,
  stack: undefined as unknown as Stack,
  app: undefined,
};
