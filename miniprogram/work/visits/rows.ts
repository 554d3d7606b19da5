import type { Answer } from '../../api/ask';
import { dateWord } from '../../logic/when';
import { wellTone, wellWord } from '../visit/facts';

type Visit = Answer<'getVisits'>['items'][number];

/** A logged visit as a line of a list. */
export interface Row {
  id: string;
  title: string;
  about: string;
  tag: string;
  tone: string;
  /** What else is to be known of it: 抽查过, 更正过, 补记. */
  more: string;
}

export function rowOf(visit: Visit, reader: string, now: Date): Row {
  const { id, state, stateWord, day, kindWord, households, by, place, grid, well, unmet, checked, corrected, late } =
    visit;
  const isVoid = state === 'void';
  const checks = { agreed: '抽查属实', doubted: '抽查对不上', changed: '抽查以后改过' } as const;
  return {
    id,
    title: `${dateWord(day, now)}${kindWord}${households > 0 ? `${households}户` : ''}`,
    about: [by.id === reader ? '我记的' : by.name, place ?? gridWord(grid)].filter((one) => one !== '').join(' · '),
    tag: isVoid ? stateWord : wellWord(well, unmet),
    tone: isVoid ? '' : wellTone(well && !unmet),
    more: [checked && checks[checked], corrected && '更正过', late && '补记的']
      .filter((one) => typeof one === 'string')
      .join(' · '),
  };
}

/** The grid by the number its code ends with. */
const gridWord = (grid: string | undefined): string => {
  const number = /G0*(\d+)$/u.exec(grid ?? '')?.[1];
  return number === undefined ? '' : `第${number}网格`;
};

export type Kind = '' | Visit['kind'];
export const KINDS: readonly { kind: Kind; label: string }[] = [
  { kind: '', label: '全部' },
  { kind: 'visit', label: '走访' },
  { kind: 'inspection', label: '排查' },
  { kind: 'arrive', label: '到场' },
  { kind: 'report', label: '报告' },
];
