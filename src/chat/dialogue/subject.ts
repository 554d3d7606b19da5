import type { Understanding } from '../understanding/labels.ts';
import type { Matter } from './state.ts';

/** Whether what was understood is a subject of its own. Pure. */

/** A new subject is clear enough to put the old one aside. */
export const CLEAR = 0.7;
/** Free words were asked for: only what can be nothing else is a new subject. */
export const CLEARER = 0.9;
/** These are never a subject of their own. */
export const NO_SUBJECT: ReadonlySet<string> = new Set(['none', 'confirm', 'cancel', 'thanks', 'menu']);

/** The same move said of another matter, by its number. */
export function isAnother({ slots, intent }: Understanding, matter: Matter): boolean {
  const { number } = matter.slots;
  return intent === matter.intent && number !== undefined && slots.number !== undefined && slots.number !== number;
}

export function isSubject({ intent, confidence, explicit }: Understanding, enough: number): boolean {
  return !NO_SUBJECT.has(intent) && (explicit || confidence >= enough);
}

/** Yes, no and courtesies are believed only when they are clear: a wrong yes would do what nobody wanted. */
export function means(intent: Understanding['intent'], understanding: Understanding): boolean {
  return understanding.intent === intent && (understanding.explicit || understanding.confidence >= CLEAR);
}

/** 急用, 明天就要: says more about the pending matter without being a matter itself. */
export function refines({ slots }: Understanding): boolean {
  return Object.keys(slots).some((slot) => slot !== 'number' && slot !== 'code');
}
