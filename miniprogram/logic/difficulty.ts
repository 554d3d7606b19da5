import type { Answer } from '../api/ask';
import { dateWord } from './when';

export type Difficulty = Answer<'getDifficultiesById'>;

/** A difficulty as a card of the list: without whose it is, which nobody can see. */
export interface DifficultyCard {
  id: string;
  title: string;
  text: string;
  who: string;
  when: string;
  tag: string;
  tone: string;
}

const isOver = ({ state }: Difficulty): boolean => state === 'solved' || state === 'dropped';

/** What stands beside a difficulty's title: how it is with it. */
export function standingOf({ late, state, stateWord }: Difficulty): { tag: string; tone: string } {
  if (late) return { tag: '超期没办好', tone: 'tag-late' };
  return { tag: stateWord, tone: state === 'solved' ? 'tag-good' : state === 'solving' ? 'tag-soon' : '' };
}

/** @param reader who looks at the list */
export function difficultyCard(one: Difficulty, reader: string, now: Date): DifficultyCard {
  const { id, kindWord, text, owner, deadline } = one;
  return {
    id,
    title: kindWord,
    text,
    who: owner.id === reader ? '由您负责' : `${owner.name}负责`,
    when: isOver(one) ? '' : `最晚${dateWord(deadline, now)}办好`,
    ...standingOf(one),
  };
}
