/** What stands beside a topic while it is talked over: what is said, what neighbours think of it, the minutes. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NOTICES, type NoticeDoc } from '../../../src/core/notice.ts';
import type { Person } from '../../../src/features/people/index.ts';
import type { TopicDoc } from '../../../src/features/topics/index.ts';
import { announced, CODE, meetingOf, meetingTown, type Town } from './meeting-town.ts';

let town: Town;
beforeAll(async () => {
  town = await meetingTown({ quotas: true });
}, 60_000);
afterAll(() => town.close());

const neighbour = (at: number) => town.neighbours[at] as Person;
const path = (topic: TopicDoc, rest: string) => `/topics/${topic._id}/${rest}`;

/** A topic some of the neighbours have come to talk over. */
async function held(...fields: Parameters<Town['topic']>): Promise<TopicDoc> {
  const topic = await town.topic(...fields);
  for (const at of [0, 2, 5]) await town.ask(neighbour(at), 'POST', path(topic, 'sign-in'), { code: CODE });
  return topic;
}

describe('what is said', () => {
  const post = (who: Person, topic: TopicDoc, text: string, key?: string) =>
    town.ask(who, 'POST', path(topic, 'statements'), { text }, key);
  const seen = async (who: Person, topic: TopicDoc, query = '') =>
    (await town.ask(who, 'GET', path(topic, `statements${query}`))).body as {
      items: Record<string, unknown>[];
      next?: string;
    };
  const judge = (who: Person, topic: TopicDoc, id: unknown, body: object) =>
    town.ask(who, 'POST', path(topic, `statements/${String(id)}/moderation`), body);

  it('is seen by its author and who leads, by all once it is looked at, without a name or a number', async () => {
    const topic = await held();
    const [once, again] = [
      await post(neighbour(0), topic, '灯装转角，打13812345678', 'k1'),
      await post(neighbour(0), topic, '灯装转角，打13812345678', 'k1'),
    ];
    expect([once.status, again.body.id]).toEqual([201, once.body.id]);
    const { id } = once.body;
    expect((await seen(neighbour(1), topic)).items).toEqual([]);
    expect((await seen(neighbour(0), topic)).items).toMatchObject([{ id, mine: true, state: 'waiting' }]);
    expect((await seen(town.facilitator, topic, '?state=waiting')).items).toMatchObject([
      { id, text: '灯装转角，打（号码略）' },
    ]);
    // Whoever only leads looks at the words; whose they are, and how to reach them, the community knows.
    expect((await seen(town.facilitator, topic)).items[0]).not.toHaveProperty('by');
    expect((await seen(town.secretary, topic)).items).toMatchObject([
      { id, text: '灯装转角，打13812345678', by: { name: '邻居0' } },
    ]);
    expect((await judge(neighbour(0), topic, id, { visible: true })).status).toBe(403);
    expect((await judge(town.facilitator, topic, id, { visible: true })).body).toMatchObject({ state: 'visible' });
    expect((await seen(neighbour(1), topic)).items).toEqual([
      { id, session: 1, text: '灯装转角，打（号码略）', mine: false, state: 'visible', stateWord: '已公开' },
    ]);
    await expect(town.ask(town.stranger, 'GET', path(topic, 'statements'))).resolves.toMatchObject({ status: 404 });
  });

  it('waits while the meeting pauses, for everybody, and is shown without the door it came from', async () => {
    const topic = await held();
    const meeting = { ...topic.meeting, pausedAt: topic.updatedAt };
    await town.change(topic, { meeting } as Partial<TopicDoc>);
    for (const who of [neighbour(0), town.facilitator]) {
      const refused = await post(who, topic, '接着说');
      expect(refused).toMatchObject({ status: 409, body: { code: 'meeting_in_recess' } });
      expect(String(refused.body.detail)).toMatch(/休会.*继续/u);
    }
    await town.change(topic, { meeting: topic.meeting } as Partial<TopicDoc>);
    const { id } = (await post(neighbour(0), topic, '我家3栋2单元501门口最黑')).body;
    await judge(town.secretary, topic, id, { visible: true });
    expect((await seen(neighbour(1), topic)).items).toMatchObject([{ text: '我家（门牌略）门口最黑' }]);
    expect((await seen(town.secretary, topic)).items).toMatchObject([{ text: '我家3栋2单元501门口最黑' }]);
  });

  it('is told to its author once for each time it was hidden, also when who hid it was cut off', async () => {
    const topic = await held();
    const { id } = (await post(neighbour(2), topic, '你们都是骗子')).body;
    for (let n = 0; n < 2; n += 1) await judge(town.secretary, topic, id, { visible: false, reason: '请就事论事' });
    await judge(town.secretary, topic, id, { visible: true });
    expect(await judge(town.secretary, topic, id, { visible: false })).toMatchObject({
      status: 400,
      body: { code: 'invalid_input' },
    });
    await judge(town.secretary, topic, id, { visible: false, reason: '还是伤人' });
    const notices = await town.house.db
      .collection<NoticeDoc>(NOTICES)
      .find({ _id: { $regex: `^topic\\.statement:${String(id)}:` } })
      .toArray();
    expect(notices.map(({ outbox: [entry] }) => [entry?.to, entry?.data.reason])).toEqual([
      [{ person: neighbour(2)._id }, '请就事论事'],
      [{ person: neighbour(2)._id }, '还是伤人'],
    ]);
    expect((await seen(neighbour(2), topic)).items).toMatchObject([
      { state: 'hidden', text: '你们都是骗子', reason: '还是伤人' },
    ]);
    for (const who of [neighbour(0), neighbour(1)]) expect((await seen(who, topic)).items).toEqual([]);
    expect((await seen(neighbour(3), topic)).items).toEqual([]);
  });

  it('is said by whoever is signed in, of their household, or leads it, and by nobody else', async () => {
    const topic = await held();
    for (const [who, status, code] of [
      [neighbour(0), 201, undefined],
      [neighbour(1), 201, undefined],
      [neighbour(3), 403, 'not_at_meeting'],
      [town.worker, 403, 'not_at_meeting'],
      [town.facilitator, 201, undefined],
      [town.secretary, 201, undefined],
      [town.stranger, 404, 'not_found'],
    ] as const) {
      const answer = await post(who, topic, `${who.name}说`);
      expect([answer.status, answer.body.code]).toEqual([status, code]);
    }
  });

  it('is said only while they meet, by those who live there, and comes page by page', async () => {
    const topic = await held();
    for (const text of ['第一句', '第二句', '第三句']) await post(neighbour(0), topic, text);
    const page = await seen(town.secretary, topic, '?limit=2');
    const rest = await seen(town.secretary, topic, `?limit=2&cursor=${encodeURIComponent(page.next ?? '')}`);
    expect(new Set([...page.items, ...rest.items].map(({ text }) => text)).size).toBe(3);
    expect((await post(town.stranger, topic, '我也说')).status).toBe(404);
    const over = await town.topic({ state: 'voting' });
    expect(await post(neighbour(0), over, '晚了')).toMatchObject({ status: 409, body: { code: 'meeting_not_begun' } });
    const used = await post(neighbour(0), topic, '别的话', 'k1');
    expect(used.status).toBe(422);
  });

  it('is agreed with or not until the vote opens; what they have in common is told, never who', async () => {
    const topic = await held();
    const ids: string[] = [];
    for (const text of ['灯装转角', '灯要节能', '钱大家出']) {
      const { id } = (await post(neighbour(0), topic, text)).body;
      ids.push(String(id));
      await judge(town.facilitator, topic, id, { visible: true });
    }
    const { id: waiting } = (await post(neighbour(0), topic, '还没看过')).body;
    const opine = (who: Person, statement: unknown, opinion: string) =>
      town.ask(who, 'POST', path(topic, `statements/${String(statement)}/opinion`), { opinion });
    expect((await opine(neighbour(1), waiting, 'agree')).status).toBe(404);
    expect((await opine(town.stranger, ids[0], 'agree')).status).toBe(404);
    await Promise.all(['disagree', 'agree', 'agree'].map((one) => opine(neighbour(0), ids[2], one)));
    for (let at = 0; at < 6; at += 1) {
      for (const [n, id] of ids.entries()) {
        expect((await opine(neighbour(at), id, n === 2 && at % 2 === 0 ? 'disagree' : 'agree')).status).toBe(200);
      }
    }
    const { body, bytes } = await town.ask(neighbour(0), 'GET', path(topic, 'opinions'));
    expect(body).toMatchObject({ people: 6, mine: expect.arrayContaining([{ statement: ids[0], opinion: 'agree' }]) });
    const { groups, common } = body as { groups: { people: number }[]; common: { text: string }[] };
    for (const { people } of groups) expect(people).toBeGreaterThanOrEqual(5);
    expect(common.map(({ text }) => text).sort()).toEqual(['灯装转角', '灯要节能'].sort());
    for (const { _id } of town.neighbours.slice(1)) expect(bytes.toString()).not.toContain(_id);
    const heard = async () => (await town.ask(neighbour(0), 'GET', path(topic, 'opinions'))).body.people;
    const latest = (await post(neighbour(0), topic, '又有人说')).body.id;
    await judge(town.facilitator, topic, latest, { visible: true });
    expect(await heard()).toBe(6);
    for (const id of [...ids].reverse()) {
      await judge(town.facilitator, topic, id, { visible: false, reason: '重复了' });
      expect(await heard()).toBe(6);
    }
    expect((await town.ask(neighbour(0), 'GET', path(topic, 'opinions'))).bytes.toString()).not.toContain('灯装转角');
    await town.change(topic, { state: 'voting' });
    expect(await opine(neighbour(1), ids[1], 'pass')).toMatchObject({ status: 409, body: { code: 'vote_begun' } });
  });

  it('is no flood: so much an hour', async () => {
    const topic = await held();
    const all = Array.from({ length: 22 }, (_, n) => n);
    const said = await Promise.all(all.map((n) => post(neighbour(5), topic, `第${n}句`, `flood-${n}`)));
    expect(said.filter(({ status }) => status === 201)).toHaveLength(20);
    expect(said.filter(({ status }) => status === 429)).toHaveLength(2);
  });
});

describe('the minutes', () => {
  const text = { points: [{ agenda: '装在哪里', words: '装转角' }], conclusion: '再商量', recorder: '李敏' };
  const put = (who: Person, topic: TopicDoc, version: number, more: object = {}) =>
    town.ask(who, 'PUT', path(topic, 'minutes'), { ...text, version, ...more });

  it('begin with what is known, keep what they said before, and are not written over unseen', async () => {
    const topic = await town.topic();
    const { body } = await town.ask(town.facilitator, 'GET', path(topic, 'minutes'));
    expect(body).toMatchObject({
      version: 0,
      mayWrite: true,
      over: false,
      host: '石满仓',
      title: '装路灯，电话（号码略）',
      attendance: { expected: 5, present: 0 },
      written: {
        points: [
          { agenda: '装在哪里', words: '' },
          { agenda: '钱从哪里来', words: '' },
        ],
        conclusion: '',
        recorder: '',
      },
    });
    const both = await Promise.all([
      put(town.facilitator, topic, 0),
      put(town.secretary, topic, 0, { conclusion: '不装' }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(both.find(({ status }) => status === 409)?.body).toMatchObject({
      code: 'changed_meanwhile',
      detail: expect.stringContaining('刷新'),
    });
    const { written } = (await town.ask(town.facilitator, 'GET', path(topic, 'minutes'))).body as { written: object };
    const repeated = await town.ask(town.facilitator, 'PUT', path(topic, 'minutes'), {
      ...text,
      ...written,
      at: undefined,
      version: 0,
    });
    expect([repeated.status, repeated.body.version]).toEqual([200, 1]);
    for (let version = 1; version < 24; version += 1) {
      const writers = version < 6 ? [town.facilitator, town.secretary] : [town.facilitator];
      const drafts = writers.map((who, n) => put(who, topic, version, { conclusion: `第${version}稿，${n}` }));
      const statuses = (await Promise.all(drafts)).map(({ status }) => status).sort();
      expect(statuses).toEqual(writers.map((_, n) => (n === 0 ? 200 : 409)));
    }
    const stored = await town.house
      .model<{ history: { version: number }[] }>('topic_minutes')
      .findOne({ topic: topic._id })
      .lean();
    expect(stored?.history.map(({ version }) => version)).toEqual(Array.from({ length: 20 }, (_, at) => at + 4));
  });

  it('keep every point of the agenda, say to who leads what each version changed, and are put right with a reason', async () => {
    const topic = await town.topic();
    await put(town.facilitator, topic, 0);
    await put(town.secretary, topic, 1, { conclusion: '下次定' });
    const read = async (who: Person) => (await town.ask(who, 'GET', path(topic, 'minutes'))).body;
    const before = await read(town.facilitator);
    expect(before).toMatchObject({
      needsReason: false,
      corrections: [],
      written: { points: [{ words: '装转角' }, { agenda: '钱从哪里来', words: '' }] },
      versions: [
        { version: 1, by: town.facilitator.name, changed: ['装在哪里', '结论'] },
        { version: 2, by: town.secretary.name, changed: ['结论'] },
      ],
    });
    const over = [{ ...meetingOf(topic), endedAt: town.clock.now() }];
    const publicity = { from: town.clock.now(), until: new Date(town.clock.now().getTime() + 1) };
    await town.change(topic, { state: 'publicised', outcome: 'agreed', meeting: undefined, meetings: over, publicity });
    const silent = await put(town.secretary, topic, 2, { conclusion: '不装' });
    expect([silent.status, silent.body.code]).toEqual([422, 'reason_needed']);
    expect(await put(town.secretary, topic, 1, { conclusion: '不装', reason: '记错了' })).toMatchObject({
      body: { code: 'changed_meanwhile' },
    });
    const reason = '结论记错了，电话13812345678';
    const fixed = await put(town.secretary, topic, 2, { conclusion: '装两盏', reason });
    expect(fixed.body).toMatchObject({ version: 3, needsReason: true });
    await put(town.secretary, topic, 3, { conclusion: '装三盏', reason: '数错了' });
    const seen = await read(neighbour(0));
    expect(seen).toMatchObject({
      written: { conclusion: '装三盏' },
      corrections: [{ reason: '结论记错了，电话（号码略）' }, { reason: '数错了' }],
    });
    expect(seen.versions).toBeUndefined();
    const later = new Date(meetingOf(topic).startsAt.getTime() + 1);
    await town.change(topic, { history: announced(), publicity: { from: later, until: later } });
    const { body: shown } = await town.ask(undefined, 'GET', `/public/topics/${topic._id}`);
    expect(shown.meetings).toMatchObject([{ conclusion: '装三盏', corrected: [{}, { reason: '数错了' }] }]);
    expect((await town.open(`/topics/${topic._id}`)).text).toContain('公示以后更正过会议纪要');
    // Also when it is talked over anew: what was published stays put right in the open.
    await town.change(topic, { publicity: undefined, history: [{ move: 'publicise' }] as TopicDoc['history'] });
    expect((await put(town.secretary, topic, 4)).body.code).toBe('reason_needed');
  });

  it('are read by neighbours once the sitting is over, without numbers, and written by who leads', async () => {
    const topic = await town.topic();
    await put(town.facilitator, topic, 0, { conclusion: '找老王，电话13812345678' });
    expect(await town.ask(neighbour(0), 'GET', path(topic, 'minutes'))).toMatchObject({
      body: { code: 'minutes_not_yet' },
    });
    expect((await put(neighbour(0), topic, 1)).status).toBe(403);
    expect((await put(town.worker, topic, 1)).status).toBe(403);
    const meeting = meetingOf(topic);
    await town.change(topic, {
      state: 'resolved',
      meeting: undefined,
      meetings: [
        { ...meeting, adjourned: '太晚了', endedAt: town.clock.now() },
        { ...meeting, session: 2, endedAt: town.clock.now() },
      ],
      arithmetic: ['同意3户。'],
      resolution: '装两盏',
    });
    const first = await town.ask(neighbour(0), 'GET', path(topic, 'minutes?session=1'));
    expect(first.body).toMatchObject({
      result: [],
      adjourned: '太晚了',
      written: { conclusion: '找老王，电话（号码略）' },
    });
    const second = await town.ask(neighbour(0), 'GET', path(topic, 'minutes'));
    expect(second.body).toMatchObject({
      session: 2,
      version: 0,
      result: ['同意3户。'],
      resolution: '装两盏',
      mayWrite: false,
    });
    expect(await town.ask(neighbour(0), 'GET', path(topic, 'minutes?session=7'))).toMatchObject({ status: 409 });
    // A matter that was talked over anew leaves what came of it before.
    const [one, two] = [1, 2].map((session) => ({ ...meeting, session, endedAt: town.clock.now() }));
    await town.change(topic, {
      meetings: [
        { ...one, outcome: 'passed', arithmetic: ['同意9户。'], resolution: '装一盏' },
        { ...two, outcome: 'agreed', resolution: '不装' },
      ] as NonNullable<TopicDoc['meetings']>,
      outcome: 'agreed',
      resolution: '不装了',
    });
    for (const [session, result, resolution] of [
      [1, ['同意9户。'], '装一盏'],
      [2, [], '不装了'],
    ] as const) {
      const { body } = await town.ask(neighbour(0), 'GET', path(topic, `minutes?session=${session}`));
      expect(body).toMatchObject({ result, resolution });
    }
    const { begunAt: _not, ...announced } = meeting;
    // While the next one is only announced, the minutes are those of the last.
    await town.change(topic, { state: 'scheduled', meeting: { ...announced, session: 3 } });
    for (const who of [neighbour(0), town.secretary]) {
      expect((await town.ask(who, 'GET', path(topic, 'minutes'))).body).toMatchObject({ session: 2 });
    }
    for (const [fields, code] of [
      [{ state: 'scheduled', meeting: announced }, 'meeting_not_begun'],
      [{ state: 'reviewed' }, 'minutes_closed'],
      [{ state: 'failed' }, 'minutes_closed'],
    ] as const) {
      expect((await put(town.secretary, await town.topic(fields), 0)).body.code).toBe(code);
    }
  });
});
