import { dateWord, momentWord } from '../../logic/when';
import { KINDS } from '../log/log-form';
import type { Visit } from './actions';

/** A visit as its page shows it. */
export interface VisitFacts {
  title: string;
  tag: string;
  tone: string;
  lines: string[];
  found: string;
}

type Seen = Pick<Visit, 'day' | 'kind' | 'households'> & Pick<Partial<Visit>, 'place' | 'found' | 'well'>;

/** Nothing where it is not told: to whoever spot-checks. */
export const wellWord = (well: boolean | undefined, unmet = 0): string => {
  if (well === undefined) return '';
  if (unmet > 0) return `${well ? '' : '有情况，'}${unmet}户没见到`;
  return well ? '都正常' : '有情况';
};
export const wellTone = (well: boolean | undefined): string =>
  well === undefined ? '' : well ? 'tag-good' : 'tag-soon';

const titleOf = ({ day, kind, households }: Seen, now: Date): string =>
  `${dateWord(day, now)}${KINDS[kind]}${households > 0 ? `${households}户` : ''}`;

export function factsOf(visit: Visit, now: Date): VisitFacts {
  const { by, place, persons, state, stateWord, well, unmet, found = '', full, late } = visit;
  const isVoid = state === 'void';
  return {
    title: titleOf(visit, now),
    tag: isVoid ? stateWord : wellWord(well, unmet),
    tone: isVoid ? '' : wellTone(well && !unmet),
    lines: [
      `${by.name}记的${late ? '，事后补记' : ''}`,
      ...(place === undefined ? [] : [`地点：${place}`]),
      ...(persons.length === 0 ? [] : [`看了${persons.map(({ name }) => name).join('、')}`]),
      ...(full ? [] : ['抽查只看日子、网格、户数，看不到是谁、发现了什么；关爱对象家里的照片也看不到。']),
    ],
    found,
  };
}

/** How it stood before each correction, the latest first. */
export const beforeLines = ({ before }: Visit, now: Date) =>
  [...before].reverse().map((seen) => ({
    until: seen.until,
    title: titleOf(seen, now),
    about: [
      seen.place ?? '',
      `${wellWord(seen.well)}${seen.found === undefined ? '' : `：${seen.found}`}`,
      `${momentWord(seen.until, now)}改掉`,
    ]
      .filter((one) => one !== '')
      .join(' · '),
  }));

export const checkLines = ({ checks }: Visit, now: Date) =>
  checks.map(({ by, at, agreed, words }) => ({
    at,
    agreed,
    text: `${by.name}抽查：${agreed ? '属实' : '和实际对不上'}${words === undefined ? '' : `，${words}`}`,
    when: momentWord(at, now),
  }));
