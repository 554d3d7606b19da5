import type { Answer } from '../api/ask';
import { momentWord } from './when';

export type Handoff = Answer<'getHandoffsById'>;

/** One thing that was said, as a page shows it. */
export interface SaidLine {
  key: string;
  who: string;
  text: string;
  when: string;
  answer: boolean;
}

/** All that was said, the first first. @param reader who reads it: their own lines are from 您 */
export const saidLines = ({ said }: Handoff, reader: string, now: Date): SaidLine[] =>
  said.map(({ by, text, at, answer }, place) => ({
    key: String(place),
    who: by.id === reader ? '您' : by.name,
    text,
    when: momentWord(at, now),
    answer,
  }));

/** A handoff as one card of a list: its last words, and how it stands. */
export function handoffCard({ id, number, requester, said, stateWord, late, updatedAt }: Handoff, now: Date) {
  const last = said[said.length - 1];
  return {
    id,
    title: `${requester.name} · 求助${number}号`,
    text: last?.text ?? '',
    tag: late ? '还没人回复' : stateWord,
    tone: late ? 'tag-late' : '',
    when: momentWord(updatedAt, now),
  };
}
export type HandoffCard = ReturnType<typeof handoffCard>;

/** What can be written into the box below what was said: an answer by those who serve, more by the one who asked. */
export function sayMove(moves: readonly string[]): { move: 'answer' | 'add'; label: string; button: string } | null {
  if (moves.includes('answer')) return { move: 'answer', label: '回复居民', button: '发出回复' };
  if (moves.includes('add')) return { move: 'add', label: '再说一句', button: '发出去' };
  return null;
}
