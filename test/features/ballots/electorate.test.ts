/** Who has a voice, from which moment until which, and who is reminded of it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../../../src/core/caller.ts';
import { NOTICES, type NoticeDoc } from '../../../src/core/notice.ts';
import { DAY, HOUR } from '../../../src/core/time.ts';
import { areas } from '../../../src/features/areas/index.ts';
import {
  attendFor,
  type BallotDoc,
  ballots,
  ballotViewOf,
  castVote,
  type DraftInput,
  draftBallot,
  markPaper,
  moveBallot,
  newReceipt,
  readBallot,
} from '../../../src/features/ballots/index.ts';
import { listElectors } from '../../../src/features/ballots/lists.ts';
import { ballotMessages } from '../../../src/features/ballots/messages.ts';
import type { Elector } from '../../../src/features/ballots/model.ts';
import { hasYetToVote, reminderDue, reminding } from '../../../src/features/ballots/reminders.ts';
import { actorOf, type Person, people } from '../../../src/features/people/index.ts';
import { makeCommunity, makePerson, type TestHouse, testHouse } from '../../support/house.ts';

let test: TestHouse;
let community: string;
let grids: string[];
let secretary: Person;
const who: Record<string, Person> = {};

beforeAll(async () => {
  test = await testHouse([areas, people, ballots]);
  ({ community, grids } = await makeCommunity(test.house));
  const [here = '', there = ''] = grids;
  secretary = await makePerson(test.house, { area: community, roles: ['secretary'] });
  const make = async (name: string, given: Partial<Parameters<typeof makePerson>[1]>) => {
    who[name] = await makePerson(test.house, { area: here, name, ...given });
  };
  await make('wife', { household: '1-1', birthYear: 1960 });
  await make('husband', { household: '1-1', birthYear: 1958 });
  await make('orphan', { household: '1-2', birthYear: 2015 });
  await make('nearly', { household: '1-3', birthYear: 2008 });
  await make('unknown', { household: '1-4' });
  await make('lodger', {});
  await make('moved', { household: '1-5', birthYear: 1970 });
  await make('across', { household: '1-1', birthYear: 1970, area: there });
  await test.house.model<Person>('people').updateOne({ _id: person('moved')._id }, { $set: { active: false } });
}, 60_000);
afterAll(() => test.close());

const person = (name: string): Person => who[name] ?? secretary;
const as = (one: Person): Caller => {
  const actor = actorOf(one, 'api');
  return { actor, ability: test.house.abilityOf(actor), now: test.clock.now() };
};

async function opened(area: string, given: Partial<DraftInput> = {}, hours = 24): Promise<BallotDoc> {
  const from = test.clock.now().getTime();
  const { ballot } = await draftBallot(test.house, as(secretary), area, {
    title: '要不要装路灯',
    question: '巷子口要不要装两盏路灯？',
    pack: 'courtyard-poll',
    secrecy: 'secret',
    opensAt: new Date(from).toISOString(),
    closesAt: new Date(from + hours * HOUR).toISOString(),
    ...given,
  });
  return (await moveBallot(test.house, as(secretary), ballot._id, 'open')).ballot;
}
async function owners(all: object[]): Promise<BallotDoc> {
  const from = test.clock.now().getTime();
  const { ballot } = await draftBallot(test.house, as(secretary), community, {
    title: '修屋顶',
    question: '用维修资金修屋顶？',
    pack: 'owners',
    secrecy: 'open',
    opensAt: new Date(from).toISOString(),
    closesAt: new Date(from + 15 * DAY).toISOString(),
  });
  await moveBallot(test.house, as(secretary), ballot._id, 'enrol', { owners: all });
  return (await moveBallot(test.house, as(secretary), ballot._id, 'open')).ballot;
}
const electorsOf = ({ snapshot }: BallotDoc): Promise<Elector[]> =>
  test.house.db.collection('ballot_electors').find({ snapshot }).toArray() as unknown as Promise<Elector[]>;
const nameOf = (id: string): string => Object.keys(who).find((name) => who[name]?._id === id) ?? id;
const vote = (one: Person, { _id }: BallotDoc) =>
  castVote(test.house, as(one), _id, { choice: 'for', receipt: newReceipt(test.house, _id, one._id) });

describe('a voice', () => {
  it('has every household with somebody grown up in it, and whoever lives in none', async () => {
    const voices = (ballot: BallotDoc) =>
      electorsOf(ballot).then((all) => all.map((one) => one.people.map(nameOf).sort().join('+')).sort());
    const all = ['across', 'husband+wife', 'lodger', 'nearly', 'unknown'];
    expect(await voices(await opened(community))).toEqual(all);
    expect(await voices(await opened(grids[0] ?? ''))).toEqual(all.slice(1));
    const alone = await opened(grids[1] ?? '');
    expect(await voices(alone)).toEqual(['across']);
    // Whoever votes alone is told that the result will tell.
    const { turnout } = await ballotViewOf(test.house, as(person('across')), alone);
    expect(turnout?.sentences.at(-1)).toBe('名单上只有1户，虽然不记名，别人看了结果也可能猜得出谁怎么投的。');
    const many = await ballotViewOf(test.house, as(secretary), await opened(community, { secrecy: 'open' }));
    expect(many.turnout?.sentences).toEqual(['一共5户，参加表决0户。']);
  });

  it('may be raised from the very moment of opening until the very moment of closing', async () => {
    const from = test.clock.now().getTime() + HOUR;
    const ballot = await opened(community, { opensAt: new Date(from).toISOString() });
    test.clock.set(new Date(from - 1));
    await expect(vote(person('wife'), ballot)).rejects.toMatchObject({ code: 'not_open_yet' });
    test.clock.set(new Date(from));
    await vote(person('wife'), ballot);
    test.clock.set(new Date(ballot.closesAt.getTime() - 1));
    await vote(person('lodger'), ballot);
    test.clock.set(ballot.closesAt);
    await expect(vote(person('nearly'), ballot)).rejects.toMatchObject({ code: 'ballot_over' });
  });
});

describe('a voice in what is decided elsewhere', () => {
  const codeOf = (made: Promise<unknown>): Promise<string> =>
    made.then(
      () => 'ok',
      (error: { code?: string }) => error.code ?? String(error),
    );

  it("is an owner's who lives in another community, and of who moves away while the vote goes on", async () => {
    const away = (await makeCommunity(test.house)).community;
    const owner = await makePerson(test.house, { area: `${away}G01`, household: '3-3-3' });
    const stranger = await makePerson(test.house, { area: `${away}G01`, household: '3-3-4' });
    const of = await owners([{ name: '外地业主', people: [owner._id, owner._id], area: 9_000 }]);
    expect(of.electorate).toEqual({ heads: 1, area: 9_000 });
    expect([await codeOf(vote(owner, of)), await codeOf(vote(stranger, of))]).toEqual(['ok', 'not_found']);
    expect(await readBallot(test.house, as(owner), of._id)).toMatchObject({ _id: of._id });

    const ballot = await opened(community);
    const moved = { ...person('lodger'), areas: owner.areas };
    expect([await codeOf(vote(moved, ballot)), await codeOf(vote(stranger, ballot))]).toEqual(['ok', 'not_found']);
    // A voice is a voice, and no more.
    expect(await codeOf(listElectors(test.house, as(owner), of._id, {}))).toBe('forbidden');
  });

  it('is one head however often an account is written down', async () => {
    const [wife, husband] = [person('wife')._id, person('husband')._id];
    const line = (name: string, ...all: string[]) => ({ name, people: all, area: 100 });
    const twice = owners([line('王', wife), line('张', husband), line('李', wife)]);
    await expect(twice).rejects.toMatchObject({
      code: 'same_owner_twice',
      detail: '名单第3行“李”和第1行是同一个账号。一位业主只写一行，几套房子的面积加在一起。',
    });
    expect(
      (await owners([line('王', wife, wife), line('张', husband, wife), line('没有账号'), line('没有账号')]))
        .electorate,
    ).toMatchObject({ heads: 4 });
  });
});

describe('where a meeting decides', () => {
  it.each(['open', 'secret'] as const)(
    'only who is at it votes and counts as there, in an %s ballot',
    async (secrecy) => {
      const ballot = await opened(community, { pack: 'residents-meeting', secrecy }, 3);
      const present = async () => (await ballotViewOf(test.house, as(secretary), ballot)).turnout?.present.heads;
      await attendFor(test.house, ballot, [{ people: [person('lodger')._id] }]);
      await expect(vote(person('wife'), ballot)).rejects.toMatchObject({ code: 'not_attending' });
      const wives = (await electorsOf(ballot)).find((one) => one.people.includes(person('wife')._id));
      await expect(markPaper(test.house, as(secretary), ballot._id, wives?.elector ?? '')).rejects.toMatchObject({
        code: 'not_attending',
      });
      expect([
        await hasYetToVote(test.house, ballot._id, person('wife')._id, test.clock.now()),
        await hasYetToVote(test.house, ballot._id, person('lodger')._id, test.clock.now()),
      ]).toEqual([false, true]);
      await vote(person('lodger'), ballot);
      expect(await present()).toBe(1);
      // Who signs in while the vote goes on votes from then on.
      await attendFor(test.house, ballot, [{ people: [person('wife')._id, person('husband')._id] }]);
      await vote(person('wife'), ballot);
      expect(await present()).toBe(2);
    },
  );

  it('a proxy stands for the very voice that sent somebody', async () => {
    const [wife, husband, lodger] = ['wife', 'husband', 'lodger'].map((name) => person(name)._id) as [
      string,
      string,
      string,
    ];
    const sent = [{ people: [wife, husband], proxy: lodger }];
    const mine = async (ballot: BallotDoc) =>
      (await ballotViewOf(test.house, as(person('lodger')), ballot)).mine.length;
    const flats = await opened(community, { pack: 'residents-meeting' }, 3);
    for (const _again of [1, 2]) await attendFor(test.house, flats, sent);
    expect(await mine(flats)).toBe(2);
    // Some of a household, or it and others, are not the household that sent somebody.
    const alone = await opened(community, { pack: 'residents-meeting' }, 3);
    const [few, many] = [[wife], [wife, husband, person('unknown')._id]];
    await attendFor(
      test.house,
      alone,
      [few, many].map((all) => ({ people: all, proxy: lodger })),
    );
    expect(await mine(alone)).toBe(1);
    const owned = await owners([
      { name: '业主', people: [wife], area: 100 },
      { name: '两位业主', people: [husband], area: 100 },
    ]);
    await attendFor(test.house, owned, [...sent, { people: [wife], proxy: lodger }]);
    expect(await mine(owned)).toBe(0);
  });
});

describe('a reminder', () => {
  it.each<[string, number, number, string | undefined]>([
    ['a long ballot a day before', 72, 24, 'day'],
    ['a long ballot before that', 72, 24.1, undefined],
    ['a long ballot between the two', 72, 3.1, 'day'],
    ['a long ballot at the end', 72, 3, 'hours'],
    ['one of two days', 48, 20, undefined],
    ['one of two days at the end', 48, 2, 'hours'],
    ['one of six hours', 6, 2, undefined],
    ['one that is over', 72, 0, undefined],
    ['one that has not begun', 72, 73, undefined],
  ])('is due for %s', (_what, lasts, left, kind) => {
    const now = test.clock.now();
    const closesAt = new Date(now.getTime() + left * HOUR);
    const opensAt = new Date(closesAt.getTime() - lasts * HOUR);
    expect(reminderDue({ state: 'open', opensAt, closesAt }, now)).toBe(kind);
    expect(reminderDue({ state: 'void', opensAt, closesAt }, now)).toBeUndefined();
  });

  it.each(['secret', 'open'] as const)('goes once to whoever has yet to vote in a %s ballot', async (secrecy) => {
    const ballot = await opened(community, { secrecy }, 72);
    await vote(person('wife'), ballot);
    const paper = (await electorsOf(ballot)).find((one) => one.people.includes(person('across')._id));
    await markPaper(test.house, as(secretary), ballot._id, paper?.elector ?? '');
    const run = async (dryRun: boolean) => {
      const now = test.clock.now();
      return (await reminding.run({ slot: now, now, late: false, dryRun }, test.house)).lines;
    };
    const told = async (): Promise<NoticeDoc[]> => {
      const all = await test.house.db.collection<NoticeDoc>(NOTICES).find().toArray();
      return all.filter(({ _id }) => _id.startsWith(`ballots.reminding:${ballot._id}`));
    };
    expect((await run(false)).filter((line) => line.includes(ballot._id))).toEqual([]);
    test.clock.shift(2 * DAY);
    expect(await run(true)).toContain(`${community} ${ballot._id} day`);
    expect(await told()).toEqual([]);
    expect(await run(false)).toContain(`${community} ${ballot._id} day`);
    await vote(person('lodger'), ballot);
    // Another process at the same tick, and the next tick.
    expect(await run(false)).not.toContain(`${community} ${ballot._id} day`);
    const first = await told();
    const entries = first.map(({ outbox }) => outbox[0]);
    const names = entries.map((one) => one && 'person' in one.to && nameOf(one.to.person));
    expect(names.sort()).toEqual(['lodger', 'nearly', 'unknown']);
    const [entry] = entries;
    const { body, stands } = ballotMessages['ballot.reminder'];
    expect(body(entry?.data ?? {})).toMatch(
      /^“要不要装路灯”的投票\d+月\d+日（星期.）\d\d:\d\d截止，您还有一票没有投，别忘了。$/u,
    );

    const now = test.clock.now();
    const still = (name: string, at = now) =>
      stands({ to: person(name)._id, data: entry?.data ?? {}, now: at }, test.house);
    expect([await still('nearly'), await still('lodger'), await still('husband')]).toEqual([true, false, false]);
    expect(await still('nearly', ballot.closesAt)).toBe(false);

    test.clock.set(new Date(ballot.closesAt.getTime() - HOUR));
    await run(false);
    expect(await told()).toHaveLength(first.length + 2);
  });
});
