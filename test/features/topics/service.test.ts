import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../../../src/core/caller.ts';
import { areas } from '../../../src/features/areas/index.ts';
import { actorOf, type Person, people } from '../../../src/features/people/index.ts';
import {
  getTopic,
  listTopics,
  moveTopic,
  proposeTopic,
  type TopicDoc,
  topics,
} from '../../../src/features/topics/index.ts';
import { clock } from '../../../src/features/topics/jobs.ts';
import { similarTopics } from '../../../src/features/topics/similar.ts';
import { makeCommunity, makePerson, type TestHouse, testHouse } from '../../support/house.ts';

let test: TestHouse;
let granny: Caller;
let secretary: Caller;
let stranger: Caller;
let neighbours: Caller[];
let worker: Person;

const as = (person: Person, key?: string): Caller => {
  const actor = actorOf(person, 'api');
  return { actor, ability: test.house.abilityOf(actor), now: test.clock.now(), ...(key === undefined ? {} : { key }) };
};

beforeAll(async () => {
  test = await testHouse([areas, people, topics]);
  const { community } = await makeCommunity(test.house);
  const elsewhere = await makeCommunity(test.house);
  const home = { area: `${community}G01` };
  granny = as(await makePerson(test.house, home));
  neighbours = await Promise.all(Array.from({ length: 6 }, async () => as(await makePerson(test.house, home))));
  secretary = as(await makePerson(test.house, { area: community, roles: ['secretary'] }));
  worker = await makePerson(test.house, { area: community, roles: ['worker'] });
  stranger = as(await makePerson(test.house, { area: elsewhere.community, roles: ['secretary'] }));
});
afterAll(() => test.close());

const neighbour = (at: number) => neighbours[at] as Caller;
const stored = async (id: string) =>
  (await test.house.model<TopicDoc>('topic').findById(id).lean()) as unknown as TopicDoc;

describe('topics', () => {
  it('are proposed once for one request, seconded by all at once, and brought before the secretary once', async () => {
    const propose = () => proposeTopic(test.house, { ...granny, key: 'k' }, { text: '楼道里装感应灯好不好' });
    const [first, again] = [await propose(), await propose()];
    expect([again.repeated, again.topic._id]).toEqual([true, first.topic._id]);
    const id = first.topic._id;
    await Promise.all(neighbours.map((one) => moveTopic(test.house, one, id, 'second')));
    const topic = await stored(id);
    expect([topic.state, topic.supporters.length, topic.version]).toEqual(['seconded', 6, 7]);
    expect(topic.outbox.filter(({ message }) => message === 'topic.toModerate')).toHaveLength(1);
  });

  it('are read by those who live there, in clean words and without who is for them; by others not at all', async () => {
    const { topic } = await proposeTopic(test.house, granny, { text: '停车太乱，请打13812345678商量' });
    await moveTopic(test.house, neighbour(0), topic._id, 'second');
    const seen = await getTopic(test.house, neighbour(1), topic._id);
    expect(seen).toMatchObject({ seconds: 1, seconded: false, mine: false, moves: ['second'] });
    expect(JSON.stringify(seen)).not.toMatch(/13812345678|supporters/u);
    expect(seen.proposer).toBeUndefined();
    expect((await getTopic(test.house, granny, topic._id)).text).toContain('13812345678');
    await expect(getTopic(test.house, stranger, topic._id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(moveTopic(test.house, stranger, topic._id, 'accept')).rejects.toMatchObject({ code: 'not_found' });
    const listed = await listTopics(test.house, neighbour(1), {});
    expect(listed.items.map(({ id }) => id)).toContain(topic._id);
    await expect(listTopics(test.house, stranger, { area: topic.community })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('are found before they are proposed twice', async () => {
    await proposeTopic(test.house, granny, { text: '建议给7栋加装电梯，老人上下楼太难' });
    const [found] = await similarTopics(test.house, neighbour(2), '7栋能不能加装电梯');
    expect(found).toMatchObject({ title: '建议给7栋加装电梯，老人上下楼太难', moves: ['second'] });
    expect(await similarTopics(test.house, neighbour(2), '广场舞音乐太吵')).toEqual([]);
  });

  it('merge with everybody who seconded, also when the house stopped halfway', async () => {
    const old = (await proposeTopic(test.house, neighbour(4), { text: '小区东门晚上太黑，装灯' })).topic;
    const young = (await proposeTopic(test.house, neighbour(0), { text: '东门路灯坏了，要换新的' })).topic;
    await moveTopic(test.house, neighbour(1), young._id, 'second');
    await moveTopic(test.house, secretary, young._id, 'askMerge', { into: old._id });
    // As after a crash between the move and what follows from it.
    const { perform } = await import('../../../src/core/aggregate.ts');
    const { topicTable } = await import('../../../src/features/topics/lifecycle.ts');
    await perform(
      topicTable(test.house),
      young._id,
      'agreeMerge',
      {},
      { ...neighbour(0), calendar: test.house.calendar },
      () => ({
        into: old,
      }),
    );
    expect((await stored(old._id)).supporters).toEqual([]);
    const run = { now: test.clock.now(), dryRun: false } as Parameters<typeof clock.run>[0];
    expect((await clock.run(run, test.house)).lines).toHaveLength(1);
    expect((await clock.run(run, test.house)).lines).toEqual([]);
    const after = await stored(old._id);
    expect([...after.supporters].sort()).toEqual([neighbour(0).actor.id, neighbour(1).actor.id].sort());
    expect(await getTopic(test.house, neighbour(1), young._id)).toMatchObject({ mergedInto: { number: old.number } });
  });

  it('are led by somebody of the community', async () => {
    const { topic } = await proposeTopic(test.house, neighbour(5), { text: '老年活动室开放时间商量一下' });
    await expect(
      moveTopic(test.house, secretary, topic._id, 'accept', { facilitator: stranger.actor.id }),
    ).rejects.toMatchObject({ code: 'facilitator_missing' });
    const { topic: accepted } = await moveTopic(test.house, secretary, topic._id, 'accept', {
      facilitator: worker._id,
    });
    expect(accepted).toMatchObject({ state: 'accepted', facilitator: { id: worker._id } });
  });

  it('come page by page, newest first, none twice and none missing', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listTopics(test.house, neighbour(3), { limit: 2, cursor });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.next;
    } while (cursor !== undefined);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toHaveLength(
      await test.house.model('topic').countDocuments({ community: secretary.actor.roles[0]?.area }),
    );
  });
});
