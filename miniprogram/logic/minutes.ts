import type { Answer } from '../api/ask';
import { dateWord, momentWord } from './when';

export type Minutes = Answer<'getTopicsByIdMinutes'>;
/** What somebody writes of the minutes; all else the house knows by itself. */
export type Written = Pick<Minutes['written'], 'points' | 'conclusion' | 'recorder'>;

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
export function missingInMinutes({ recorder }: Written): string | undefined {
  return recorder.trim() === '' ? '请写记录人的名字。' : undefined;
}
