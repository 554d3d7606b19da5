import type { Reaction, Remark } from './reaction.ts';
import { type DialogueState, IDLE, type Waiting } from './state.ts';

/** Where a dialogue stands when something is over, dropped or asked once more. Pure. */

/** How often the same question is put before it is given up. */
const PATIENCE = 2;

export function cancelled(state: DialogueState, all = false): Reaction {
  if (all) return { do: 'remark', remark: 'all_cancelled', state: IDLE };
  const { before } = listOf(withoutWaiting(state));
  if (!before) return { do: 'remark', remark: 'cancelled', state: over(state) };
  return { do: 'remark', remark: 'cancelled_list_stays', state: { ...over(state), waiting: before } };
}

function withoutWaiting({ waiting: _over, ...state }: DialogueState): DialogueState {
  return state;
}

/** Puts the question once more, and gives it up when that was in vain often enough. */
export function again(state: DialogueState, waiting: Waiting, remark: Remark): Reaction {
  if (state.vain >= PATIENCE) return { do: 'remark', remark: 'given_up', state: over(state) };
  return { do: 'remark', remark, state: { ...state, vain: state.vain + 1 }, again: waiting.shown };
}

/** Where a dialogue stands when its matter is done. */
export const afterwards = (state: DialogueState): DialogueState => ({ ...over(state), ...listOf(state) });

/** Nothing is under way but what is to be taken up later, and what can be come back to. */
export const over = ({ later, dropped }: DialogueState): DialogueState => ({
  ...IDLE,
  ...(later ? { later } : {}),
  ...(dropped ? { dropped } : {}),
});

/** As `over`, after a list was shown: what was asked before that is too long ago to come back to. */
export const overList = ({ later }: DialogueState, before: Waiting): DialogueState => ({
  ...IDLE,
  ...(later ? { later } : {}),
  before,
});

/** The list to come back to after this matter, when there is one. */
function listOf(state: DialogueState): { before?: Waiting } {
  const list = state.waiting?.for === 'choice' ? state.waiting : state.before;
  return list?.for === 'choice' && list.lasting ? { before: list } : {};
}
