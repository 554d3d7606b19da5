import { partAsWritten } from '../../core/written.ts';
import { conclude } from '../conclude.ts';
import { isDanger, withoutDanger } from '../dialogue/danger.ts';
import { type DialogueState, IDLE, type Matter } from '../dialogue/state.ts';
import type { Exchange } from '../exchange.ts';
import type { Matters } from '../matters.ts';
import { IS_IT_OVER } from '../messages.ts';
import type { Parts } from '../parts.ts';
import { isOnlyOver, overAsSaid } from '../understanding/all-clear.ts';
import { findReferences } from '../understanding/references.ts';

/** A message as what endangers life. */
export const dangerIn = ({ text, written }: Pick<Exchange, 'text' | 'written'>): Matter => ({
  intent: '',
  slots: { urgent: true },
  text,
  written: partAsWritten(written, text) ?? text,
  photos: [],
  explicit: true,
});

/**
 * Passes on that a danger of the speaker's is over. False when none is open, when the words name something else, or when
 * they answer what was asked. While something else is read back it is asked which of the two is over; neither is lost.
 */
export async function over(parts: Parts, matters: Matters, exchange: Exchange): Promise<boolean> {
  if (exchange.plan) {
    await matters.carryOn(exchange, exchange.plan);
    return true;
  }
  const danger = exchange.actor && (await matters.openDanger(exchange, dangerIn(exchange)));
  if (!danger) return false;
  const state = exchange.home?.state ?? IDLE;
  const { waiting } = state;
  const number = numberOf(danger);
  const rest = withoutNumber(exchange.text, number);
  const named = rest !== exchange.text;
  if (namesElse(parts, rest)) return false;
  if (!named && exchange.calledOff === undefined) {
    if (waiting?.for === 'words') return false;
    if (waiting?.for === 'confirm' && overAsSaid(rest) !== 'plainly') {
      conclude(exchange, state, { text: `${IS_IT_OVER(number)}\n${waiting.shown}` });
      return true;
    }
  }
  const { text, written } = dangerIn({ text: rest, written: exchange.written });
  await matters.goOn(exchange, { ...danger, text, written: written ?? text }, withoutDanger(state));
  return true;
}

/** Asks the speaker alone whether their danger is over, when they said to others what may mean that it is. */
export async function askWhetherOver(matters: Matters, exchange: Exchange): Promise<void> {
  const danger = exchange.actor && (await matters.openDanger(exchange, dangerIn(exchange)));
  if (danger) conclude(exchange, exchange.home?.state ?? IDLE, { text: IS_IT_OVER(numberOf(danger)) });
}

/**
 * Where the dialogue stands, without a danger that was left for something else and is over for good since: what is said now
 * is not of it. Of one that is still asked about the feature hears what is said, and may ring anew.
 */
export async function withoutPast(matters: Matters, exchange: Exchange, state: DialogueState): Promise<DialogueState> {
  const { dropped, ...rest } = state;
  if (!exchange.actor || !isDanger(dropped) || !(await matters.isPast(exchange, dropped.matter))) return state;
  // More of another one is not lost with it.
  return (await matters.openDanger(exchange, dangerIn(exchange))) ? state : rest;
}

const numberOf = ({ kept }: Matter): number | undefined => (typeof kept?.number === 'number' ? kept.number : undefined);

/** The words without the number of the danger: 事件1号没事了. A bare 1号 is the danger's when nothing else is said. */
function withoutNumber(text: string, number: number | undefined): string {
  if (number === undefined) return text;
  const own = new RegExp(`事件\\s?第?${number}号?(?!\\d)|第?(?<!\\d)${number}号(?:的|那个)?事件`, 'u');
  if (own.test(text)) return text.replace(own, '').trim();
  const bare = text.replace(new RegExp(`^第?${number}号`, 'u'), '').trim();
  return isOnlyOver(bare) ? bare : text;
}

/** Another matter, by its number or by what such a matter is called: 撤回心愿1号，台灯找到了. */
function namesElse({ intents }: Parts, text: string): boolean {
  const kinds = [...intents.values()].flatMap(({ about }) => about ?? []).filter((kind) => kind !== '事件');
  return findReferences(text, []).length > 0 || kinds.some((kind) => text.includes(kind));
}
