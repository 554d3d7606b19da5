import { readAggregate } from '../../../core/aggregate.ts';
import { notFound } from '../../../core/errors.ts';
import type { Answer, Turn } from '../../../core/feature.ts';
import type { House } from '../../../core/house.ts';
import { decide, objectionTo } from '../../../core/lifecycle.ts';
import { canBeMeant, complainedOf, type Finder, whichOf } from '../../../core/which.ts';
import { communitiesMeant, inCommunitiesMeant } from '../../areas/index.ts';
import { type ChatMove, NOT_NOW, NOT_YOURS, WHICH } from '../chat-messages.ts';
import { factsFor } from '../facts.ts';
import { followed } from '../following.ts';
import { incidentLifecycle } from '../lifecycle.ts';
import { type IncidentQuery, listIncidents } from '../lists.ts';
import type { IncidentDoc } from '../model.ts';
import { findByNumber, getIncident } from '../service.ts';
import type { IncidentView } from '../views.ts';

/** Which incident somebody means, and why not that one. */

/** Where to look when no number was said; else in the place that is meant, in this column. */
const POOL: Record<ChatMove, IncidentQuery> = {
  add: { mine: true },
  confirm: { mine: true },
  withdraw: { mine: true },
  look: { column: 'waiting' },
  triage: { column: 'waiting' },
  take: { column: 'waiting' },
  note: { handling: true, column: 'handling' },
  resolve: { handling: true, column: 'handling' },
  extend: { handling: true, column: 'handling' },
  raise: { handling: true, column: 'handling' },
  reject: { handling: true, column: 'handling' },
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

/** Which of one's own that are solved are not, by what is said: see `Intent.complainedOf`. */
export const incidentComplainedOf = (turn: Turn, house: House) => complainedOf(turn, finderOf(house, turn, 'confirm'));

const finderOf = (house: House, turn: Turn, move: ChatMove): Finder<IncidentView> => ({
  move,
  get: (id) => getIncident(house, turn, id),
  byNumber: (number) => byNumber(house, turn, number),
  async pool() {
    const { mine, handling } = POOL[move];
    const [area] = mine || handling ? [] : communitiesMeant(turn);
    if (!mine && !handling && area === undefined) return [];
    const { items } = await listIncidents(house, turn, { ...POOL[move], area, limit: 30 });
    if (move !== 'confirm') return items.filter(({ moves }) => moves.includes(move));
    // Of what was merged the line does not know how the other stands.
    const whole = items.map((one) => (one.state === 'merged' ? getIncident(house, turn, one.id) : one));
    return (await Promise.all(whole)).filter(({ moves }) => moves.includes(move));
  },
  words: { ...WHICH, none: WHICH.none[move] },
});

/** The incidents of that number in the communities a speaker may mean, the likeliest first. */
export const byNumber = (house: House, turn: Turn, number: number): Promise<IncidentView[]> =>
  inCommunitiesMeant(turn, (community) => findByNumber(house, turn, community, number));

/** Why the speaker cannot make this move now, before they have told the story of it. */
async function refusalOf(
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
