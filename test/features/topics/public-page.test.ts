/** What strangers read of a topic: a page and its data, from the day the meeting is announced, and nobody on it. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../../../src/core/time.ts';
import type { Person } from '../../../src/features/people/index.ts';
import { TOPIC_STATES, type TopicDoc, type TopicState } from '../../../src/features/topics/index.ts';
import { topicPage } from '../../../src/features/topics/papers/page.ts';
import { publicOf } from '../../../src/features/topics/papers/public.ts';
import { makePerson } from '../../support/house.ts';
import { announced, decided, ended, meetingTown, someone, type Town } from './meeting-town.ts';

let town: Town;
/** Somebody who lives there and has nothing to do with any topic. */
let other: Person;
beforeAll(async () => {
  town = await meetingTown();
  other = await makePerson(town.house, { area: `${town.community}G02`, name: '潘桂芬' });
}, 60_000);
afterAll(() => town.close());

const at = new Date('2026-03-09T02:00:00Z');
const OBJECTION = 'e'.repeat(24);
/** So many days after the meeting, when it is over. */
const later = (days: number) => new Date(at.getTime() + days * DAY + 3 * HOUR);
const none = { meetings: [], common: [], names: [] };
const page = ({ _id }: TopicDoc) => town.open(`/topics/${_id}`);
const data = ({ _id }: TopicDoc) => town.ask(undefined, 'GET', `/public/topics/${_id}`);
const hung = (fields: Partial<TopicDoc> = {}) => town.topic({ ...decided(), history: announced(), ...fields });

describe('the data', () => {
  it('are there from the day the meeting is announced, in every state that may follow, and not before', async () => {
    const states = Object.keys(TOPIC_STATES) as TopicState[];
    const opened = states.map(async (state) => [state, (await page(await hung({ state }))).status]);
    expect(await Promise.all(opened)).toEqual(states.map((state) => [state, 200]));
    for (const state of ['accepted', 'declined', 'withdrawn'] as const) {
      const before = await town.topic({ ...decided(), state });
      expect([(await data(before)).status, (await page(before)).status]).toEqual([404, 404]);
    }
    expect((await town.ask(undefined, 'GET', `/public/topics/${'f'.repeat(24)}`)).status).toBe(404);
  });

  it('say all that was decided', async () => {
    const topic = await hung();
    await town.change(topic, ended(topic));
    const { body } = await data(topic);
    expect(body).toEqual({
      number: topic.number,
      title: '装路灯，电话（号码略）',
      text: '巷子太黑，装两盏路灯。电话（号码略）',
      place: '幸福里社区 · 第1网格',
      state: 'publicised',
      stateWord: '公示中',
      again: false,
      proposed: '2026-02-28',
      meetings: [{ day: '2026-03-09', venue: '说事小院', attendance: [expect.stringContaining('应到5户')] }],
      common: [],
      outcome: '通过',
      result: decided().arithmetic,
      resolution: '在转角装两盏路灯',
      publicity: { from: '2026-03-09', until: '2026-03-15', awaits: false },
      earlier: [],
      objectionCount: 1,
      objections: [{ text: '灯太亮', answer: '换暖光', upheld: false }],
      items: [
        { text: '买灯', deadline: '2026-04-01', done: true, dropped: false },
        { text: '装灯', deadline: '2026-05-01', done: false, dropped: false },
      ],
    });
    const [objection] = topic.objections ?? [];
    for (const standing of ['waiting', 'hidden'] as const) {
      const shown = publicOf({ ...topic, objections: objection ? [{ ...objection, standing }] : [] }, none, at);
      expect([shown.objectionCount, shown.objections]).toEqual([1, []]);
    }
  });

  it('say nothing of a vote but its hours, and of a count that is not hung out nothing', async () => {
    const topic = await hung();
    const { publicity: _none, ...counted } = topic;
    const [vote] = decided().votes ?? [];
    const closesAt = new Date(at.getTime() + 60_000);
    const open = publicOf({ ...counted, state: 'voting', ...(vote && { vote: { ...vote, closesAt } }) }, none, at);
    expect(open).toMatchObject({ vote: { phase: 'open' }, result: [] });
    for (const shown of [open, publicOf({ ...counted, state: 'resolved' }, none, at)]) {
      expect(JSON.stringify(shown) + topicPage(shown, at).body.text).not.toMatch(/同意\d|到会\d|通过/u);
    }
  });

  it('say of a sitting what it concluded once that hangs out, and of one held anew nothing before', async () => {
    const topic = await hung({ number: 301 });
    const held = ended(topic).meetings;
    const again = held.map((one) => ({ ...one, session: 2, startsAt: new Date(at.getTime() + DAY) }));
    await town.change(topic, { meeting: undefined, meetings: [...held, ...again] });
    for (const [session, conclusion] of [
      [1, '装，安满福记'],
      [2, '改装一盏'],
    ] as const) {
      const minutes = { session, version: 0, points: [], conclusion, recorder: '安满福' };
      const path = `/topics/${topic._id}/minutes`;
      expect((await town.ask(town.secretary, 'PUT', path, minutes)).status).toBe(200);
    }
    const told = async () =>
      ((await data(topic)).body.meetings as { conclusion?: string }[]).map(({ conclusion }) => conclusion);
    // The first result was taken down, the matter voted anew, and that count does not hang out yet.
    const published = [
      { outcome: 'passed' as const, arithmetic: [], publicity: { from: later(0), until: at }, overturnedAt: at },
    ];
    await town.change(topic, { state: 'resolved', publicity: undefined, published });
    expect(await told()).toEqual(['装，一位居民记', undefined]);
    await town.change(topic, { state: 'publicised', publicity: { from: later(2), until: later(7) } });
    expect(await told()).toEqual(['装，一位居民记', '改装一盏']);
  });

  it('name nobody who had to do with it and no number, wherever somebody wrote one', async () => {
    const whole = await hung();
    const surname = fc.constantFrom('王', '李', '张', '安', '石', '陈');
    const given = fc.constantFrom('秀英', '国华', '满仓', '建国', '敏', '德福');
    const name = fc.tuple(surname, given).map((parts) => parts.join(''));
    const number = fc.constantFrom(
      '13812345678',
      '520201194803071232',
      '2345678',
      '微信号wxid_abc123',
      '贵A12345',
      'a.b@c.cn',
    );
    const written = fc.tuple(fc.constantFrom('', '找', '邻居', '，问'), fc.constantFrom('', '。'));
    const state = fc.constantFrom('publicised', 'scheduled', 'voting', 'shelved');
    const nameOrNot = fc.record({ state, people: fc.array(name, { minLength: 9, maxLength: 9 }), number, written });
    fc.assert(
      fc.property(nameOrNot, ({ state: now, people, number: digits, written: [before, after] }) => {
        const [proposer, facilitator, objector, answerer, owner, merged, mover, there, passed] = people.map(
          (one, n) => ({
            id: String(n),
            name: one,
          }),
        );
        if (!proposer || !facilitator || !objector || !answerer || !owner || !merged || !mover || !there || !passed)
          return;
        const said = `${before}${people.join('、')}${after}${digits} `;
        const [objection] = decided(said).objections ?? [];
        const [item] = decided(said).items ?? [];
        const [vote] = decided(said).votes ?? [];
        if (!objection?.answer || !item || !vote || !whole.meeting) throw new Error('nothing to tell');
        const topic: TopicDoc = {
          ...whole,
          ...decided(said),
          title: said,
          text: said,
          posted: { title: said, text: said },
          proposer,
          facilitator,
          meeting: { ...whole.meeting, agenda: [said] },
          shelved: { reason: said, from: 'accepted' },
          published: [
            {
              outcome: 'passed',
              arithmetic: [],
              resolution: said,
              publicity: { from: at, until: at },
              overturnedAt: at,
            },
          ],
          objections: [{ ...objection, by: objector, answer: { ...objection.answer, by: answerer } }],
          items: [
            { ...item, owner, changes: [{ at, by: mover, owner: passed, reason: said }] },
            { ...item, owner, dropped: { at, reason: said }, changes: [{ at, by: mover, deadline: '2026-03-20' }] },
          ],
          mergedFrom: [{ id: 'x', number: 1, proposer: merged, supporters: [] }],
          history: [{ by: mover } as TopicDoc['history'][number]],
        };
        const beside = {
          meetings: [{ day: '2026-03-09', venue: said, attendance: [], conclusion: said }],
          common: [said],
          names: [there.name],
        };
        const written = publicOf({ ...topic, state: now, vote: { ...vote, question: said } }, beside, at);
        const { title, description, body } = topicPage(written, at);
        const shown = JSON.stringify(written) + title + description + body.text;
        for (const one of people) expect(shown).not.toContain(one);
        expect(shown).not.toMatch(/13812345678|520201194803071232|2345678|wxid|A12345|a\.b@/u);
        for (const id of ['proposer', 'owner', 'by', 'supporters']) expect(shown).not.toContain(`"${id}"`);
      }),
      { numRuns: 20 },
    );
  });
});

describe('neighbours who have nothing to do with it', () => {
  it('are not named either, wherever somebody wrote of them; those on duty are', async () => {
    const said = `${other.name}天天跳舞，找李敏商量。`;
    const meeting = { ...(await hung()).meeting, agenda: [`${other.name}跳舞几点结束`] } as TopicDoc['meeting'];
    const topic = await hung({ posted: { title: said, text: said }, resolution: said, ...(meeting && { meeting }) });
    const shown = JSON.stringify((await data(topic)).body) + (await page(topic)).text;
    expect(shown).not.toContain(other.name);
    expect(shown).toContain('一位居民天天跳舞，找李敏商量');
  });
});

describe('the page', () => {
  it('says by when something was to be done first, by when it is now, and why it is not done', async () => {
    const topic = await hung({ state: 'executing' });
    const [item] = topic.items ?? [];
    if (!item) throw new Error('nothing to do');
    const { done: _none, ...open } = item;
    const by = { id: 'x', name: '李强' };
    const twice = [
      { at, by, deadline: '2026-03-20', reason: '等料' },
      { at, by, owner: by },
      { at, by, deadline: '2026-04-01', reason: '下雨' },
    ];
    const longer = { ...open, deadline: '2026-05-01', changes: twice };
    const items = [
      longer,
      { ...longer, done: { at, note: '好' } },
      { ...open, dropped: { at, reason: '李强问过，没地方' } },
    ];
    const shown = (now: Date) => {
      const written = publicOf({ ...topic, items }, none, now);
      return [...topicPage(written, now).body.text.matchAll(/<span class="soft">(.*?)<\/span>/gu)].map(
        ([, one]) => one,
      );
    };
    const until = '原定2026年3月20日前，延到2026年5月1日前';
    expect(shown(at)).toEqual([`正在办，${until}办好`, `办好了（${until}）`, '不办了。原因：一位居民问过，没地方']);
    expect(shown(new Date('2026-05-02T00:00:00Z'))[0]).toBe(`还没有办好，${until}，已经过期`);
  });

  it('is HTML that needs nothing, runs nothing and may be kept for a minute', async () => {
    const topic = await hung();
    const { status, text, headers } = await page(topic);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(headers.get('cache-control')).toBe('public, max-age=60');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/]+=*'; base-uri 'none'/u);
    expect(policy).not.toContain('unsafe');
    expect(text).not.toMatch(/<script|<img|<link|<iframe|\sstyle=|\son\w+=|https?:/u);
    expect(text).toMatch(/^<!doctype html>\n<html lang="zh-CN">/u);
    expect(text.match(/<h1>/gu)).toHaveLength(1);
    expect(text).toContain(`<meta property="og:title" content="议题${topic.number}号 装路灯，电话（号码略）">`);
    for (const words of [
      '公示中',
      '2026年3月9日',
      '公示：2026年3月9日到2026年3月15日',
      '点“我有不同意见”',
      '决议：在转角装两盏路灯',
    ]) {
      expect(text).toContain(words);
    }
    for (const words of ['定了2件事，办好了1件', '应到5户', '异议不成立', '2026年5月1日前办好', '2026年2月28日提出']) {
      expect(text).toContain(words);
    }
    for (const name of [someone.name, '石满仓', '邻居0', '天马巷']) expect(text).not.toContain(name);
    const tag = headers.get('etag') ?? '';
    const again = await town.open(`/topics/${topic._id}`, {
      headers: { 'if-none-match': tag, 'cache-control': 'max-age=0' },
    });
    expect([tag.length > 9, again.status, again.text]).toEqual([true, 304, '']);
    expect(await town.open(`/topics/${topic._id}`, { method: 'HEAD' })).toMatchObject({ status: 200, text: '' });
  });

  it('says when and where they meet as soon as that is announced', async () => {
    const { text } = await page(await town.topic({ state: 'scheduled', history: announced() }));
    for (const words of ['请来商量', '2026年3月9日 09:00—11:00', '地点：说事小院', '<li class="words">装在哪里</li>']) {
      expect(text).toContain(words);
    }
  });

  it('takes nothing that somebody wrote for HTML', async () => {
    const topic = await hung();
    const hostile = fc.array(
      fc.constantFrom('<', '>', '"', "'", '&', '</title>', '<script>', '-->', 'onload=', 'a', '灯', '\u0000'),
      { minLength: 1 },
    );
    const tags = /<\/?(\w+)|&(?!#\d+;)/gu;
    const known = [...topicPage(publicOf(topic, none, at), at).body.text.matchAll(tags)].map(([one]) => one);
    fc.assert(
      fc.property(hostile, (parts) => {
        const evil = parts.join('');
        const [objection] = topic.objections ?? [];
        if (!objection?.answer) throw new Error('nothing to tell');
        const written = {
          ...topic,
          posted: { title: evil, text: `${evil} ` },
          resolution: evil,
          arithmetic: topic.arithmetic?.map(() => evil) ?? [],
          objections: [{ ...objection, posted: evil, answer: { ...objection.answer, text: evil } }],
          items: (topic.items ?? []).map((one) => ({ ...one, text: evil })),
        };
        const { body } = topicPage(publicOf(written, none, at), at);
        expect([...body.text.matchAll(tags)].map(([one]) => one)).toEqual(known);
      }),
      { numRuns: 25 },
    );
    const { text } = await page(await hung({ posted: { title: '"><script>alert(1)</script>', text: '装' } }));
    expect(text).not.toContain('<script');
    expect(text).toContain('content="议题');
  });

  it('tells what is wrong on a page, too', async () => {
    const wrong = await Promise.all(
      ['f'.repeat(24), 'x', '%zz', 'a/b', '%00', ''].map((rest) => town.open(`/topics/${rest}`)),
    );
    for (const { status, text, headers } of wrong) {
      expect(status).toBeGreaterThanOrEqual(400);
      expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(text).toMatch(/<h1>[^<]+<\/h1><p>[^<]+<\/p>/u);
    }
    expect(wrong.slice(0, 2).map(({ status }) => status)).toEqual([404, 404]);
    expect(wrong[0]?.text).toContain('没有找到这个议题的公开页');
    const posted = await town.open(`/topics/${'f'.repeat(24)}`, { method: 'POST' });
    expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS']);
    expect(posted.headers.get('content-type')).toContain('html');
  });

  it('leads on from a topic that was merged', async () => {
    const into = await hung();
    const middle = await town.topic({ state: 'merged', mergedInto: { id: into._id, number: into.number } });
    const merged = await town.topic({ state: 'merged', mergedInto: { id: middle._id, number: middle.number } });
    expect((await page(merged)).text).toContain(`<a href="/topics/${into._id}">看议题${into.number}号</a>`);
    const alone = await town.topic();
    const lost = await town.topic({ state: 'merged', mergedInto: { id: alone._id, number: alone.number } });
    expect((await page(lost)).status).toBe(404);
  });

  it('is linked from the topic where the house knows its own address, and from no topic that is not public', async () => {
    const [topic, other] = [await hung(), await town.topic()];
    const linked = async (one: TopicDoc) =>
      (await town.ask(town.neighbours[0], 'GET', `/topics/${one._id}`)).body.publicPage;
    expect(await linked(topic)).toBeUndefined();
    town.house.settings.publicUrl = 'https://haolin.example.cn';
    expect([await linked(topic), await linked(other)]).toEqual([
      `https://haolin.example.cn/topics/${topic._id}`,
      undefined,
    ]);
    expect((await page(topic)).text).toContain(
      `<meta property="og:url" content="https://haolin.example.cn/topics/${topic._id}">`,
    );
    town.house.settings.publicUrl = undefined;
  });
});

it('what an objection overturns stays to be read, as what no longer holds, whatever follows', async () => {
  const [objection] = decided().objections ?? [];
  if (!objection) throw new Error('no objection');
  const { answer: _none, ...waiting } = objection;
  const topic = await hung({ objections: [{ ...waiting, id: OBJECTION, standing: 'waiting' }] });
  await town.change(topic, ended(topic));
  const upheld = await town.ask(town.secretary, 'POST', `/topics/${topic._id}/answerObjection`, {
    objection: OBJECTION,
    answer: '说得对，换个地方',
    upheld: true,
    shown: true,
  });
  expect([upheld.status, upheld.body.code]).toEqual([200, undefined]);
  const first = await page(topic);
  for (const words of [
    '<p class="state">重新商量</p>',
    '已经撤下',
    '决议：在转角装两盏路灯',
    '异议成立）：说得对，换个地方',
  ]) {
    expect(first.text).toContain(words);
  }
  expect(first.text).not.toMatch(/装灯<br>|<h2>结果/u);
  for (const state of ['scheduled', 'discussing', 'voting', 'resolved', 'shelved'] as const) {
    await town.change(topic, { state });
    const { status, text } = await page(topic);
    expect([status, /重新商量/u.test(text), text.includes('决议：在转角装两盏路灯')]).toEqual([200, true, true]);
  }
});
