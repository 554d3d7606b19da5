import type { Body } from '../api/ask';
import type { Field, Option } from '../work/components/fields/field';
import { isoDay } from './when';

/** What calls for a talk; that somebody wants one is theirs to say. */
type Kind = Exclude<Body<'postTalks'>['occasion'], 'own_request'>;
const OCCASIONS: Record<Kind, string> = {
  transfer: '岗位调动',
  commendation: '受到表彰',
  setback: '遇到挫折',
  illness: '生病',
  family: '家里有事',
  conflict: '有矛盾纠纷',
};
const DAY_MS = 24 * 3_600_000;
const LONGEST_AGO_DAYS = 120;

/** Workers out of the quarter's list, each once, without the reader. */
export function workersIn(items: readonly { worker: { id: string; name: string } }[], reader: string): Option[] {
  const names = new Map(items.map(({ worker }) => [worker.id, worker.name]));
  names.delete(reader);
  return [...names].map(([value, label]) => ({ value, label }));
}

export const dayAgo = (now: Date, days: number): string => isoDay(new Date(now.getTime() - days * DAY_MS));

export function occasionFields(workers: readonly Option[], now: Date): Field[] {
  const kinds = Object.entries(OCCASIONS).map(([value, label]) => ({ value, label }));
  return [
    { name: 'worker', kind: 'choice', label: '和谁谈', options: workers, none: '您的社区还没有登记工作人员。' },
    { name: 'occasion', kind: 'choice', label: '因为什么', options: kinds },
    {
      name: 'at',
      kind: 'day',
      label: '哪天的事',
      first: dayAgo(now, LONGEST_AGO_DAYS),
      last: isoDay(now),
      note: '从这天起，三个工作日内要谈。',
    },
  ];
}
