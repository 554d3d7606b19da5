import type { Answer } from '../api/ask';
import type { Field, Option } from '../work/components/fields/field';
import { dayAgo } from './occasion';
import { dateWord, isoDay } from './when';

export type CareVisit = Answer<'getCareVisits'>['items'][number];

/** A care visit to a worker as a card of the list. */
export interface CareVisitCard {
  id: string;
  title: string;
  why: string;
  when: string;
  tag: string;
  /** Whether it can be taken back by the reader. */
  voids: boolean;
}

/** @param reader who looks at the list */
export function careVisitCard(
  { id, state, stateWord, worker, by, day, kindWord, moves }: CareVisit,
  reader: string,
  now: Date,
) {
  const card: CareVisitCard = {
    id,
    title: worker.id === reader ? `${by.name}慰问您` : `慰问${worker.name}`,
    why: kindWord,
    when: worker.id === reader || by.id === reader ? dateWord(day, now) : `${dateWord(day, now)}，${by.name}去的`,
    tag: state === 'void' ? stateWord : '',
    voids: moves.includes('void'),
  };
  return card;
}

const KINDS: Record<CareVisit['kind'], string> = {
  illness: '生病住院',
  hardship: '生活困难',
  bereavement: '亲人去世',
  festival: '节日慰问',
  retirement: '退休',
  other: '其他',
};
const LONGEST_AGO_DAYS = 120;

export const careVisitFields = (workers: readonly Option[], now: Date): Field[] => [
  { name: 'worker', kind: 'choice', label: '慰问了谁', options: workers, none: '您的社区还没有登记工作人员。' },
  {
    name: 'kind',
    kind: 'choice',
    label: '因为什么',
    options: Object.entries(KINDS).map(([value, label]) => ({ value, label })),
  },
  { name: 'day', kind: 'day', label: '哪天去的', first: dayAgo(now, LONGEST_AGO_DAYS), last: isoDay(now) },
];

/** Why a record is taken back, in the order they are offered. */
export const VOIDINGS = [
  { because: 'mistake', label: '登记错了' },
  { because: 'twice', label: '登记了两次' },
] as const;
