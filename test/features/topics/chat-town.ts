/** A community that chats about its topics and votes on them, through real Wechaty and the store. */
import type { Caller } from '../../../src/core/caller.ts';
import { HOUR } from '../../../src/core/time.ts';
import {
  type BallotDoc,
  ballots,
  type DraftInput,
  draftBallot,
  moveBallot,
} from '../../../src/features/ballots/index.ts';
import { actorOf } from '../../../src/features/people/index.ts';
import { proposeTopic, type TopicDoc, topics } from '../../../src/features/topics/index.ts';
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
  /** A topic that is voted on: open for two days from now unless told otherwise. */
  voted(text: string, given?: Partial<DraftInput>): Promise<{ topic: TopicDoc; ballot: BallotDoc }>;
  close(): Promise<void>;
}

export async function openChatTown(): Promise<ChatTown> {
  const features = [...FEATURES, ballots, topics];
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
    async voted(text, given = {}) {
      const topic = await proposed('zhao', text);
      const now = world.clock.now().getTime();
      const { ballot: drafted } = await draftBallot(world.house, as('chen'), world.community.community, {
        title: topic.title,
        question: `${text}，同意吗？`,
        pack: 'courtyard-poll',
        secrecy: 'open',
        opensAt: new Date(now).toISOString(),
        closesAt: new Date(now + 48 * HOUR).toISOString(),
        about: topic._id,
        ...given,
      });
      const { ballot } = await moveBallot(world.house, as('chen'), drafted._id, 'open');
      const { _id, question, secrecy, opensAt, closesAt } = ballot;
      const vote = { ballot: _id, question, packTitle: ballot.pack.title, secrecy, opensAt, closesAt };
      await rows().updateOne({ _id: topic._id }, { $set: { state: 'voting', vote } });
      return { topic, ballot };
    },
    close: () => world.close(),
  };
}
