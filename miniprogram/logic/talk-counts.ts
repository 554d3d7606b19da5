import type { Answer } from '../api/ask';

export type TalkCounts = Answer<'getTalksCounts'>;
export type DifficultyCounts = Answer<'getDifficultiesCounts'>;

/** One large number with what it counts. */
export interface Total {
  label: string;
  words: string;
  late: boolean;
}

/** @param over whether the quarter is over: until then nobody is late */
export const totalsOfTalks = ({ total: { workers, done, left, careVisits } }: TalkCounts, over: boolean): Total[] => [
  { label: '应谈', words: `${workers}人`, late: false },
  { label: '谈了', words: `${done}人`, late: false },
  { label: '还没谈', words: `${left}人`, late: over && left > 0 },
  { label: '走访慰问', words: `${careVisits}次`, late: false },
];

/** An area below the one that is looked at: those with most left first. */
export interface PartLine {
  code: string;
  name: string;
  words: string;
  tag: string;
  tone: string;
}

export function partsOf({ parts }: TalkCounts): PartLine[] {
  return [...parts]
    .sort((a, b) => b.left - a.left || (a.area < b.area ? -1 : 1))
    .map(({ area: code, name, workers, done, left, careVisits }) => ({
      code,
      name,
      words: workers === 0 ? '没有要谈的人' : `应谈${workers}人，谈了${done}人，慰问${careVisits}次`,
      tag: left > 0 ? `还有${left}人没谈` : workers > 0 ? '都谈过了' : '',
      tone: left > 0 ? 'tag-soon' : 'tag-good',
    }));
}

/** How many difficulties of what kind there are, as far as it may be told. */
export function kindLines({ kinds }: DifficultyCounts): { word: string; words: string }[] {
  return kinds
    .filter(({ all }) => all !== null && all > 0)
    .map(({ word, all, solved }) => ({ word, words: `${all}件${solved === null ? '' : `，办好${solved}件`}` }));
}
