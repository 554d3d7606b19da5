import type { HaolinError } from '../../core/errors.ts';
import { addDays, type Day } from '../../core/time.ts';
import { consentLater, consentOfGuardian, consentOfSelf, reviewPast, reviewTooLate } from './errors.ts';
import type { FlagKind } from './kinds.ts';
import type { Consent } from './model.ts';

/** Nobody is in care for longer than this without somebody looking again. */
export const LONGEST_REVIEW_DAYS = 366;

/** Below this a guardian consents (Personal Information Protection Law, article 31). */
const OWN_CONSENT_AGE = 14;
const ADULT_AGE = 18;

/** Flags of children, and of those who may have a guardian as adults (Civil Code, article 28). */
const MAY_HAVE_GUARDIAN: readonly FlagKind[] = ['left_behind', 'child_in_need', 'disabled'];

/**
 * What is wrong with the consent to a flag, if anything. Pure. Only the year of birth is known: whoever may still be
 * below an age counts as below it.
 * @param today Shanghai day
 */
export function objectionToConsent(
  { by, at }: Consent,
  kind: FlagKind,
  birthYear: number | undefined,
  today: Day,
): HaolinError | undefined {
  if (at > today) return consentLater();
  const age = birthYear === undefined ? undefined : Number(today.slice(0, 4)) - birthYear;
  if (by === 'self' && age !== undefined && age <= OWN_CONSENT_AGE) return consentOfGuardian();
  const minor = age !== undefined && age <= ADULT_AGE;
  if (by === 'guardian' && !minor && !MAY_HAVE_GUARDIAN.includes(kind)) return consentOfSelf();
  return undefined;
}

/** What is wrong with a day of review, if anything. Pure. @param today Shanghai day */
export function objectionToReview(reviewBy: Day, today: Day): HaolinError | undefined {
  if (reviewBy <= today) return reviewPast();
  return reviewBy > addDays(today, LONGEST_REVIEW_DAYS) ? reviewTooLate(LONGEST_REVIEW_DAYS) : undefined;
}
