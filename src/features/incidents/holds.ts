import type { Message, Told } from '../../core/feature.ts';
import { type IncidentMessage, incidentMessages } from './messages.ts';
import type { IncidentDoc, IncidentState } from './model.ts';
import { dueMoment } from './tellings.ts';

/**
 * Whether what an incident's message says still holds, by the incident as it is and for the person it goes to. What was
 * kept back for the night may be over in the morning: nobody is asked for what is done already, or told what is no longer so.
 */
type Holds = (incident: IncidentDoc, told: Told) => boolean;

/** It happened, whatever came after. */
const always: Holds = () => true;
const standsAt =
  (...states: IncidentState[]): Holds =>
  ({ state }) =>
    states.includes(state);
const underWay = standsAt('dispatched', 'assisting', 'reopened');
/** Nobody has it in hand yet. */
const waiting: Holds = ({ column, handler }) => column === 'waiting' && handler === undefined;
const open: Holds = ({ column }) => column === 'waiting' || column === 'handling';
const inHand: Holds = (incident, told) => underWay(incident, told) && incident.handlers.includes(told.to);
const leading: Holds = (incident, told) => underWay(incident, told) && incident.handler?.id === told.to;
const notInHand: Holds = ({ handlers }, { to }) => !handlers.includes(to);
const both =
  (one: Holds, other: Holds): Holds =>
  (incident, told) =>
    one(incident, told) && other(incident, told);
const dueThen: Holds = (incident, { data }) => {
  const now = dueMoment(incident, 'done');
  return now.until === data.until && now.at === data.at;
};
/** Still with the handler it was told of. */
const inTheirHands: Holds = both(underWay, ({ handler }, { data }) => handler?.name === data.who);
/** Not more than looked at, and not taken back. */
const inDanger: Holds = both(open, ({ urgency }) => urgency === 'danger');

/** Still not done by its deadline, whichever it was. */
const late: Holds = (incident, { data, now }) => {
  switch (data.stage) {
    case 'triage':
      return incident.state === 'reported';
    case 'dispatch':
      return waiting(incident, { to: '', data, now }) || (incident.state === 'reopened' && !incident.handler);
    case 'done':
      return incident.column === 'handling' && incident.due.done !== undefined && incident.due.done < now;
    default:
      return incident.state === 'partial';
  }
};

const HOLDS: Record<IncidentMessage, Holds> = {
  // To those who reported it.
  'incident.reportedFor': ({ state }) => state !== 'withdrawn',
  'incident.triaged': standsAt('triaged'),
  'incident.declined': always,
  'incident.dispatched': inTheirHands,
  'incident.raisedReporter': ({ level }, { data }) => level === data.level,
  'incident.assisting': standsAt('assisting'),
  'incident.progress': open,
  'incident.progressNow': open,
  'incident.coming': inTheirHands,
  'incident.extended': underWay,
  'incident.resolved': standsAt('resolved'),
  'incident.partial': standsAt('partial'),
  'incident.askConfirm': standsAt('resolved'),
  'incident.askPartial': standsAt('partial'),
  'incident.confirmed': always,
  'incident.merged': always,
  'incident.follow': ({ state }, { data }) => state === data.now,
  'incident.followResolved': standsAt('resolved'),
  'incident.followPartial': standsAt('partial'),
  'incident.followAsk': standsAt('resolved'),
  'incident.again': standsAt('reopened', 'dispatched', 'assisting'),
  'incident.followEnded': always,
  'incident.referred': standsAt('referred'),
  'incident.withdrawnToo': always,

  // To those near by, and to those who decide.
  'incident.danger': inDanger,
  'incident.dangerMore': always,
  'incident.dangerWaits': both(inDanger, waiting),
  'incident.dangerLate': late,
  'incident.dangerLateStreet': late,
  'incident.allClear': always,
  'incident.calledOff': always,
  'incident.mergedNow': always,
  'incident.raisedOnNow': open,
  'incident.helpThere': open,
  'incident.lookedNow': always,
  'incident.notedNow': always,
  'incident.takenNow': always,
  'incident.resolvedNow': always,
  'incident.lookFirst': standsAt('reported'),
  'incident.toTriage': standsAt('reported'),
  'incident.rejectedNow': standsAt('rejected'),
  'incident.unsatisfiedNow': standsAt('reopened'),
  'incident.looked': open,
  'incident.more': open,
  'incident.open': standsAt('triaged'),
  'incident.rejected': standsAt('rejected'),
  'incident.raised': standsAt('triaged'),
  'incident.raisedNow': standsAt('triaged'),
  'incident.raisedOn': ({ level }, { data }) => level === data.level,
  'incident.triageSoon': standsAt('reported'),
  'incident.dispatchSoon': waiting,
  'incident.late': late,
  'incident.lateStreet': late,
  'incident.unsatisfied': always,
  'incident.unsatisfiedAgain': open,
  'incident.partialNotice': always,
  'incident.partialUnanswered': standsAt('partial'),
  'incident.extendedTwice': always,

  // To those who have it in hand.
  'incident.assigned': leading,
  'incident.assignedNow': leading,
  'incident.takenOver': notInHand,
  'incident.help': inHand,
  'incident.helpNow': inHand,
  'incident.helped': leading,
  'incident.noted': open,
  'incident.doneSoon': both(inHand, dueThen),
  'incident.doneNow': inHand,
  'incident.lateHandler': inHand,
  'incident.reopened': both(standsAt('reopened'), inHand),
  'incident.reopenedNow': both(standsAt('reopened'), inHand),
  'incident.thanked': always,
  'incident.concluded': always,
  'incident.closedHandler': always,
  'incident.withdrawn': always,
};

/** Every message of an incident with the condition under which it is still said. */
export const messagesWhileTheyHold: Record<string, Message> = Object.fromEntries(
  (Object.entries(incidentMessages) as [IncidentMessage, Message][]).map(([name, words]) => [
    name,
    { ...words, holds: (incident, told) => HOLDS[name](incident as IncidentDoc, told) },
  ]),
);
