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
  urgent: boolean;
}

/** All that was said, the first first. @param reader who reads it: their own lines are from 您 */
export const saidLines = ({ said }: Handoff, reader: string, now: Date): SaidLine[] =>
  said.map(({ by, text, at, answer, urgent = false }, place) => ({
    key: String(place),
    who: by.id === reader ? '您' : by.name,
    text,
    when: momentWord(at, now),
    answer,
    urgent,
  }));

/** How it stands, as a tag: somebody in danger before anything else. */
export function standingTag({ urgent, late, stateWord }: Handoff): { tag: string; tone: string } {
  if (urgent) return { tag: late ? '紧急，还没人回复' : '紧急', tone: 'tag-late' };
  return late ? { tag: '还没人回复', tone: 'tag-late' } : { tag: stateWord, tone: '' };
}

/** A handoff as one card of a list: how it stands, the words that say most, and what was said after a call in danger. */
export function handoffCard(handoff: Handoff, now: Date) {
  const { id, number, requester, said, gist, urgent, updatedAt } = handoff;
  const last = said[said.length - 1]?.text ?? '';
  return {
    id,
    title: `${requester.name} · 求助${number}号`,
    text: gist,
    more: urgent && last !== gist ? `后来又说：${last}` : '',
    ...standingTag(handoff),
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
