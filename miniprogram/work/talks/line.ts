import type { Answer } from '../../api/ask';
import { dateWord, urgencyOf } from '../../logic/when';

export type DueList = Answer<'getTalksDue'>;
export type Due = DueList['items'][number];

/** One talk of the list, as a card. */
export interface TalkLine {
  key: string;
  url: string;
  who: string;
  why: string;
  when: string;
  tag: string;
  tone: string;
}

const END_OF_DAY = 'T15:59:59.999Z';

function standing({ done, late, state, by }: Due, now: Date): { tag: string; tone: string } {
  if (done) return { tag: '谈过了', tone: 'tag-good' };
  if (late) return { tag: '超期没谈', tone: 'tag-late' };
  const tag = state === 'scheduled' ? '约好时间了' : state === 'asked' ? '等定时间' : '还没约';
  return { tag, tone: urgencyOf(by + END_OF_DAY, now) === 'soon' ? 'tag-soon' : '' };
}

/** @param reader who looks at the list: their own talk is one with the secretary */
export function talkLine(due: Due, quarter: string, reader: string, now: Date): TalkLine {
  const { key, worker, by, why, done, talk } = due;
  const isOwn = worker.id === reader;
  return {
    key,
    url: talk === undefined ? `/work/talk/talk?worker=${worker.id}&quarter=${quarter}` : `/work/talk/talk?id=${talk}`,
    who: isOwn ? '书记和您谈' : `和${worker.name}谈`,
    why: due.occasion === undefined ? `${why}该谈的` : `因为：${why}`,
    when: done ? '' : `最晚${dateWord(by, now)}谈`,
    ...standing(due, now),
  };
}

/** 谈了3位，还有2位没谈。 */
export function progressWords(items: readonly Due[]): string {
  const left = items.filter(({ done }) => !done).length;
  if (items.length === 0) return '';
  if (left === 0) return '都谈过了。';
  const done = items.length - left;
  return done === 0 ? `有${left}次要谈。` : `谈了${done}次，还有${left}次没谈。`;
}

/** The quarter before: `2026-Q1` → `2025-Q4`. */
export function quarterBefore(quarter: string): string {
  const [year = 0, nth = 0] = quarter.split('-Q').map(Number);
  return nth > 1 ? `${year}-Q${nth - 1}` : `${year - 1}-Q4`;
}
