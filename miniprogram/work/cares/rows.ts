import type { Query } from '../../api/ask';
import { TONES } from '../../logic/colours';
import { dateWord } from '../../logic/when';
import type { CareRow } from '../care/words';

/** A person in care as a line of a list. */
export interface Row {
  id: string;
  name: string;
  tag: string;
  tone: string;
  /** Why they are in care, and what has to be done about it. */
  about: string;
  due: boolean;
}

export function rowOf(
  { id, person, colour, colourWord, mine, flags, sentinel, lastVisit, reviewDue }: CareRow,
  now: Date,
): Row {
  const parts = [
    ...(flags ?? []).map(({ word }) => word),
    ...(flags === undefined || mine ? [] : [sentinel ? `守望哨${sentinel.name}` : '还没有守望哨']),
    ...(flags === undefined ? [] : [lastVisit === undefined ? '还没有走访过' : `上次走访${dateWord(lastVisit, now)}`]),
  ];
  return {
    id,
    name: person.name,
    tag: colourWord,
    tone: TONES[colour],
    about: parts.join(' · '),
    due: reviewDue === true,
  };
}

/** What a list is narrowed to. */
export type Filter = '' | 'red' | 'yellow' | 'green' | 'due' | 'alone';

/** The choices there are; whoever only looks after some sees colours. @param keeps whether they answer for an area */
export const filtersFor = (keeps: boolean): { filter: Filter; label: string }[] => [
  { filter: '', label: '全部' },
  { filter: 'red', label: '红色' },
  { filter: 'yellow', label: '黄色' },
  { filter: 'green', label: '绿色' },
  ...(keeps
    ? ([
        { filter: 'due', label: '要复核' },
        { filter: 'alone', label: '没有守望哨' },
      ] as const)
    : []),
];

/** As the house is asked. @param area one that is answered for; empty for one's own */
export function queryOf(area: string, filter: Filter): Query<'getCare'> {
  return {
    ...(area === '' ? { mine: 'true' } : { area }),
    ...(filter === 'due' && { due: 'true' }),
    ...(filter === 'alone' && { alone: 'true' }),
    ...((filter === 'red' || filter === 'yellow' || filter === 'green') && { colour: filter }),
  };
}
