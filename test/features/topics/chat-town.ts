/** A community that chats about its topics and votes on them, through real Wechaty and the store. */
import type { Caller } from '../../../src/core/caller.ts';
import { HOUR } from '../../../src/core/time.ts';
import { ballots, moveBallot } from '../../../src/features/ballots/index.ts';
import type { EnrolInput } from '../../../src/features/ballots/lifecycle.ts';
import { actorOf } from '../../../src/features/people/index.ts';
import { moveTopic, proposeTopic, type TopicDoc, topics } from '../../../src/features/topics/index.ts';
import type { Meeting } from '../../../src/features/topics/model.ts';
import { venues } from '../../../src/features/venues/index.ts';
import { chatWorld, FEATURES, type World } from '../../chat/world.ts';

type Cast = keyof World['persons'];

export interface ChatTown {
  world: World;
  /** Writes as somebody, and gives all that the bot said to it. */
  says(contact: string, text: string, id?: string): Promise<string>;
  /** The same in the community's group: what everybody saw, and what the person was told alone. */
  saysInGroup(contact: string, text: string): Promise<{ group: string; alone: string }>;
  as(who: Cast): Caller;
  topic(number: number): Promise<TopicDoc>;
  topics(): Promise<TopicDoc[]>;
  /** Somebody's topic, as if proposed in the mini-program. */
  proposed(who: Cast, text: string): Promise<TopicDoc>;
  /** A topic that is voted on by households: openly, for two days from now, unless told otherwise. Gives its number and ballot. */
  voted(
    text: string,
    given?: { secrecy?: 'open' | 'secret'; opensAt?: Date; pack?: string; owners?: EnrolInput['owners'] },
  ): Promise<{ number: number; ballot: string }>;
  close(): Promise<void>;
}

export async function openChatTown(): Promise<ChatTown> {
  const features = [...FEATURES, venues, ballots, topics];
  const world = await chatWorld({ features, intents: features.flatMap(({ intents }) => intents) });
  await world.bindGroup('yard', '小邻');
  const rows = () => world.house.db.collection<TopicDoc>('topic');
  const as: ChatTown['as'] = (who) => {
    const actor = actorOf(world.persons[who], 'api');
    return { actor, ability: world.house.abilityOf(actor), now: world.clock.now() };
  };
  const proposed: ChatTown['proposed'] = async (who, text) =>
    (await proposeTopic(world.house, as(who), { text })).topic;
  return {
    world,
    as,
    proposed,
    says: async (contact, text, id) => (await world.says(contact, text, id === undefined ? {} : { id })).join('\n'),
    async saysInGroup(contact, text) {
      const from = world.said.length;
      await world.channel.receive(contact, text, { room: 'yard', mention: true });
      const said = world.said.slice(from);
      const of = (kind: 'room' | 'contact') =>
        said
          .filter((one) => kind in one.to)
          .map((one) => one.text)
          .join('\n');
      return { group: of('room'), alone: of('contact') };
    },
    async topic(number) {
      const topic = await rows().findOne({ number });
      if (!topic) throw new Error(`no topic ${number}`);
      return topic;
    },
    topics: () => rows().find({}).sort({ number: 1 }).toArray(),
    async voted(text, { secrecy = 'open', opensAt = world.clock.now(), pack = 'courtyard-poll', owners } = {}) {
      const { _id: id, number } = await proposed('zhao', text);
      const now = world.clock.now();
      const meeting: Meeting = {
        session: 1,
        venue: { id: 'v', name: '议事厅', address: '3栋一楼' },
        booking: 'b',
        startsAt: now,
        endsAt: new Date(now.getTime() + HOUR),
        agenda: [],
        changes: 0,
        announcedAt: now,
        begunAt: now,
      };
      await rows().updateOne({ _id: id }, { $set: { state: 'discussing', meeting } });
      const { topic } = await moveTopic(world.house, as('chen'), id, 'prepareVote', {
        question: `${text}，同意吗？`,
        pack,
        secrecy,
        opensAt: opensAt.toISOString(),
        closesAt: new Date(opensAt.getTime() + 48 * HOUR).toISOString(),
      });
      if (owners) await moveBallot(world.house, as('chen'), topic.vote?.ballot ?? '', 'enrol', { owners });
      await moveTopic(world.house, as('chen'), id, 'openVote');
      return { number, ballot: topic.vote?.ballot ?? '' };
    },
    close: () => world.close(),
  };
}
