import { type Telling, to, toRole } from '../../core/lifecycle.ts';
import type { TopicMessage } from './messages.ts';
import type { TopicDoc } from './model.ts';

/** Who hears of a topic. Whoever does something is not told of it. */

type Data = Record<string, unknown>;

const known = ({ _id: id, number, title }: TopicDoc): Data => ({ id, number, title });
const posted = ({ _id: id, number, posted: { title } }: TopicDoc): Data => ({ id, number, title });

/** The one who proposed it. */
export const toProposer = (topic: TopicDoc, actor: string, message: TopicMessage, data: Data = {}): Telling[] =>
  topic.proposer.id === actor ? [] : [to(topic.proposer.id, message, { ...known(topic), ...data })];

/** Those who seconded it. */
export const toSupporters = (topic: TopicDoc, actor: string, message: TopicMessage, data: Data = {}): Telling[] =>
  topic.supporters
    .filter((person) => person !== actor)
    .map((person) => to(person, message, { ...posted(topic), ...data }));

/** Everybody whose topic it is: proposer and supporters. */
export const toAll = (topic: TopicDoc, actor: string, message: TopicMessage, data: Data = {}): Telling[] => [
  ...toProposer(topic, actor, message, data),
  ...toSupporters(topic, actor, message, data),
];

export const toSecretary = (topic: TopicDoc, actor: string, message: TopicMessage, data: Data = {}): Telling[] => [
  toRole('secretary', topic.community, message, { ...posted(topic), ...data }, actor),
];

/** The one who leads it, if anybody does. */
export const toFacilitator = (topic: TopicDoc, actor: string, message: TopicMessage, data: Data = {}): Telling[] => {
  const { facilitator } = topic;
  return facilitator === undefined || facilitator.id === actor
    ? []
    : [to(facilitator.id, message, { ...posted(topic), ...data })];
};
