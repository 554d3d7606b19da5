/** Who is led to a vote by chat, and who is told first what they have to do: owners elsewhere, and whoever is not at the meeting. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { rawCollection } from '../../../src/core/aggregate.ts';
import type { Aggregate } from '../../../src/core/lifecycle.ts';
import { makePerson } from '../../support/house.ts';
import { type ChatTown, openChatTown } from './chat-town.ts';

let town: ChatTown;
beforeAll(async () => {
  town = await openChatTown();
}, 60_000);
afterAll(() => town.close());

it('leads owners who live elsewhere to the vote, and tells them when it opens', async () => {
  const { house, community, persons } = town.world;
  const away = await makePerson(house, {
    area: community.street,
    name: '远方',
    contacts: [{ puppet: 'web', id: 'away' }],
  });
  const owners = [
    { name: '远方', people: [away._id], area: 9_000 },
    { name: '王桂芳', people: [persons.granny._id], area: 8_000 },
  ];
  expect(await town.says('away', '投票')).toContain('没有等您投的票');
  const { number, ballot } = await town.voted('要不要大修屋顶', { pack: 'owners', owners });
  const topic = await town.topic(number);
  const history = await rawCollection<Aggregate>(house.model('topic')).findOne({ number });
  const told = (history?.outbox ?? []).filter(({ message }) => message === 'topic.voteElsewhere');
  expect(told).toMatchObject([{ to: { people: [away._id] }, data: { ballot, number } }]);
  expect(topic.state).toBe('voting');

  expect(await town.says('away', '投票')).toMatch(/屋顶[\s\S]*1\. 同意/u);
  expect(await town.says('away', `${number}号议题我同意`)).toContain('您投“同意”');
  expect(await town.says('away', '确认')).toContain('投好了');
  // Of the topic itself they read no more than what they vote on.
  expect(await town.says('away', `议题${number}号怎么样了`)).not.toContain('正在表决');
});

it.each(['open', 'secret'] as const)(
  'tells who has not signed in to do so first, before a choice is taken: %s',
  async (secrecy) => {
    const { house } = town.world;
    const { number, ballot } = await town.voted(`要不要装摄像头（${secrecy}）`, { secrecy });
    await house.db
      .collection<{ _id: string }>('ballot')
      .updateOne({ _id: ballot }, { $set: { 'rule.present': 'attending' } });
    for (const text of [`${number}号议题我同意`, `${number}号投票`]) {
      expect(await town.says('granny', text)).toMatch(/^请先签到.*主持人会念6位数字.*发“签到”/u);
    }
    await house.db.collection('ballot_electors').updateMany({ ballot }, { $set: { attended: true } });
    const led = secrecy === 'open' ? '您投“同意”' : '不记名投票';
    expect(await town.says('granny', `${number}号议题我同意`)).toContain(led);
    await town.says('granny', '算了');
  },
);
