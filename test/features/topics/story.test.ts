import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../../../src/core/caller.ts';
import { atCivil, endOfDay } from '../../../src/core/time.ts';
import { areas } from '../../../src/features/areas/index.ts';
import { ballots, castVote, moveBallot, newReceipt, voidFor } from '../../../src/features/ballots/index.ts';
import { actorOf, type Person, people } from '../../../src/features/people/index.ts';
import { answering } from '../../../src/features/topics/answering.ts';
import {
  getTopic,
  listTopics,
  moveTopic,
  proposeTopic,
  signIn,
  type TopicDoc,
  type TopicMoveName,
  topics,
} from '../../../src/features/topics/index.ts';
import { clock } from '../../../src/features/topics/jobs.ts';
import { prepare } from '../../../src/features/topics/prepare.ts';
import { getBooking, listBookings, venues } from '../../../src/features/venues/index.ts';
import { wishes } from '../../../src/features/wishes/index.ts';
import { makeCommunity, makePerson, makeVenue, type TestHouse, testHouse } from '../../support/house.ts';
import { idOf } from '../../support/wishes.ts';

let test: TestHouse;
let community: string;
let granny: Person;
let secretary: Person;
let neighbours: Person[];

const as = (person: Person): Caller => {
  const actor = actorOf(person, 'api');
  return { actor, ability: test.house.abilityOf(actor), now: test.clock.now() };
};
const moving = (person: Person, id: string, move: TopicMoveName, input: unknown = {}) =>
  moveTopic(test.house, as(person), id, move, input);
const refused = (code: string) => expect.objectContaining({ code });
const stored = async (id: string) =>
  (await test.house.model<TopicDoc>('topic').findById(id).lean()) as unknown as TopicDoc;
const tick = () => clock.run({ slot: test.clock.now(), now: test.clock.now(), late: false, dryRun: false }, test.house);
const neighbour = (at: number) => neighbours[at] as Person;

const HALL = idOf('hall');
const OTHER_HALL = idOf('yard');
const POLL = { question: '要不要装？', pack: 'courtyard-poll', secrecy: 'open' } as const;
const MEETING = { venue: HALL, day: '2026-03-13', from: '19:00', to: '20:30', agenda: ['先说难处', '再想办法'] };

beforeAll(async () => {
  test = await testHouse([areas, people, wishes, venues, ballots, topics]);
  const here = await makeCommunity(test.house);
  community = here.community;
  const area = `${community}G01`;
  granny = await makePerson(test.house, { area, name: '王桂芳', household: '1-1-101' });
  neighbours = await Promise.all(
    Array.from({ length: 5 }, (_, at) => makePerson(test.house, { area, household: `1-1-20${at}` })),
  );
  secretary = await makePerson(test.house, { area: community, roles: ['secretary'], name: '陈建国' });
  await makeVenue(test.house, { id: HALL, community });
  await makeVenue(test.house, { id: OTHER_HALL, community, name: '老槐树小院' });
});
afterAll(() => test.close());

/** A topic that is accepted and led by the first neighbour, who has no role at all. Nobody proposes many in a week. */
async function accepted(text: string, by?: Person): Promise<string> {
  test.clock.set(atCivil('2026-03-09', 10));
  const proposer = by ?? (await makePerson(test.house, { area: `${community}G01`, household: '1-1-101' }));
  const { topic } = await proposeTopic(test.house, as(proposer), { text });
  await moving(secretary, topic._id, 'accept', { facilitator: neighbour(0)._id });
  return topic._id;
}

/** At the meeting, with a vote that is open until 21:00. */
async function voting(text: string, day: string, secrecy: 'open' | 'secret' = 'open', by?: Person): Promise<string> {
  const id = await accepted(text, by);
  await moving(neighbour(0), id, 'schedule', { ...MEETING, day });
  test.clock.set(atCivil(day, 19));
  await moving(neighbour(0), id, 'begin');
  await moving(neighbour(0), id, 'prepareVote', {
    ...POLL,
    secrecy,
    closesAt: atCivil(day, 21).toISOString(),
  });
  await moving(neighbour(0), id, 'openVote');
  return id;
}

describe('a topic on its way', () => {
  it('goes from an idea to a judged result, and everybody hears what concerns them', async () => {
    const id = await voting('楼下装三盏路灯好不好', '2026-03-13', 'open', granny);
    const open = await getTopic(test.house, as(neighbour(1)), id);
    expect(open).toMatchObject({ state: 'voting', stateWord: '投票中', vote: { phase: 'open' } });
    const ballot = open.vote?.ballot ?? '';
    // Whoever is late signs in while it is voted, and counts as there for the ballot, too.
    const code = (await stored(id)).meeting?.code ?? '';
    for (const late of [neighbour(0), neighbour(1)]) await signIn(test.house, as(late), id, code);
    const attended = test.house.db.collection('ballot_electors').countDocuments({ attended: true });
    expect(await attended).toBe(2);
    for (const [at, choice] of (['for', 'for', 'against', 'for'] as const).entries())
      await castVote(test.house, as(neighbour(at)), ballot, { choice });

    // Nobody presses anything: an hour later it is over, and whoever looks sees what came of it.
    test.clock.set(atCivil('2026-03-13', 21, 2));
    await expect(signIn(test.house, as(neighbour(2)), id, code)).rejects.toEqual(refused('meeting_not_begun'));
    const counted = await getTopic(test.house, as(granny), id);
    expect(counted).toMatchObject({ state: 'resolved', outcome: 'passed', outcomeWord: '通过' });
    expect(counted.arithmetic.at(-1)).toBe('结果：通过。');
    expect(counted.meetings).toMatchObject([{ session: 1, agenda: MEETING.agenda }]);

    await moving(secretary, id, 'publicise', { resolution: '装三盏路灯，物业出钱。电话13812345678' });
    const shown = await getTopic(test.house, as(granny), id);
    expect(shown.resolution).not.toContain('13812345678');
    expect(shown.publicity?.until).toBe(endOfDay('2026-03-18').toISOString());
    await moving(neighbour(2), id, 'object', { text: '别装在我家窗下' });
    await expect(moving(neighbour(2), id, 'object', { text: '还有一句要说' })).rejects.toEqual(
      refused('objected_already'),
    );
    const objected = async (who: Person) => (await getTopic(test.house, as(who), id)).objections;
    const [objection] = await objected(secretary);
    expect(objection).toMatchObject({ by: neighbour(2).name, standing: 'waiting' });
    expect([await objected(granny), (await objected(neighbour(2))).length]).toEqual([[], 1]);
    // Whoever only leads it reads what is objected, and not who does.
    expect(await objected(neighbour(0))).toEqual([expect.not.objectContaining({ by: expect.anything() })]);
    const answer = { objection: objection?.id, answer: '往东挪十米', upheld: false };
    await moving(secretary, id, 'answerObjection', answer);
    expect(await objected(granny)).toMatchObject([{ standing: 'visible', answer: { text: '往东挪十米' } }]);

    // The publicity runs out on its day, with or without a job; then nobody objects any more.
    test.clock.set(atCivil('2026-03-19'));
    const executing = await getTopic(test.house, as(secretary), id);
    expect(executing.state).toBe('executing');
    for (const state of ['publicised', 'executing', 'failed', 'reviewed'] as const) {
      const { items } = await listTopics(test.house, as(granny), { state });
      expect([state, items.map((one) => one.id)]).toEqual([state, state === 'executing' ? [id] : []]);
    }
    await expect(moving(neighbour(3), id, 'object', { text: '我也有话要说' })).rejects.toEqual(refused('wrong_state'));
    const item = { owner: neighbour(1)._id, deadline: '2026-03-25' };
    await moving(secretary, id, 'addItem', { ...item, text: '买三盏灯' });
    await moving(secretary, id, 'addItem', { ...item, text: '帮忙扶梯子', as: 'wish' });
    const [lamps, ladder] = (await getTopic(test.house, as(neighbour(1)), id)).items;
    expect(lamps).toMatchObject({ mine: true, late: false });
    expect(ladder?.wish?.number).toBe(1);

    test.clock.set(atCivil('2026-03-26', 9));
    expect((await tick()).lines.filter((line) => line.endsWith('itemLate'))).toHaveLength(2);
    expect((await tick()).lines).toEqual([]);
    expect((await getTopic(test.house, as(granny), id)).items[0]).toMatchObject({ late: true });
    await expect(moving(neighbour(4), id, 'itemDone', { item: lamps?.id, note: '好了' })).rejects.toEqual(
      refused('forbidden'),
    );
    await expect(moving(secretary, id, 'finish', { summary: '都办好了' })).rejects.toEqual(refused('items_left'));
    await moving(neighbour(1), id, 'itemDone', { item: lamps?.id, note: '买好装上了' });
    await moving(secretary, id, 'itemDone', { item: ladder?.id, note: '扶了' });
    await moving(secretary, id, 'finish', { summary: '三盏灯都亮了' });
    for (const [at, person] of [granny, neighbour(0), neighbour(1)].entries())
      await moving(person, id, 'review', { score: 5 - at, words: `第${at}句` });
    await expect(moving(granny, id, 'review', { score: 1 })).rejects.toEqual(refused('reviewed_already'));
    await expect(moving(neighbour(3), id, 'review', { score: 1 })).rejects.toEqual(refused('not_participant'));
    for (const who of [granny, secretary]) {
      const { reviews } = await getTopic(test.house, as(who), id);
      expect(reviews).toEqual({ count: 3, ...(who === granny && { mine: 5 }) });
    }

    test.clock.set(atCivil('2026-04-03'));
    const over = await getTopic(test.house, as(granny), id);
    expect(over).toMatchObject({ state: 'reviewed', reviews: { count: 3, average: 4, mine: 5 } });
    const words = async (who: Person) => (await getTopic(test.house, as(who), id)).reviews.words;
    expect([over.reviews.words, await words(neighbour(0))]).toEqual([undefined, undefined]);
    expect(await words(secretary)).toEqual(['第0句', '第1句', '第2句']);
    const told = (await stored(id)).outbox.map(({ message }) => message);
    for (const message of [
      'topic.scheduled',
      'topic.vote',
      'topic.counted',
      'topic.publicised',
      'topic.objected',
      'topic.objectionAnswered',
      'topic.executing',
      'topic.item',
      'topic.itemLate',
      'topic.itemDone',
      'topic.review',
      'topic.reviewed',
    ])
      expect(told, message).toContain(message);
  });

  it('is announced three days ahead in a hall that is free, changed with it, and gives the hall back', async () => {
    const id = await accepted('想在院子里放两张长椅');
    const soon = { ...MEETING, day: '2026-03-11' };
    await expect(moving(secretary, id, 'schedule', soon)).rejects.toEqual(refused('notice_too_short'));
    const backwards = { ...MEETING, day: '2026-03-16', from: '21:00', to: '20:00' };
    await expect(moving(secretary, id, 'schedule', backwards)).rejects.toEqual(refused('backwards_hours'));
    const { items: none } = await listBookings(test.house, as(secretary), HALL, {
      from: '2026-03-16',
      to: '2026-03-16',
    });
    expect(none).toEqual([]);

    const day = { ...MEETING, day: '2026-03-16' };
    const first = (await moving(secretary, id, 'schedule', day)).topic.meeting;
    const other = await accepted('停车位怎么划');
    await moving(secretary, other, 'appoint', { facilitator: neighbour(1)._id });
    await expect(moving(secretary, other, 'schedule', day)).rejects.toEqual(refused('venue_taken'));
    expect((await stored(other)).state).toBe('accepted');

    // The agenda alone is no news of time or place; another hour is, in the same booking; another hall is another.
    await moving(secretary, id, 'schedule', { ...day, agenda: ['只说长椅'] });
    const later = (await moving(secretary, id, 'schedule', { ...day, from: '19:30', to: '21:00' })).topic.meeting;
    expect([later?.booking, later?.changes]).toEqual([first?.booking, 1]);
    await moving(secretary, other, 'schedule', { ...day, from: '18:00', to: '19:30' });
    const yard = (await moving(secretary, id, 'schedule', { ...day, venue: OTHER_HALL })).topic.meeting;
    expect(yard?.venue.name).toBe('老槐树小院');
    const gone = await getBooking(test.house, as(secretary), first?.booking ?? '');
    expect(gone.state).toBe('cancelled');

    test.clock.set(atCivil('2026-03-15', 9));
    expect((await tick()).lines.filter((line) => line.endsWith('remind'))).toHaveLength(2);
    await expect(moving(secretary, id, 'begin')).rejects.toEqual(refused('too_early'));
    await moving(secretary, id, 'callOff', { reason: '停电' });
    expect((await getBooking(test.house, as(secretary), yard?.booking ?? '')).state).toBe('cancelled');
    expect(await stored(id)).toMatchObject({ state: 'accepted' });
  });

  it('is led by somebody who leads no other meeting at that time, however many are announced at once', async () => {
    const [id, other, third] = [
      await accepted('凉棚搭在哪里'),
      await accepted('水池要不要填'),
      await accepted('石凳放在哪里'),
    ];
    const at = (from: string, to: string, venue: string) => ({ ...MEETING, day: '2026-05-06', from, to, venue });
    const both = await Promise.allSettled([
      moving(neighbour(0), id, 'schedule', at('19:00', '20:30', HALL)),
      moving(secretary, other, 'schedule', at('20:00', '21:00', OTHER_HALL)),
    ]);
    const lost = both.filter((one) => one.status === 'rejected');
    expect(lost.map(({ reason }) => reason.code)).toEqual(['leader_busy']);
    const first = both[0].status === 'fulfilled';
    const hours = first ? '19:00到20:30' : '20:00到21:00';
    expect(lost[0]?.reason.detail).toContain(`5月6日（星期三）${hours}已经有一场会`);
    expect(lost[0]?.reason.detail).not.toMatch(/凉棚|水池/u);
    // Nothing stays booked for the one that was refused.
    const { items } = await listBookings(test.house, as(secretary), first ? OTHER_HALL : HALL, {
      from: '2026-05-06',
      to: '2026-05-06',
    });
    expect(items).toEqual([]);
    // Right after it is no clash, and another agenda none either; another leader has hours of their own, until they are given.
    const [held, free] = first ? [id, other] : [other, id];
    await moving(secretary, free, 'schedule', first ? at('20:30', '21:00', OTHER_HALL) : at('19:00', '20:00', HALL));
    const kept = first ? at('19:00', '20:30', HALL) : at('20:00', '21:00', OTHER_HALL);
    await moving(secretary, held, 'schedule', { ...kept, agenda: ['只说这个'] });
    const elsewhere = { ...at('19:00', '21:00', first ? OTHER_HALL : HALL), day: '2026-05-07' };
    await moving(secretary, free, 'schedule', elsewhere);
    await moving(secretary, third, 'appoint', { facilitator: neighbour(1)._id });
    await moving(secretary, third, 'schedule', { ...elsewhere, venue: first ? HALL : OTHER_HALL });
    const given = moving(secretary, third, 'appoint', { facilitator: neighbour(0)._id });
    await expect(given).rejects.toEqual(refused('leader_busy'));
  });

  it('is announced anew when it was not held, and talked over again when its ballot was given up', async () => {
    const id = await accepted('电动车充电桩装在哪里');
    await moving(secretary, id, 'schedule', { ...MEETING, day: '2026-04-02' });
    test.clock.set(atCivil('2026-04-03', 9));
    await expect(moving(secretary, id, 'begin')).rejects.toEqual(refused('meeting_missed'));
    const anew = (await moving(secretary, id, 'schedule', { ...MEETING, day: '2026-04-07' })).topic.meeting;
    expect([anew?.session, anew?.changes]).toEqual([1, 1]);
    test.clock.set(atCivil('2026-04-07', 19));
    await moving(secretary, id, 'begin');
    await moving(secretary, id, 'prepareVote', { ...POLL, closesAt: atCivil('2026-04-07', 21).toISOString() });
    await moving(secretary, id, 'openVote');
    const ballot = (await stored(id)).vote?.ballot ?? '';
    // The process died after the ballot was given up and before the topic knew.
    await voidFor(test.house, { ballot, community, now: test.clock.now() }, '写错了');
    test.clock.set(atCivil('2026-04-07', 22));
    expect(await getTopic(test.house, as(granny), id)).toMatchObject({ state: 'discussing', votes: [{ ballot }] });
  });

  it('gets over a crash between its ballot or its hall and itself', async () => {
    const id = await accepted('楼顶防水怎么修');
    const asked = { ...MEETING, day: '2026-03-30' };
    // It died after the hall was booked: asked for again, by whoever and though neighbours seconded, it is that booking.
    await prepare(test.house, as(secretary)).factsFor(await stored(id), 'schedule', asked);
    await moving(neighbour(1), id, 'second');
    await moving(neighbour(0), id, 'schedule', asked);
    test.clock.set(atCivil('2026-03-30', 19));
    await moving(secretary, id, 'begin');
    const vote = { ...POLL, closesAt: atCivil('2026-03-30', 21).toISOString() };
    // After the ballot was drafted: the same form a minute later is that draft.
    await prepare(test.house, as(secretary)).factsFor(await stored(id), 'prepareVote', vote);
    test.clock.set(atCivil('2026-03-30', 19, 1));
    await moving(secretary, id, 'prepareVote', vote);
    // After the ballot was opened: whoever looks finds the topic with it.
    await prepare(test.house, as(secretary)).factsFor(await stored(id), 'openVote', {});
    expect((await getTopic(test.house, as(granny), id)).state).toBe('voting');
    expect((await stored(id)).outbox.filter(({ message }) => message === 'topic.vote')).toHaveLength(1);
    // After it was given up: the same.
    const ballot = (await stored(id)).vote?.ballot ?? '';
    await voidFor(test.house, { ballot, community, now: test.clock.now() }, '写错了');
    expect((await getTopic(test.house, as(granny), id)).state).toBe('discussing');
  });

  it('is seconded by a whole street at once, and what is listed at once is listed once each', async () => {
    const id = await accepted('快递柜放在哪里');
    const street = await Promise.all(
      Array.from({ length: 60 }, () => makePerson(test.house, { area: `${community}G01` })),
    );
    await Promise.all(street.map((one) => moving(one, id, 'second')));
    expect((await stored(id)).supporters).toHaveLength(60);
  });

  it('reminds whoever it waits for, once, and agrees for others only when enough are there', async () => {
    const id = await accepted('垃圾桶放在哪里');
    test.clock.set(atCivil('2026-03-24', 11));
    const line = `${community} ${(await stored(id)).number} nudge`;
    expect((await tick()).lines.filter((one) => one === line)).toHaveLength(1);
    expect((await tick()).lines).not.toContain(line);
    await moving(secretary, id, 'schedule', { ...MEETING, day: '2026-04-08', pack: 'residents-meeting' });
    test.clock.set(atCivil('2026-04-08', 19));
    await moving(secretary, id, 'begin');
    await expect(moving(secretary, id, 'agree', { resolution: '放在门口' })).rejects.toEqual(
      refused('not_enough_there'),
    );
  });

  it('has breaks and second sessions, and may be settled without a vote', async () => {
    const id = await accepted('楼道堆杂物怎么办');
    await moving(secretary, id, 'schedule', { ...MEETING, day: '2026-03-12', venue: OTHER_HALL });
    test.clock.set(atCivil('2026-03-12', 18, 45));
    await moving(neighbour(0), id, 'begin');
    const seen = async (person: Person) => (await getTopic(test.house, as(person), id)).meeting?.code;
    expect(await seen(neighbour(0))).toMatch(/^\d{6}$/);
    expect(await seen(neighbour(3))).toBeUndefined();
    await moving(neighbour(0), id, 'pause');
    expect((await getTopic(test.house, as(granny), id)).stateWord).toBe('休会中');
    await expect(moving(neighbour(0), id, 'pause')).rejects.toEqual(refused('meeting_paused'));
    await moving(neighbour(0), id, 'goOn');
    await moving(neighbour(0), id, 'adjourn', { reason: '还要问物业' });
    await moving(neighbour(0), id, 'schedule', { ...MEETING, day: '2026-03-20' });
    test.clock.set(atCivil('2026-03-20', 19));
    await moving(neighbour(0), id, 'begin');
    const alone = moving(neighbour(0), id, 'agree', { resolution: '周末大家一起清' });
    await expect(alone).rejects.toEqual(refused('not_enough_there'));
    await signIn(test.house, as(granny), id, (await stored(id)).meeting?.code ?? '');
    await moving(neighbour(0), id, 'agree', { resolution: '周末大家一起清' });
    const done = await getTopic(test.house, as(granny), id);
    expect(done).toMatchObject({ state: 'resolved', outcome: 'agreed', resolution: '周末大家一起清' });
    expect(done.meetings.map(({ session, adjourned }) => [session, adjourned])).toEqual([
      [1, '还要问物业'],
      [2, undefined],
    ]);
  });

  it('talks again at a tie, is over when it is voted down, and starts anew when an objection is upheld', async () => {
    const id = await voting('凉亭要不要拆', '2026-03-17');
    const first = (await stored(id)).vote?.ballot ?? '';
    await castVote(test.house, as(neighbour(0)), first, { choice: 'for' });
    await castVote(test.house, as(neighbour(1)), first, { choice: 'against' });
    await expect(moving(neighbour(0), id, 'count')).rejects.toEqual(refused('not_counted'));
    // The ballot goes with its topic: nobody counts or drops it beside it.
    const alone = moveBallot(test.house, as(secretary), first, 'void', { reason: '不想办了' });
    await expect(alone).rejects.toEqual(refused('goes_with_topic'));
    test.clock.set(atCivil('2026-03-17', 21, 2));
    expect((await moving(neighbour(0), id, 'count')).topic).toMatchObject({
      state: 'discussing',
      votes: [{ ballot: first }],
    });

    await moving(neighbour(0), id, 'prepareVote', {
      ...POLL,
      closesAt: atCivil('2026-03-18', 12).toISOString(),
    });
    await moving(neighbour(0), id, 'openVote');
    const second = (await stored(id)).vote?.ballot ?? '';
    await castVote(test.house, as(neighbour(1)), second, { choice: 'against' });
    test.clock.set(atCivil('2026-03-18', 13));
    expect((await tick()).lines).toContain(`${community} ${(await stored(id)).number} count`);
    await moving(secretary, id, 'publicise', { resolution: '不拆' });
    await moving(neighbour(3), id, 'object', { text: '我没接到通知' });
    const [objection] = (await stored(id)).objections ?? [];
    test.clock.set(atCivil('2026-03-25'));
    // Its days are over, and it waits for the answer all the same; nobody objects any more.
    expect(await getTopic(test.house, as(granny), id)).toMatchObject({
      state: 'publicised',
      stateWord: '等答复',
      publicity: { awaits: true },
    });
    for (const state of ['publicised', 'failed'] as const) {
      const { items } = await listTopics(test.house, as(granny), { state });
      expect(
        items.some((one) => one.id === id),
        state,
      ).toBe(state === 'publicised');
    }
    await expect(moving(neighbour(2), id, 'object', { text: '我也没接到' })).rejects.toEqual(refused('publicity_over'));
    const remind = () =>
      answering.run({ slot: test.clock.now(), now: test.clock.now(), late: false, dryRun: false }, test.house);
    const reminders = () => test.house.db.collection('notices').countDocuments({ _id: new RegExp(`answering:${id}`) });
    await remind();
    await remind();
    // The secretary and the one who leads it, once each a day.
    expect(await reminders()).toBe(2);
    test.clock.set(atCivil('2026-03-26', 9));
    await remind();
    expect(await reminders()).toBe(4);
    await moving(secretary, id, 'answerObjection', { objection: objection?.id, answer: '确实漏了', upheld: true });
    const again = await getTopic(test.house, as(granny), id);
    expect(again.state).toBe('accepted');
    expect(again.outcome).toBeUndefined();
    expect(again.votes).toHaveLength(2);
  });

  it('keeps a secret vote as it was cast: the same again is done, another choice under its receipt is refused', async () => {
    const id = await voting('门口装不装监控', '2026-03-19', 'secret');
    const ballot = (await stored(id)).vote?.ballot ?? '';
    const receipt = newReceipt(test.house, ballot, neighbour(1)._id);
    const vote = (choice: 'for' | 'against') => castVote(test.house, as(neighbour(1)), ballot, { choice, receipt });
    await vote('for');
    await vote('for');
    await expect(vote('against')).rejects.toEqual(refused('already_voted'));
  });

  it('drops a vote before it is over, so that nobody votes for nothing', async () => {
    const id = await voting('晾衣架装在哪里', '2026-03-18', 'secret');
    const ballot = (await stored(id)).vote?.ballot ?? '';
    await expect(moving(neighbour(0), id, 'dropVote', { reason: '写错了题目' })).rejects.toEqual(refused('forbidden'));
    await moving(secretary, id, 'dropVote', { reason: '写错了题目' });
    await expect(castVote(test.house, as(neighbour(1)), ballot, { choice: 'for' })).rejects.toMatchObject({
      status: 409,
    });
    expect((await getTopic(test.house, as(granny), id)).vote).toBeUndefined();
  });
});
