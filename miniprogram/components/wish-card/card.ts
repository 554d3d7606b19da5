import { dayWord, leftWord, urgencyOf } from '../../logic/when';

/** What a card needs to know of a wish. */
export interface CardWish {
  number: number;
  title: string;
  state: string;
  stateWord: string;
  urgent: boolean;
  place: string;
  postedAt: string;
  dueAt?: string;
}

/** A wish in the words of its card. */
export interface Card {
  title: string;
  place: string;
  when: string;
  tag: string;
  /** Class of the tag; its words say the same. */
  tone: 'tag-late' | 'tag-soon' | 'tag-good' | '';
  urgent: boolean;
}

const GOOD = ['closed', 'done'];

export function cardOf(wish: CardWish, now: Date): Card {
  const { number, title, stateWord, state, place, urgent, dueAt } = wish;
  const urgency = urgencyOf(dueAt, now);
  const left = dueAt === undefined ? '' : leftWord(dueAt, now);
  const when = `${dayWord(wish.postedAt, now)}发布${left && ` · ${left}`}`;
  const tone =
    urgency === 'late' ? 'tag-late' : urgency === 'soon' ? 'tag-soon' : GOOD.includes(state) ? 'tag-good' : '';
  return {
    title: `${number}号 ${title}`,
    place,
    when,
    tag: urgency === 'late' ? `${stateWord} · 超期` : stateWord,
    tone,
    urgent,
  };
}
