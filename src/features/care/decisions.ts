import { type HaolinError, notFound } from '../../core/errors.ts';
import { type MoveContext, type Telling, to } from '../../core/lifecycle.ts';
import { type Day, dayOf } from '../../core/time.ts';
import { objectionToConsent, objectionToReview } from './consent.ts';
import { noCommunity, notALead, notAWorker, oneself, tooManyNotes } from './errors.ts';
import { COLOUR_WORDS, type FlagKind } from './kinds.ts';
import { listing } from './listing.ts';
import type { CareMessage } from './messages.ts';
import type { CareDoc, Consent, Flag, Note } from './model.ts';

/** What the moves on a person in care have in common. All of it is pure. */

/** What deciding needs besides the document. */
export interface CareFacts {
  /** Seals what is written for a field of this document; a fresh nonce each time. */
  seal(field: { flag: FlagKind } | { note: number }, text: string): string;
  /** The name as a push may carry it: 王*. */
  who: string;
  birthYear?: number | undefined;
  /** Where the person lives, when care begins. */
  place?: { areas: string[]; community: string | undefined };
  /** Of those the input names: who serves there as what is asked of them. */
  workers?: ReadonlySet<string>;
  leads?: ReadonlySet<string>;
  /** Whom the register names as sentinel so far, as long as they serve there. */
  registered?: string | undefined;
}
export type Context = MoveContext<CareFacts>;

/** A note a week for years; the document stays small enough to be read with a hundred others. */
const MOST_NOTES = 400;

const byOf = ({ actor }: Context) => ({ id: actor.id, name: actor.name });
/** The Shanghai day of a decision. */
export const today = ({ now }: Context): Day => dayOf(now);

interface GivenFlag {
  kind: FlagKind;
  reason: string;
  consent: Consent;
  reviewBy: Day;
}

/** A flag as the document keeps it. */
export const flagOf = ({ kind, reason, consent, reviewBy }: GivenFlag, ctx: Context): Flag => ({
  kind,
  since: today(ctx),
  reviewBy,
  consent,
  reason: ctx.facts.seal({ flag: kind }, reason),
  by: byOf(ctx),
});

/** What is wrong with a flag as it is given, if anything. */
export const objectionToFlag = ({ kind, consent, reviewBy }: Omit<GivenFlag, 'reason'>, ctx: Context) =>
  objectionToConsent(consent, kind, ctx.facts.birthYear, today(ctx)) ?? objectionToReview(reviewBy, today(ctx));

/** The notes with one more; none when nothing was said. */
export function noted(doc: CareDoc, moveName: string, text: string | undefined, ctx: Context): { notes?: Note[] } {
  if (text === undefined) return {};
  const sealed = ctx.facts.seal({ note: doc.notes.length }, text);
  return { notes: [...doc.notes, { move: moveName, text: sealed, by: byOf(ctx), at: ctx.now }] };
}

/** Whether one more note may be written. */
export const hasRoom = ({ notes }: CareDoc): HaolinError | undefined =>
  notes.length < MOST_NOTES ? undefined : tooManyNotes();

/** Why somebody cannot be the sentinel of a person, if so. */
export function objectionToSentinel(person: string, sentinel: string | undefined, { facts }: Context) {
  if (sentinel === undefined) return undefined;
  if (sentinel === person) return oneself();
  return facts.workers?.has(sentinel) ? undefined : notAWorker();
}

/** Why somebody cannot look in on a person, if so. */
export function objectionToLead(person: string, lead: string | undefined, { facts }: Context) {
  if (lead === undefined) return undefined;
  if (lead === person) return oneself();
  return facts.leads?.has(lead) ? undefined : notALead();
}

/** A message about a person in care to who looks after them; to nobody who did it themselves. */
export const tell = (
  person: string | undefined,
  message: CareMessage,
  doc: CareDoc,
  ctx: Context,
  more = {},
): Telling[] =>
  person === undefined || person === ctx.actor.id
    ? []
    : [to(person, message, { id: doc._id, who: ctx.facts.who, colour: COLOUR_WORDS[doc.colour], ...more })];

/** To those who look after somebody from now on. */
export const tellOfBeginning = (doc: CareDoc, ctx: Context): Telling[] => [
  ...tell(doc.sentinel, 'care.assigned', doc, ctx),
  ...tell(doc.lead, 'care.lead_assigned', doc, ctx),
];

interface Beginning {
  person: string;
  colour: CareDoc['colour'];
  sentinel?: string | undefined;
  lead?: string | undefined;
}

/** A document of care as it begins. @throws HaolinError not_found, no_place */
export function begun({ person, colour, sentinel, lead }: Beginning, flags: Flag[], ctx: Context) {
  const { place, registered } = ctx.facts;
  if (!place) throw notFound('人');
  if (place.community === undefined) throw noCommunity();
  const first = sentinel ?? (registered === person ? undefined : registered);
  const since = today(ctx);
  return {
    ...listing({
      person,
      areas: place.areas,
      since,
      visits: [],
      flags,
      ...(first !== undefined && { sentinel: first }),
    }),
    areas: place.areas,
    community: place.community,
    person,
    flags,
    colour,
    ...(first === undefined ? {} : { sentinel: first, sentinelSince: today(ctx) }),
    ...(lead === undefined ? {} : { lead }),
    since,
    visits: [],
    notes: [],
    served: [],
  };
}
