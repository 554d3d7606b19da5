import { shown } from '../core/echo.ts';
import type { Reply } from './book.ts';
import { type DialogueState, IDLE, type Waiting } from './dialogue/state.ts';
import type { Opened } from './dialogue/store.ts';
import type { Exchange } from './exchange.ts';
import { ASIDE, NEXT } from './messages.ts';

/** What is said and waited for at the end of an exchange. */
export interface Conclusion {
  text: string;
  /** In a group: before everybody. Only what says nothing about anybody. */
  open?: boolean;
  waiting?: Waiting;
  /** What a voice message was heard as; asked about now, and forgotten with the next message. */
  spoken?: string;
}

/**
 * Ends an exchange. `state` is where its dialogue stands; a new question is asked, and waits, where the answer goes: what
 * is asked in private is answered in private.
 */
export function conclude(exchange: Exchange, before: DialogueState, given: Conclusion): void {
  const conclusion = withAside(exchange, given);
  const { spoken: _before, ...rest } = before;
  const state: DialogueState = conclusion.spoken === undefined ? rest : { ...rest, spoken: conclusion.spoken };
  const { own, here, home, place } = exchange;
  if (!own || !home) throw new Error('An exchange is concluded after its dialogue was opened');
  // A matter begun in private is not carried on before the group.
  const alone = place === 'group' && (conclusion.open !== true || home === own);
  exchange.reply = { text: conclusion.text, private: alone };
  const target = here && !alone ? here : own;
  const { waiting } = conclusion;
  const writes: Opened[] = [];
  if (target === home) writes.push({ ...home, state: waiting ? { ...state, waiting } : state });
  else {
    writes.push({ ...home, state });
    if (waiting) writes.push({ ...target, state: { ...IDLE, waiting } });
  }
  exchange.dialogues = writes.filter((write) => !same(write.state, (write.id === own.id ? own : here)?.state));
}

/** What waits for more words asks besides whether the last ones meant something else. */
function withAside({ aside }: Exchange, conclusion: Conclusion): Conclusion {
  const { waiting, text } = conclusion;
  if (!aside || waiting?.for !== 'words') return conclusion;
  return { ...conclusion, text: `${text}\n${ASIDE(aside.label)}`, waiting: { ...waiting, aside } };
}

/** Where this dialogue stands after what was concluded so far. */
export function stateIn({ dialogues }: Exchange, dialogue: Opened): DialogueState {
  return dialogues.find(({ id }) => id === dialogue.id)?.state ?? dialogue.state;
}

/** In a line about the next matter its words are shown up to here. */
const SHOWN = 20;

/** Of several matters: puts what was said of those before, and that this one is next, before its answer. */
export function joinTo(said: Reply, exchange: Exchange, words: string, left: number): void {
  const { reply } = exchange;
  if (!reply) return;
  exchange.reply = { ...reply, text: [said.text, NEXT(shown(words, SHOWN), left), reply.text].join('\n') };
}

function same(a: DialogueState, b: DialogueState | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
