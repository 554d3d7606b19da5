import { readAggregate } from '../../../core/aggregate.ts';
import { notFound } from '../../../core/errors.ts';
import type { Answer, Turn } from '../../../core/feature.ts';
import type { House } from '../../../core/house.ts';
import { decide, objectionTo } from '../../../core/lifecycle.ts';
import { canBeMeant, complaintsOf, type Finder, whichOf } from '../../../core/which.ts';
import { communitiesMeant, inCommunitiesMeant, levelOf } from '../../areas/index.ts';
import { type ChatMove, CONFIRM, NOT_NOW, NOT_YOURS, WHICH } from '../chat-messages.ts';
import { factsFor } from '../facts.ts';
import { followed } from '../following.ts';
import { incidentLifecycle } from '../lifecycle.ts';
import { type IncidentQuery, listIncidents } from '../lists.ts';
import type { IncidentDoc } from '../model.ts';
import { findByNumber, getIncident } from '../service.ts';
import type { IncidentView, ListedIncident } from '../views.ts';

/** Which incident somebody means, and why not that one. */

/** Where to look when no number was said; else among what is open in the places that are meant. */
const POOL: Record<ChatMove, IncidentQuery> = {
  add: { mine: true },
  confirm: { mine: true },
  withdraw: { mine: true },
  look: {},
  triage: {},
  take: {},
  note: { handling: true, column: 'handling' },
  resolve: { handling: true, column: 'handling' },
  extend: { handling: true, column: 'handling' },
  raise: { handling: true, column: 'handling' },
  reject: { handling: true, column: 'handling' },
  dispatch: {},
  decline: {},
  merge: {},
};

/** Finds the incident a turn means, or the answer while that is not clear or the move cannot be made. */
export async function whichIncident(
  house: House,
  turn: Turn,
  intent: string,
  move: ChatMove,
): Promise<{ incident: IncidentView } | { answer: Answer }> {
  const which = await whichOf(turn, intent, finderOf(house, turn, move));
  if ('answer' in which) return which;
  if (which.matter.moves.includes(move)) return { incident: which.matter };
  const text = await refusalOf(house, turn, which.matter, move);
  return text === undefined ? { incident: which.matter } : { answer: { text } };
}

/** Whether an incident can be meant with this move now: see `Intent.fits`. */
export const incidentFits = (move: ChatMove) => (turn: Turn, house: House) =>
  canBeMeant(turn, finderOf(house, turn, move));

/** Which of one's own that are solved are not, by what is said: see `Intent.hears`. */
export const incidentComplaints = (turn: Turn, house: House) =>
  complaintsOf(turn, finderOf(house, turn, 'confirm'), CONFIRM.notDone);

const finderOf = (house: House, turn: Turn, move: ChatMove): Finder<IncidentView> => ({
  move,
  get: (id) => getIncident(house, turn, id),
  byNumber: (number) => byNumber(house, turn, number),
  async pool() {
    const { mine, handling } = POOL[move];
    const items =
      mine || handling
        ? (await listIncidents(house, turn, { ...POOL[move], limit: MOST })).items
        : (await openIn(house, turn)).items;
    if (move !== 'confirm') return items.filter(({ moves }) => moves.includes(move));
    // Of what was merged the line does not know how the other stands.
    const whole = items.map((one) => (one.state === 'merged' ? getIncident(house, turn, one.id) : one));
    return (await Promise.all(whole)).filter(({ moves }) => moves.includes(move));
  },
  words: { ...WHICH, none: WHICH.none[move] },
});

/** The incidents of that number in the communities a speaker may mean, the likeliest first, and what came up to their street. */
export async function byNumber(house: House, turn: Turn, number: number): Promise<IncidentView[]> {
  const near = await inCommunitiesMeant(turn, (community) => findByNumber(house, turn, community, number));
  const above = streetsOf(turn).map((area) =>
    listIncidents(house, turn, { area, level: 'street', number, limit: MOST }),
  );
  const ids = (await Promise.all(above)).flatMap(({ items }) => items.map(({ id }) => id));
  const others = [...new Set(ids)].filter((id) => near.every((one) => one.id !== id));
  return [...near, ...(await Promise.all(others.map((id) => getIncident(house, turn, id))))];
}

/** The streets somebody supervises. */
const streetsOf = ({ actor, area }: Turn): string[] =>
  area === undefined
    ? actor.roles.flatMap((grant) =>
        grant.role === 'supervisor' && levelOf(grant.area) === 'street' ? [grant.area] : [],
      )
    : [];

/**
 * What waits for somebody in the community that is meant or the streets one supervises, the most urgent first: what nobody
 * has in hand, and what was left of something and is late.
 * `more`: there may be more than these; `known`: it is known where to look.
 */
export async function openIn(
  house: House,
  turn: Turn,
): Promise<{ items: ListedIncident[]; more: boolean; known: boolean }> {
  const places = placesOf(turn);
  const asked = places.flatMap((area) =>
    (['waiting', 'handling'] as const).map((column) => listIncidents(house, turn, { area, column, limit: MOST })),
  );
  const pages = await Promise.all(asked);
  const found = pages.flatMap(({ items }) => items.filter(waits));
  const items = found.filter(({ id }, at) => found.findIndex((one) => one.id === id) === at);
  return { items, more: pages.some(({ next }) => next !== undefined), known: places.length > 0 };
}

/** Where somebody looks for what there is: the streets they supervise, and the community that is meant. */
export const placesOf = (turn: Turn): string[] => [
  ...new Set([...streetsOf(turn), ...communitiesMeant(turn).slice(0, 1)]),
];

const MOST = 30;
const waits = ({ state, handler, late }: ListedIncident): boolean =>
  state === 'reopened' ? handler === undefined : state === 'partial' ? late : !UNDER_WAY.includes(state);
const UNDER_WAY: readonly string[] = ['dispatched', 'assisting', 'referred'];

/** Why the speaker cannot make this move now, before they have told the story of it. */
export async function refusalOf(
  house: House,
  turn: Turn,
  { id, number }: IncidentView,
  move: ChatMove,
): Promise<string | undefined> {
  const incident = await readAggregate(house.model<IncidentDoc>('incident'), id);
  if (!incident) return notFound('事件').detail;
  const objection = objectionTo(incidentLifecycle, move, incident, { ...turn, calendar: house.calendar, facts: {} });
  if (objection?.code === 'forbidden') return NOT_YOURS[move]?.(number) ?? objection.detail;
  if (objection?.code === 'wrong_state') return NOT_NOW(move, number, incident.state);
  return objection?.detail;
}

/** Throws what would stand in the way of a move, before the person is asked to confirm it. */
export async function rehearse(house: House, turn: Turn, id: string, move: ChatMove, input: unknown): Promise<void> {
  const incident = await readAggregate(house.model<IncidentDoc>('incident'), id);
  if (!incident) throw notFound('事件');
  const elsewhere = await followed(house, turn, id, move);
  const facts = await factsFor(house, turn, incident, move, input);
  const ctx = { ...turn, ...elsewhere?.caller, calendar: house.calendar, facts };
  decide(incidentLifecycle, elsewhere?.into ?? incident, move, input, ctx);
}
