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

function standing({ done, late, state, claimed, by }: Due, isOwn: boolean, now: Date): { tag: string; tone: string } {
  if (done) return { tag: '谈过了', tone: 'tag-good' };
  // Late or not, it is the secretary's word that is missing.
  if (claimed !== undefined) return { tag: isOwn ? '等书记确认' : '等您确认', tone: 'tag-soon' };
  if (late) return { tag: '超期没谈', tone: 'tag-late' };
  const tag = state === 'scheduled' ? '约好时间了' : state === 'asked' ? '等定时间' : '还没约';
  return { tag, tone: urgencyOf(by + END_OF_DAY, now) === 'soon' ? 'tag-soon' : '' };
}

/** @param reader who looks at the list: their own talk is one with the secretary */
export function talkLine(due: Due, quarter: string, reader: string, now: Date): TalkLine {
  const { key, worker, by, why, done, talk, claimed } = due;
  const isOwn = worker.id === reader;
  return {
    key,
    url: talk === undefined ? `/work/talk/talk?worker=${worker.id}&quarter=${quarter}` : `/work/talk/talk?id=${talk}`,
    who: isOwn ? '书记和您谈' : `和${worker.name}谈`,
    why: due.occasion === undefined ? `${why}该谈的` : `因为：${why}`,
    when: done
      ? ''
      : claimed === undefined
        ? `最晚${dateWord(by, now)}谈`
        : `${isOwn ? '您' : '本人'}说${dateWord(claimed, now)}谈过了`,
    ...standing(due, isOwn, now),
  };
}

/**
 * 谈了2人，还有5人没谈: of the quarter's talks, as the street counts them; talks for an occasion are told apart.
 * @param reader who looks at the list: of their own alone no people are counted
 */
export function progressWords(items: readonly Due[], reader: string): string {
  const open = items.filter(({ done }) => !done);
  if (items.length === 0) return '';
  if (open.length === 0) return '都谈过了。';
  if (items.every(({ worker }) => worker.id === reader)) return `有${open.length}次要谈。`;
  const quarterly = items.filter(({ occasion }) => occasion === undefined);
  const left = quarterly.filter(({ done }) => !done).length;
  const done = quarterly.length - left;
  const beside = open.length - left;
  const first = left === 0 ? `${done}人都谈过了` : done === 0 ? `有${left}人要谈` : `谈了${done}人，还有${left}人没谈`;
  return `${first}${beside === 0 ? '' : `；另有${beside}次因事约的要谈`}。`;
}

/** The quarter before: `2026-Q1` → `2025-Q4`. */
export function quarterBefore(quarter: string): string {
  const [year = 0, nth = 0] = quarter.split('-Q').map(Number);
  return nth > 1 ? `${year}-Q${nth - 1}` : `${year - 1}-Q4`;
}
