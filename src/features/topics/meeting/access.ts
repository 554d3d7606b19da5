import { may } from '../../../core/ability.ts';
import { readAggregate } from '../../../core/aggregate.ts';
import type { Caller } from '../../../core/caller.ts';
import { forbidden, notFound } from '../../../core/errors.ts';
import type { House } from '../../../core/house.ts';
import type { Meeting, TopicDoc } from '../model.ts';
import { mayRead } from '../views.ts';
import { noMeeting, notBegun } from './errors.ts';

/** Which topic and which of its sittings somebody means, and whether it is theirs to ask. */

/** @throws HaolinError not_found, also for what is none of the caller's business */
export async function topicFor(house: House, { ability }: Caller, id: string): Promise<TopicDoc> {
  const topic = await readAggregate(house.model<TopicDoc>('topic'), id);
  if (!topic || !mayRead(ability, topic)) throw notFound('议题');
  return topic;
}

/** Whether the caller leads the topic's meetings. */
export const leads = ({ ability }: Caller, topic: TopicDoc): boolean => may(ability, 'lead', 'topic', topic);

/** Whether the caller may know who said what: the community, and nobody who only leads. */
export const knowsWho = ({ ability }: Caller, topic: TopicDoc): boolean => may(ability, 'moderate', 'topic', topic);

/** @throws HaolinError forbidden */
export function mustLead(caller: Caller, topic: TopicDoc): void {
  if (!leads(caller, topic)) throw forbidden();
}

/** Those who live there take part. @throws HaolinError forbidden */
export function mustBelong({ ability }: Caller, topic: TopicDoc): void {
  if (!may(ability, 'speak', 'topic', topic)) throw forbidden();
}

/** The sitting that is held at this moment, also while it pauses. @throws HaolinError meeting_not_begun */
export function underWay({ state, meeting }: TopicDoc): Meeting {
  if (state !== 'discussing' || !meeting) throw notBegun();
  return meeting;
}

/** Whether whoever comes can be written down: also while it is voted on, for those who are late. */
export function admits({ state, meeting, vote }: TopicDoc, now: Date): boolean {
  const isVoted = state === 'voting' && vote !== undefined && vote.closesAt > now;
  return meeting !== undefined && (state === 'discussing' || isVoted);
}

/** The sitting whoever comes can be written down at. @throws HaolinError meeting_not_begun */
export function admitting(topic: TopicDoc, now: Date): Meeting {
  if (!topic.meeting || !admits(topic, now)) throw notBegun();
  return topic.meeting;
}

/** Whether it can be taken back that somebody came: once it is voted the roll is what people voted by. */
export const undoes = ({ state, meeting }: TopicDoc): boolean => state === 'discussing' && meeting !== undefined;

/** All sittings, the latest last. */
export const sittingsOf = ({ meeting, meetings = [] }: TopicDoc): Meeting[] => [
  ...meetings.filter(({ session }) => session !== meeting?.session),
  ...(meeting ? [meeting] : []),
];

/** A sitting of a topic, the latest unless told otherwise. @throws HaolinError no_meeting */
export function sittingOf(topic: TopicDoc, session?: number): Meeting {
  const all = sittingsOf(topic);
  const found = session === undefined ? all.at(-1) : all.find((one) => one.session === session);
  if (!found) throw noMeeting();
  return found;
}

/** States in which the sitting a topic holds has not ended. */
const BEFORE_END = new Set(['scheduled', 'discussing']);

/** Whether a sitting is over. */
export const isOver = (topic: TopicDoc, { session, endedAt }: Meeting): boolean =>
  Boolean(endedAt) || topic.meeting?.session !== session || !BEFORE_END.has(topic.state);
