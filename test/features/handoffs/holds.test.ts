import { expect, it } from 'vitest';
import type { Aggregate } from '../../../src/core/lifecycle.ts';
import { HANDOFF_STATES, handoffs } from '../../../src/features/handoffs/index.ts';

/** What was kept back for the night: whoever is to answer is asked while nobody has; all else is said whatever came after. */
it('a call for a human asks for an answer while it waits for one', () => {
  const told = { to: 'somebody', data: {}, now: new Date(0) };
  const heldIn = (state: string) =>
    Object.keys(handoffs.messages).filter(
      (message) => handoffs.messages[message]?.holds?.({ state } as Aggregate, told) ?? true,
    );
  const asking = ['handoff.opened', 'handoff.added', 'handoff.waiting'];
  for (const state of Object.keys(HANDOFF_STATES)) {
    const held = heldIn(state);
    expect([state, asking.filter((message) => held.includes(message))]).toEqual([
      state,
      state === 'opened' ? asking : [],
    ]);
    expect(held.filter((message) => !asking.includes(message))).toEqual(
      Object.keys(handoffs.messages).filter((message) => !asking.includes(message)),
    );
  }
  expect(heldIn('closed')).toContain('handoff.alarm');
});
