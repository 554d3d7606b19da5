import { type Telling, to, toLiving, toPeople, toRole } from '../../core/lifecycle.ts';
import { clockWords, dayWords } from '../../core/time.ts';
import type { TopicMessage } from './messages.ts';
import type { TopicDoc } from './model.ts';

/** Who hears of a topic. Whoever does something is not told of it. */

type Data = Record<string, unknown>;

const known = ({ _id: id, number, title }: TopicDoc): Data => ({ id, number, title });
/** What a topic goes by where neighbours read it. */
export const aboutPosted = ({ _id: id, number, posted: { title } }: TopicDoc): Data => ({ id, number, title });

/** The one who proposed it. */
export const toProposer = (topic: TopicDoc, actor: string, message: TopicMessage, data: Data = {}): Telling[] =>
  topic.proposer.id === actor ? [] : [to(topic.proposer.id, message, { ...known(topic), ...data })];

/** These people, each once. */
export const toEach = (
  topic: TopicDoc,
  people: readonly string[],
  actor: string,
  message: TopicMessage,
  data: Data = {},
): Telling[] =>
  [...new Set(people)]
    .filter((person) => person !== actor)
    .map((person) => to(person, message, { ...aboutPosted(topic), ...data }));

/** The same to so many that the topic could not hold a message for each. */
export const toMany = (
  topic: TopicDoc,
  people: readonly string[],
  actor: string,
  message: TopicMessage,
  data: Data = {},
): Telling[] => {
  const others = people.filter((person) => person !== actor);
  return others.length > 0 ? [toPeople(others, message, { ...aboutPosted(topic), ...data })] : [];
};

/** Those who seconded it. */
export const toSupporters = (topic: TopicDoc, actor: string, message: TopicMessage, data: Data = {}): Telling[] =>
  toEach(topic, topic.supporters, actor, message, data);

/** Everybody whose topic it is: proposer and supporters. */
export const toAll = (topic: TopicDoc, actor: string, message: TopicMessage, data: Data = {}): Telling[] => [
  ...toProposer(topic, actor, message, data),
  ...toSupporters(topic, actor, message, data),
];

/** Everybody it concerns: all who live in its place. */
export const toNeighbours = (topic: TopicDoc, actor: string, message: TopicMessage, data: Data = {}): Telling[] => [
  toLiving(placeOf(topic), message, { ...aboutPosted(topic), ...data }, actor === '' ? undefined : actor),
];

export const toSecretary = (topic: TopicDoc, actor: string, message: TopicMessage, data: Data = {}): Telling[] => [
  toRole('secretary', topic.community, message, { ...aboutPosted(topic), ...data }, actor === '' ? undefined : actor),
];

/** The one who leads it, if anybody does. */
export const toFacilitator = (topic: TopicDoc, actor: string, message: TopicMessage, data: Data = {}): Telling[] =>
  topic.facilitator ? toEach(topic, [topic.facilitator.id], actor, message, data) : [];

/** Code of the area a topic is about: its community or one grid of it. */
export const placeOf = ({ areas, community }: Pick<TopicDoc, 'areas' | 'community'>): string =>
  areas.at(-1) ?? community;

/** When and where it is talked over, in words. */
export function meetingData({ meeting }: Pick<TopicDoc, 'meeting'>): Data {
  if (!meeting) return {};
  const { venue, startsAt, endsAt, agenda, changes } = meeting;
  const when = `${dayWords(startsAt)}${clockWords(startsAt)}到${clockWords(endsAt)}`;
  return { when, where: `${venue.name}（${venue.address}）`, agenda: agenda.join('；'), changes };
}

/** What is voted on and until when, in words. */
export function voteData({ vote }: Pick<TopicDoc, 'vote'>): Data {
  if (!vote) return {};
  const said = (at: Date) => `${dayWords(at)}${clockWords(at)}`;
  const { ballot, question, opensAt, closesAt, secrecy } = vote;
  return { ballot, question, opens: said(opensAt), closes: said(closesAt), secret: secrecy === 'secret' };
}
