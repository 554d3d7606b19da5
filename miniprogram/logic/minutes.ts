import type { Answer } from '../api/ask';
import { dateWord, momentWord } from './when';

export type Minutes = Answer<'getTopicsByIdMinutes'>;
/** What somebody writes of the minutes; all else the house knows by itself. */
export type Written = Pick<Minutes['written'], 'points' | 'conclusion' | 'recorder'> & {
  /** Why it is put right, once the result was publicised. */
  reason?: string;
};

/** What stands in the minutes without anybody writing it, line by line. */
export function knownOf(minutes: Minutes, now: Date): { label: string; value: string }[] {
  const { title, number, venue, startsAt, begunAt, endedAt, host, attendance, adjourned } = minutes;
  const found: [string, string | undefined][] = [
    ['议题', `${number}号 ${title}`],
    ['时间', `${dateWord(startsAt, now)} ${spanOf(begunAt ?? startsAt, endedAt, now)}`],
    ['地点', `${venue.name}（${venue.address}）`],
    ['主持', host],
    ['到会', attendance.sentences.join('')],
    ['改天接着开', adjourned],
  ];
  return found.flatMap(([label, value]) => (value ? [{ label, value }] : []));
}

const clockOf = (iso: string, now: Date) => momentWord(iso, now).split(' ')[1] ?? '';
const spanOf = (from: string, to: string | undefined, now: Date) =>
  to === undefined ? `${clockOf(from, now)}开始` : `${clockOf(from, now)}到${clockOf(to, now)}`;

export const writtenOf = ({ written: { points, conclusion, recorder } }: Minutes, me: string): Written => ({
  points,
  conclusion,
  recorder: recorder || me,
});

/** What is still missing, as a sentence. */
export function missingInMinutes({ recorder, reason = '' }: Written, needsReason: boolean): string | undefined {
  if (recorder.trim() === '') return '请写记录人的名字。';
  return needsReason && reason.trim() === '' ? '结果已经公示，请写明为什么要更正。' : undefined;
}

/** What was put right after the result was publicised. */
export const correctionsOf = ({ corrections }: Minutes, now: Date): string[] =>
  corrections.map(({ at, reason }) => `更正：${reason}（${momentWord(at, now)}）`);

/** Who saved it when and what they changed, the latest first. */
export const versionsOf = ({ versions = [] }: Minutes, now: Date): string[] =>
  versions
    .map(({ at, by, changed }) => {
      const what = changed.length === 0 ? '没有改动' : `改了${changed.map((one) => `“${one}”`).join('、')}`;
      return `${momentWord(at, now)} ${by}：${what}`;
    })
    .reverse();
