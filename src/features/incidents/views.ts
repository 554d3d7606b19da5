import { z } from 'zod';
import { type Ability, may } from '../../core/ability.ts';
import type { Caller } from '../../core/caller.ts';
import type { House } from '../../core/house.ts';
import { type HistoryEntry, movesFor } from '../../core/lifecycle.ts';
import { wholeWords } from '../../core/sealed-words.ts';
import { URGENCIES } from '../areas/index.ts';
import { category, urgency } from './inputs.ts';
import { incidentLifecycle } from './lifecycle.ts';
import { REPORT_WORDS } from './messages.ts';
import {
  addressPlace,
  INCIDENT_CATEGORIES,
  INCIDENT_STATES,
  type IncidentDoc,
  type IncidentState,
  LEVELS,
  type Level,
  STEP_OF,
  STEPS,
} from './model.ts';
import { unnamed } from './unnamed.ts';

/**
 * An incident as it leaves the house. Three kinds of people read one: those who reported it (of other reporters they see
 * how many), those who serve the place or have it in hand (who know the reporters), and those who only need to know what
 * and where (the household leads next door, those who help, the street): no reporter, and no number in any text.
 */

const state = z.enum(Object.keys(INCIDENT_STATES) as [IncidentState, ...IncidentState[]]);
const level = z.enum(Object.keys(LEVELS) as [Level, ...Level[]]);
const at = z.iso.datetime();
const named = z.object({ id: z.string(), name: z.string() });
const photo = z.object({ id: z.string(), width: z.number(), height: z.number() });

/** What a line of a list carries. */
export const listedIncident = z
  .object({
    id: z.string(),
    number: z.number().int(),
    version: z.number().int(),
    title: z.string(),
    category,
    categoryWord: z.string(),
    urgency,
    urgencyWord: z.string(),
    level,
    levelWord: z.string(),
    state,
    stateWord: z.string(),
    step: z.number().int().min(1).max(5).describe('五步中的第几步'),
    stepWord: z.enum(STEPS),
    place: z.string().describe('社区和网格'),
    community: z.string(),
    grid: z.string().optional(),
    postedAt: at,
    dueAt: at.optional(),
    late: z.boolean(),
    handler: named.optional(),
    own: z.boolean().describe('是自己报告的，或别人替自己报告的'),
    others: z.number().int().describe('除了自己，还有几位居民报告了同一件事'),
    moves: z.array(z.string()).describe('这个人现在能做的操作'),
  })
  .meta({ id: 'ListedIncident' });
export type ListedIncident = z.output<typeof listedIncident>;

const report = z.object({
  name: z.string(),
  at,
  text: z.string(),
  photos: z.array(photo),
  own: z.boolean(),
  proxyFor: z.object({ name: z.string(), relation: z.string() }).optional(),
});

export const incidentView = listedIncident
  .extend({
    text: z.string(),
    address: z.string().optional().describe('只给报告人自己看；其他人用 unmask 查看'),
    visit: z.string().optional().describe('走访中发现的：哪次走访，只给记走访的人自己看'),
    unmask: z.boolean().describe('可以用 unmask 查看联系方式和详细地址（会留下记录）'),
    reports: z.array(report).describe('自己报告的；负责这里的人看到所有的'),
    before: z.array(photo).describe('处置前的照片'),
    after: z.array(photo).describe('处置后的照片'),
    helpers: z.array(z.object({ name: z.string(), unit: z.boolean(), words: z.string(), at })),
    notes: z.array(
      z.object({ by: z.string(), text: z.string(), photos: z.array(photo), at, toReporters: z.boolean() }),
    ),
    rejections: z.array(z.object({ by: z.string(), reason: z.string(), at })),
    raised: z.array(z.object({ from: level, to: level, reason: z.string(), at })),
    extensions: z.array(z.object({ until: at, reason: z.string(), at })),
    due: z.record(z.string(), at),
    outcome: z.object({ note: z.string(), at }).optional(),
    left: z.string().optional(),
    rating: z.object({ satisfied: z.boolean(), words: z.string().optional(), at }).optional(),
    reopenings: z.number().int(),
    mergedInto: z
      .object({ number: z.number().int(), state: state.optional(), stateWord: z.string().optional() })
      .optional(),
    referral: z.object({ to: z.string(), number: z.string() }).optional(),
    history: z.array(
      z.object({
        at,
        move: z.string(),
        to: state,
        toWord: z.string(),
        by: z.string(),
        why: z.string().optional(),
        channel: z.string(),
      }),
    ),
  })
  .meta({ id: 'Incident' });
export type IncidentView = z.output<typeof incidentView>;

/** Moves of bookkeeping that say nothing to people. */
const BOOKKEEPING = new Set(['absorb', 'settle', 'warn', 'escalate']);
/** Moves of those who reported it. */
const THEIRS = new Set(['report', 'alarm', 'add', 'confirm', 'withdraw']);
/** Reasons meant for the reporters; the others are between those who decide. */
const SAID_TO_REPORTERS = new Set(['decline', 'extend', 'resolve', 'partial', 'conclude', 'confirm', 'withdraw']);
/** With which moves words are written that the reporters read whole, whoever wrote them; notes as far as they see them. */
const MEANT_FOR_REPORTERS = new Set([...THEIRS, ...SAID_TO_REPORTERS, 'note']);

/** Whether this ability covers reading an incident at all. */
export const mayRead = (ability: Ability, incident: object): boolean => may(ability, 'read', 'incident', incident);

/** Whether this ability covers knowing who reported it. */
export const mayKnow = (ability: Ability, incident: object): boolean => may(ability, 'know', 'incident', incident);

/** Whether this ability covers asking for the telephones and address behind it. */
export const mayUnmask = (ability: Ability, incident: object): boolean => may(ability, 'unmask', 'incident', incident);

/** The moves a caller may make on an incident now. */
export function movesOf(house: Pick<House, 'calendar'>, caller: Caller, incident: IncidentDoc): string[] {
  return movesFor(incidentLifecycle, incident, { ...caller, calendar: house.calendar, facts: {} });
}

/** A line of a list. */
export function listedView({ actor, now }: Caller, incident: IncidentDoc, moves: string[]): ListedIncident {
  const own = incident.authors.includes(actor.id);
  return {
    id: incident._id,
    number: incident.number,
    version: incident.version,
    title: incident.title,
    category: incident.category,
    categoryWord: INCIDENT_CATEGORIES[incident.category],
    urgency: incident.urgency,
    urgencyWord: URGENCIES[incident.urgency],
    level: incident.level,
    levelWord: LEVELS[incident.level],
    state: incident.state,
    stateWord: INCIDENT_STATES[incident.state],
    step: STEP_OF[incident.state],
    stepWord: STEPS[STEP_OF[incident.state] - 1] ?? STEPS[0],
    place: incident.place.label,
    community: incident.community,
    ...(incident.grid && { grid: incident.grid }),
    postedAt: incident.postedAt.toISOString(),
    ...(incident.dueAt && { dueAt: incident.dueAt.toISOString() }),
    late: incident.dueAt !== undefined && incident.dueAt < now,
    ...(incident.handler && { handler: incident.handler }),
    own,
    others: (incident.mergedFrom?.length ?? 0) + (own ? 0 : 1),
    moves,
  };
}

/** The whole of an incident, as far as the caller may know it. `into` is the one it was merged into, of which only the state is shown. */
export function fullView(
  house: House,
  caller: Caller,
  incident: IncidentDoc,
  moves: string[],
  into?: IncidentDoc,
): IncidentView {
  const author = incident.authors.includes(caller.actor.id);
  const knows = mayKnow(caller.ability, incident);
  // Anybody else sees the numbers in what others wrote by `unmask`.
  const whole = wholeWords(
    house.vault,
    'incident',
    incident,
    ({ by, move }) => by.id === caller.actor.id || (author && MEANT_FOR_REPORTERS.has(move)),
  );
  const said = author || knows ? whole : (text: string) => unnamed(incident, text);
  const { rating, mergedInto, referral, outcome } = incident;
  const another = (by: string) => author && !knows && !incident.authors.includes(by);
  const isToldWhy = ({ move, by }: HistoryEntry) =>
    !author || knows || (SAID_TO_REPORTERS.has(move) && !(THEIRS.has(move) && another(by.id)));
  return {
    ...listedView(caller, incident, moves),
    text: said(incident.text, incident.createdAt),
    ...addressFor(house, author, incident),
    ...(incident.visit && incident.reporters[0]?.id === caller.actor.id && { visit: incident.visit }),
    unmask: mayUnmask(caller.ability, incident),
    reports: reportsFor(caller, incident, knows, whole),
    before: incident.before,
    after: outcome?.photos ?? [],
    helpers: incident.helpers.map(({ person, unit, words, at: since }) => ({
      name: person?.name ?? unit ?? '',
      unit: person === undefined,
      words: said(words, since),
      at: since.toISOString(),
    })),
    notes: incident.notes
      .filter(({ by, toReporters }) => !author || knows || toReporters || by.id === caller.actor.id)
      .map(({ by, text, photos, at: noted, toReporters }) => ({
        by: by.name,
        text: said(text, noted),
        photos,
        at: noted.toISOString(),
        toReporters,
      })),
    rejections:
      author && !knows
        ? []
        : incident.rejections.map(({ by, reason, at: rejected }) => ({
            by: by.name,
            reason: said(reason, rejected),
            at: rejected.toISOString(),
          })),
    raised: incident.raised.map(({ from, to, reason, at: raised }) => ({
      from,
      to,
      reason: author && !knows ? '' : said(reason, raised),
      at: raised.toISOString(),
    })),
    extensions: incident.extensions.map((one) => ({
      until: one.until.toISOString(),
      reason: said(one.reason, one.at),
      at: one.at.toISOString(),
    })),
    due: Object.fromEntries(Object.entries(incident.due).map(([stage, due]) => [stage, due.toISOString()])),
    ...(outcome && { outcome: { note: said(outcome.note, outcome.at), at: outcome.at.toISOString() } }),
    ...(incident.left && { left: said(incident.left) }),
    ...(rating && {
      rating: {
        satisfied: rating.satisfied,
        ...(rating.words && !another(rating.by) && { words: said(rating.words, rating.at) }),
        at: rating.at.toISOString(),
      },
    }),
    reopenings: incident.reopenings,
    ...(mergedInto && {
      mergedInto: {
        number: mergedInto.number,
        ...(into && { state: into.state, stateWord: INCIDENT_STATES[into.state] }),
      },
    }),
    ...(referral && { referral }),
    history: incident.history
      .filter((entry) => !BOOKKEEPING.has(entry.move))
      .map((entry) => ({
        at: entry.at.toISOString(),
        move: entry.move,
        to: entry.to as IncidentState,
        toWord: INCIDENT_STATES[entry.to as IncidentState],
        by: byFor(caller, entry, knows),
        ...(entry.why && isToldWhy(entry) && { why: said(entry.why, entry.at) }),
        channel: entry.channel,
      })),
  };
}

/** Who did it; of what reporters do, only those who know them see who. */
function byFor({ actor }: Caller, { by, move }: HistoryEntry, knows: boolean): string {
  return knows || by.id === actor.id || !THEIRS.has(move) ? by.name : REPORT_WORDS.reporter;
}

/** One's own words, and what was said for one; those who know the reporters read all of it. */
function reportsFor(
  { actor }: Caller,
  { reporters, authors }: IncidentDoc,
  knows: boolean,
  whole: (text: string, at: Date) => string,
): IncidentView['reports'] {
  const author = authors.includes(actor.id);
  return reporters
    .map((one) => ({ ...one, own: one.id === actor.id || one.proxyFor?.id === actor.id }))
    .filter(({ own }) => knows || (author && own))
    .map(({ name, at: said, text, photos, own, proxyFor }) => ({
      name,
      at: said.toISOString(),
      text: whole(text, said),
      photos,
      own,
      ...(proxyFor && { proxyFor: { name: proxyFor.name, relation: proxyFor.relation } }),
    }));
}

/** One's own address, as far as it opens: a page is not lost for one line on it. */
function addressFor({ vault }: House, author: boolean, { _id, place }: IncidentDoc): { address?: string } {
  const address = author && place.sealed ? vault.tryOpen(place.sealed, addressPlace(_id)) : undefined;
  return address === undefined ? {} : { address };
}
