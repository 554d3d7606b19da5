import type { Term } from '../../core/terms.ts';

/** How long an incident may take at each level, by how urgent it is (issue 7, 1). */

/** Codes of how urgent an incident is, the most urgent first, with the word people see. */
export const URGENCIES = { danger: '危及生命', urgent: '紧急', soon: '较急', usual: '一般', long: '需要时间' } as const;
export type Urgency = keyof typeof URGENCIES;

/** `first` is the first answer, whoever gives it; the others are how long each level has to solve it. */
export const TARGET_LEVELS = ['first', 'grid', 'community', 'street'] as const;
export type TargetLevel = (typeof TARGET_LEVELS)[number];

export type IncidentTargets = Record<TargetLevel, Record<Urgency, Term>>;
/** What an area says otherwise. */
export type IncidentTargetChanges = Partial<Record<TargetLevel, Partial<Record<Urgency, Term>>>>;

const always = (minutes: number): Term => ({ minutes, clock: 'always' });
const awake = (minutes: number): Term => ({ minutes, clock: 'awake' });
const workday: Term = { workdays: 1 };
const solved: Record<Urgency, Term> = {
  danger: always(60),
  urgent: awake(2 * 60),
  soon: awake(24 * 60),
  usual: { days: 7 },
  long: { days: 15 },
};

/** What holds until an area says otherwise. */
export const DEFAULT_INCIDENT_TARGETS: IncidentTargets = {
  first: { danger: always(15), urgent: awake(60), soon: workday, usual: workday, long: workday },
  grid: solved,
  community: solved,
  street: solved,
};
