import type { Plan } from './book.ts';
import type { DialogueState, Matter } from './dialogue/state.ts';
import type { Opened } from './dialogue/store.ts';
import type { Exchange } from './exchange.ts';

/** What a message was about to do, for whoever goes on with it after a crash. Pure. */

/** What is about to be carried out, as it is written down before. */
export function planOf({ nth = 0, home, reply, preface }: Exchange, matter: Matter, state: DialogueState): Plan {
  return {
    matter,
    state,
    nth,
    ...(home?.seen === undefined ? {} : { seen: home.seen }),
    ...(nth > 0 && reply ? { said: reply } : {}),
    ...(preface === undefined ? {} : { preface }),
  };
}

/** Where the dialogue stands after a plan: what another message has made of it since stays, and what is left is added. */
export function stateAfter({ state, seen }: Plan, home: Opened | undefined): DialogueState {
  if (!home || home.seen === seen) return state;
  const before = home.state.later ?? [];
  const known = new Set(before.map((one) => JSON.stringify(one)));
  const later = [...(state.later ?? []).filter((one) => !known.has(JSON.stringify(one))), ...before];
  return later.length > 0 ? { ...home.state, later } : home.state;
}

/** The idempotency key of what an exchange does: its message's, and of several matters each its own. */
export const keyOf = ({ key, nth = 0 }: Exchange): string => (nth === 0 ? key : `${key}#${nth}`);
