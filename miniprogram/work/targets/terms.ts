import type { Answer, Body } from '../../api/ask';
import type { Field, Values } from '../components/fields/field';

export type Targets = Answer<'getAreasByCodeIncidentTargets'>;
type Own = Body<'putAreasByCodeIncidentTargets'>;

/** A time an incident may take, as the house has it. */
type Term = { workdays: number } | { days: number } | { minutes: number; clock: 'always' | 'awake' };

const LEVELS = {
  first: '多久要有人答复',
  grid: '网格多久办好',
  community: '社区多久办好',
  street: '街道多久办好',
} as const;
type Level = keyof typeof LEVELS;

const URGENCIES = {
  danger: '危及生命',
  urgent: '紧急',
  soon: '较急',
  usual: '一般',
  long: '需要时间',
} as const;
type Urgency = keyof typeof URGENCIES;

/** What a time is counted in. Hours are minutes to the house. */
const UNITS = {
  workdays: '个工作日',
  days: '天',
  hours: '小时，不分昼夜',
  minutes: '分钟，不分昼夜',
  wakingHours: '小时，夜里不算',
  wakingMinutes: '分钟，夜里不算',
} as const;
type Unit = keyof typeof UNITS;

/** The most the house takes of each. */
const MOST: Record<Unit, number> = {
  workdays: 60,
  days: 90,
  hours: 168,
  minutes: 10_080,
  wakingHours: 168,
  wakingMinutes: 10_080,
};

const HOUR = 60;

function partsOf(term: Term): { many: number; unit: Unit } {
  if ('workdays' in term) return { many: term.workdays, unit: 'workdays' };
  if ('days' in term) return { many: term.days, unit: 'days' };
  const { minutes, clock } = term;
  const whole = minutes % HOUR === 0;
  const unit = clock === 'always' ? (whole ? 'hours' : 'minutes') : whole ? 'wakingHours' : 'wakingMinutes';
  return { many: whole ? minutes / HOUR : minutes, unit };
}

function termOf(many: number, unit: Unit): Term {
  switch (unit) {
    case 'workdays':
      return { workdays: many };
    case 'days':
      return { days: many };
    case 'hours':
    case 'wakingHours':
      return { minutes: many * HOUR, clock: unit === 'hours' ? 'always' : 'awake' };
    case 'minutes':
    case 'wakingMinutes':
      return { minutes: many, clock: unit === 'minutes' ? 'always' : 'awake' };
  }
}

/** 2小时，夜里不算 */
export function termWords(term: Term): string {
  const { many, unit } = partsOf(term);
  return `${many}${UNITS[unit]}`;
}

/** One target as a line to read, or to press. */
export interface TargetLine {
  key: string;
  urgency: string;
  words: string;
  /** The area has it for itself, and not from the area above. */
  own: boolean;
}

/** The targets of an area, a part a level, the most urgent first. */
export const targetParts = ({ targets, own }: Targets): { level: string; lines: TargetLine[] }[] =>
  keysOf(LEVELS).map((level) => ({
    level: LEVELS[level],
    lines: keysOf(URGENCIES).map((urgency) => ({
      key: `${level}.${urgency}`,
      urgency: URGENCIES[urgency],
      words: termWords(targets[level][urgency] as Term),
      own: own[level]?.[urgency] !== undefined,
    })),
  }));

const keysOf = <K extends string>(of: Record<K, unknown>): K[] => Object.keys(of) as K[];

const placeOf = (key: string) => key.split('.') as [Level, Urgency];

/** 网格多久办好：紧急 */
export function targetName(key: string): string {
  const [level, urgency] = placeOf(key);
  return `${LEVELS[level]}：${URGENCIES[urgency]}`;
}

/** What is asked of one target. */
export const termFields = (): Field[] => [
  { name: 'many', kind: 'line', label: '多久', most: 5, hint: '写数字，例如：2' },
  {
    name: 'unit',
    kind: 'choice',
    label: '怎么算',
    options: keysOf(UNITS).map((value) => ({ value, label: UNITS[value] })),
    note: '夜里是晚上9点到早上8点。',
  },
];

/** A target as its form shows it. */
export function termValues({ targets }: Targets, key: string): Values {
  const [level, urgency] = placeOf(key);
  const { many, unit } = partsOf(targets[level][urgency] as Term);
  return { many: String(many), unit };
}

/** What an area has for itself once this target is as its form says; what is wrong with that, in words. */
export function changedOwn({ own }: Targets, key: string, { many, unit }: Values): { own: Own } | { wrong: string } {
  const count = Number(String(many).trim());
  const most = MOST[unit as Unit];
  if (!Number.isInteger(count) || count < 1 || count > most) return { wrong: `请写1到${most}的数字。` };
  return { own: withOwn(own, key, termOf(count, unit as Unit)) };
}

/** What an area has for itself once this target is the area above's again. */
export const withoutOwn = ({ own }: Targets, key: string): Own => withOwn(own, key, undefined);

function withOwn(own: Own, key: string, term: Term | undefined): Own {
  const [level, urgency] = placeOf(key);
  const { [urgency]: _before, ...others } = own[level] ?? {};
  return { ...own, [level]: { ...others, ...(term && { [urgency]: term }) } };
}
