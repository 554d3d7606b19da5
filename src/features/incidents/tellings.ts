import type { Role } from '../../core/ability.ts';
import { type Telling, to, toRole } from '../../core/lifecycle.ts';
import { clockWords, type Day, dayOf } from '../../core/time.ts';
import { streetOf } from '../areas/index.ts';
import type { IncidentMessage } from './messages.ts';
import type { IncidentDoc, IncidentState, Level, Stage } from './model.ts';
import { unnamed } from './unnamed.ts';
import { unheardIn } from './voices.ts';

/** Who hears of an incident. Each is told in words of their own, and nothing of who reported it. */

type Data = Record<string, unknown>;

const known = (incident: IncidentDoc): Data => ({
  id: incident._id,
  number: incident.number,
  title: incident.title,
  place: incident.place.label,
});

/** What is said in danger is said at once, at whatever hour. */
export const inDangerOr = (
  { urgency }: IncidentDoc,
  now: IncidentMessage,
  otherwise: IncidentMessage,
): IncidentMessage => (urgency === 'danger' ? now : otherwise);

/** Each of those who reported it, alone. */
export const toReporters = (incident: IncidentDoc, message: IncidentMessage, data: Data = {}): Telling[] =>
  incident.authors.map((person) => to(person, message, { ...known(incident), ...data }));

/** The authors of duplicates merged into this one: how it stands, under their own number. */
export const toFollowers = (
  incident: IncidentDoc,
  now: IncidentState,
  message: IncidentMessage = 'incident.follow',
  data: Data = {},
): Telling[] =>
  (incident.mergedFrom ?? []).flatMap(({ id, number, authors }) =>
    authors.map((person) => to(person, message, { id, number, now, ...unnamedIn(incident, data) })),
  );

/** Everybody who reported it and has not said yet whether it is solved. */
export function toUnheard(
  incident: IncidentDoc,
  [asked, askedOfFollowers]: readonly [IncidentMessage, IncidentMessage],
  data: Data = {},
): Telling[] {
  const left = new Set(unheardIn(incident).flatMap(({ authors }) => authors));
  const all = [...toReporters(incident, asked, data), ...toFollowers(incident, incident.state, askedOfFollowers, data)];
  return all.filter((telling) => 'person' in telling.to && left.has(telling.to.person));
}

/** What somebody wrote, which may name the reporters or their numbers. */
const WRITTEN = ['words', 'text', 'reason', 'note', 'left'] as const;

/** For everybody else: nothing of who reported it, whoever wrote it down. */
function unnamedIn(incident: IncidentDoc, data: Data): Data {
  const written = WRITTEN.flatMap((field) => {
    const text = data[field];
    return typeof text === 'string' ? [[field, unnamed(incident, text)] as const] : [];
  });
  return { ...data, ...Object.fromEntries(written) };
}

/** One person who has it, or is to look at it. */
export const toPerson = (
  incident: IncidentDoc,
  person: string | undefined,
  message: IncidentMessage,
  data: Data = {},
): Telling[] =>
  person === undefined ? [] : [to(person, message, { ...known(incident), ...unnamedIn(incident, data) })];

/** Whoever has it in hand. */
export const toHandler = (incident: IncidentDoc, message: IncidentMessage, data: Data = {}): Telling[] =>
  toPerson(incident, incident.handler?.id, message, data);

/** The handler and those who help. */
export const toHandlers = (incident: IncidentDoc, message: IncidentMessage, data: Data = {}): Telling[] =>
  incident.handlers.map((person) => to(person, message, { ...known(incident), ...unnamedIn(incident, data) }));

/** Whoever holds a role there; where nobody does, the next of those who have to see to it, so that somebody always hears. */
const toHolders = (
  [role, ...orElse]: readonly [Role, ...Role[]],
  area: string,
  incident: IncidentDoc,
  message: IncidentMessage,
  data: Data,
): Telling => ({
  ...toRole(role, area, message, { ...known(incident), ...unnamedIn(incident, data) }),
  to: { role, area, ...(orElse.length > 0 && { orElse }) },
});

export const toSecretary = (incident: IncidentDoc, message: IncidentMessage, data: Data = {}): Telling[] => [
  toHolders(['secretary', 'supervisor'], incident.community, incident, message, data),
];

/** Whoever supervises at the street. */
export const toStreet = (incident: IncidentDoc, message: IncidentMessage, data: Data = {}): Telling[] => [
  toHolders(['supervisor'], streetOf(incident.areas) ?? incident.community, incident, message, data),
];

export const toWorkers = (incident: IncidentDoc, message: IncidentMessage, data: Data = {}): Telling[] => [
  toHolders(['worker'], incident.community, incident, message, data),
];

/** The grid's own worker; where the grid is not known the secretary, for grid workers hold their grids alone. */
export const toGrid = (incident: IncidentDoc, message: IncidentMessage, data: Data = {}): Telling[] =>
  incident.grid === undefined
    ? toSecretary(incident, message, data)
    : [toHolders(['grid_worker', 'secretary', 'supervisor'], incident.grid, incident, message, data)];

/** The household leads of the grid: they live next door and answer first (包格联户). */
export const toLeads = (incident: IncidentDoc, message: IncidentMessage, data: Data = {}): Telling[] =>
  incident.grid === undefined ? [] : [toHolders(['household_lead'], incident.grid, incident, message, data)];

/** Those who decide about it at its level. */
export const toLevel = (incident: IncidentDoc, message: IncidentMessage, data: Data = {}): Telling[] => {
  const tell: Record<Level, typeof toGrid> = { grid: toGrid, community: toSecretary, street: toStreet };
  return tell[incident.level](incident, message, data);
};

/** Somebody's life is in danger: whoever is near and whoever decides, the nearest first. */
export const toAll = (incident: IncidentDoc, message: IncidentMessage, data: Data = {}): Telling[] => [
  ...toGrid(incident, message, data),
  ...toLeads(incident, message, data),
  ...toWorkers(incident, message, data),
  ...toSecretary(incident, message, data),
];

/**
 * Whoever was asked to go there, to have it in hand or to see to it, wherever it stood: what changes that reaches them all.
 * @param was the incident as they were told of it
 */
export const toTold = (was: IncidentDoc, message: IncidentMessage, data: Data = {}): Telling[] => {
  const wasUp = was.urgency === 'danger' || was.level !== 'grid' || was.rejections.length > 0 || was.reopenings > 0;
  return [
    ...toHandlers(was, message, data),
    ...toPerson(was, was.sentinel, message, data),
    ...toGrid(was, message, data),
    ...toLeads(was, message, data),
    ...(was.state === 'reported' ? [] : toWorkers(was, message, data)),
    ...(wasUp ? toSecretary(was, message, data) : []),
    ...(was.toldStreet ? toStreet(was, message, data) : []),
  ];
};

/** The day a deadline falls on, as messages carry it. */
export const dueDay = (incident: IncidentDoc, stage: Stage): Day => {
  const due = incident.due[stage];
  return due ? dayOf(due) : '';
};

/** The day and, of a deadline within a day, the time: `{ until: '2026-03-09', at: '11:30' }`. */
export const dueMoment = (incident: IncidentDoc, stage: Stage): Data => {
  const due = incident.due[stage];
  if (!due) return {};
  const whole = clockWords(due) === '23:59';
  return { until: dayOf(due), ...(!whole && { at: clockWords(due) }) };
};
