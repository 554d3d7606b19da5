/** Who is at a meeting: by the code, by the roll, through others. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MINUTE } from '../../../src/core/time.ts';
import { PACKS, type Pack } from '../../../src/features/ballots/index.ts';
import { packSchema } from '../../../src/features/ballots/pack.ts';
import type { Person } from '../../../src/features/people/index.ts';
import { attendingVoices, type TopicDoc } from '../../../src/features/topics/index.ts';
import { counted } from '../../../src/features/topics/meeting/voices.ts';
import { makePerson } from '../../support/house.ts';
import { CODE, ended, meetingOf, meetingTown, type Town } from './meeting-town.ts';

let town: Town;
beforeAll(async () => {
  town = await meetingTown({ quotas: true });
}, 60_000);
afterAll(() => town.close());

const neighbour = (at: number) => town.neighbours[at] as Person;
const path = (topic: TopicDoc, rest: string) => `/topics/${topic._id}/${rest}`;
const signIn = (who: Person, topic: TopicDoc, code = CODE) => town.ask(who, 'POST', path(topic, 'sign-in'), { code });
const attendance = (who: Person, topic: TopicDoc, query = '') =>
  town.ask(who, 'GET', path(topic, `attendance${query}`));
/** Puts a newer version of the meeting's pack in force, checked like every other, until it is taken back. */
function underRule(rule: object): { end(): void } {
  const all = PACKS as Pack[];
  const base = all.find(({ code }) => code === 'residents-meeting');
  all.push(packSchema.parse({ ...base, ...rule, version: (base?.version ?? 0) + 1 }));
  return { end: () => void all.pop() };
}
interface Line {
  voice: string;
  name: string;
  names?: string[];
  present: boolean;
  how?: string;
  proxy?: string;
  people?: { id: string; name: string }[];
}
const lines = async (topic: TopicDoc, query = ''): Promise<Line[]> =>
  ((await attendance(town.secretary, topic, query)).body.voices as { items: Line[] }).items;
const voiceOf = async (topic: TopicDoc, name: string) => (await lines(topic, `?q=${name}`))[0]?.voice ?? '';
const call = (topic: TopicDoc, voice: string, proxy?: string) =>
  town.ask(town.facilitator, 'POST', path(topic, 'attendance'), { voice, ...(proxy !== undefined && { proxy }) });

describe('who is there', () => {
  it('signs in by the code, a household once, with whoever of it comes and however often', async () => {
    const topic = await town.topic();
    const answers = await Promise.all([0, 1, 0, 1, 2].map((at) => signIn(neighbour(at), topic)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    const { body } = await attendance(neighbour(1), topic);
    expect(body).toEqual({
      session: 1,
      expected: 5,
      present: 2,
      enough: false,
      sentences: ['应到5户，到会2户，没有超过一半（至少要3户，还差1户），还不能开会。'],
      mine: true,
    });
    expect((await signIn(neighbour(3), topic)).body).toMatchObject({ present: 3, enough: true, mine: true });
    expect((await attendance(neighbour(4), topic)).body).toMatchObject({ mine: false });
    expect(await attendingVoices(town.house, topic)).toHaveLength(3);
  });

  it('knows the code only who leads, and tells whoever has it wrong whom to ask', async () => {
    const topic = await town.topic();
    expect((await attendance(town.facilitator, topic)).body).toMatchObject({ code: CODE });
    for (const who of [neighbour(0), town.worker]) {
      const { bytes } = await attendance(who, topic);
      expect(bytes.toString()).not.toMatch(/482913|voices|1-1-2/u);
    }
    expect(await signIn(neighbour(0), topic, '482914')).toMatchObject({
      status: 422,
      body: { code: 'wrong_code', detail: expect.stringContaining('主持人') },
    });
    expect(await attendingVoices(town.house, topic)).toEqual([]);
  });

  it.each([
    ['another community', 'stranger', {}, 404, 'not_found'],
    ['no household', 'worker', {}, 403, 'no_vote_here'],
    ['the place before it begins', 'neighbour', { state: 'scheduled' }, 409, 'meeting_not_begun'],
    ['the place once it is voted on', 'neighbour', { state: 'voting' }, 409, 'meeting_not_begun'],
  ] as const)('lets in nobody of %s', async (_, who, fields, status, code) => {
    const topic = await town.topic(fields);
    const answer = await signIn(who === 'neighbour' ? neighbour(2) : town[who], topic);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it('lets in whoever comes while it pauses', async () => {
    const topic = await town.topic();
    await town.change(topic, { meeting: { ...meetingOf(topic), pausedAt: town.clock.now() } });
    expect(await signIn(neighbour(2), topic)).toMatchObject({ status: 200, body: { present: 1 } });
  });

  it('is called by name, in the order of the doors, taken back, and never by a neighbour', async () => {
    const topic = await town.topic();
    expect((await lines(topic)).map(({ name }) => name)).toEqual(['1-1-2', '1-1-10', '2-1-1', '2-1-2', '2-1-3']);
    const first = (await attendance(town.secretary, topic, '?limit=2')).body.voices as { items: Line[]; next: string };
    const rest = await lines(topic, `?limit=9&cursor=${encodeURIComponent(first.next)}`);
    expect([...first.items, ...rest].map(({ name }) => name)).toHaveLength(5);
    const voice = await voiceOf(topic, '2-1-3');
    const both = await Promise.all([call(topic, voice), call(topic, voice)]);
    expect(both.map(({ body }) => body.present)).toEqual([1, 1]);
    expect((await lines(topic, '?q=2-1-3'))[0]).toMatchObject({ present: true, how: 'roll' });
    for (const [who, status] of [
      [neighbour(0), 403],
      [town.worker, 403],
      [town.stranger, 404],
    ] as const) {
      expect((await town.ask(who, 'POST', path(topic, 'attendance'), { voice })).status).toBe(status);
      expect((await town.ask(who, 'POST', path(topic, 'attendance/undo'), { voice })).status).toBe(status);
    }
    const undone = await town.ask(town.secretary, 'POST', path(topic, 'attendance/undo'), { voice });
    expect(undone.body).toMatchObject({ present: 0 });
    expect(await call(topic, 'f'.repeat(24))).toMatchObject({ status: 404 });
    // Once it is voted the roll is what people voted by.
    await town.change(topic, { state: 'voting' });
    expect(await town.ask(town.secretary, 'POST', path(topic, 'attendance/undo'), { voice })).toMatchObject({
      status: 409,
      body: { code: 'roll_fixed' },
    });
  });

  it('is found by its doors and by its names, whoever is still looked for first', async () => {
    const topic = await town.topic();
    const found = async (q: string) => (await lines(topic, `?q=${encodeURIComponent(q)}`)).map(({ name }) => name);
    expect((await lines(topic))[0]).toMatchObject({ name: '1-1-2', names: ['邻居0', '邻居1'] });
    expect(await found('邻居1')).toEqual(['1-1-2']);
    expect(await found(' 2-1 ')).toEqual(['2-1-1', '2-1-2', '2-1-3']);
    expect(await found('.')).toEqual([]);
    expect(await found('邻')).toHaveLength(5);
    await call(topic, await voiceOf(topic, '1-1-2'));
    await call(topic, await voiceOf(topic, '2-1-1'));
    const inOrder = ['1-1-10', '2-1-2', '2-1-3', '1-1-2', '2-1-1'];
    expect((await lines(topic)).map(({ name }) => name)).toEqual(inOrder);
    const byTwo: string[] = [];
    let cursor: string | undefined;
    do {
      const at = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const { body } = await attendance(town.secretary, topic, `?limit=2${at}`);
      const page = body.voices as { items: Line[]; next?: string };
      byTwo.push(...page.items.map(({ name }) => name));
      cursor = page.next;
    } while (cursor !== undefined);
    expect(byTwo).toEqual(inOrder);
  });

  it.each([
    ['while it is talked over', {}, { calls: true, undoes: true }],
    ['before', { state: 'scheduled' }, { calls: false, undoes: false }],
    ['while it is voted', { state: 'voting', vote: true }, { calls: true, undoes: false }],
    ['once it is over', { state: 'resolved' }, { calls: false, undoes: false }],
  ] as const)(
    'is told what can be done with the roll: %s',
    async (_, { vote, ...fields }: { state?: TopicDoc['state']; vote?: true }, may) => {
      const topic = await town.topic();
      const line = await voiceOf(topic, '2-1-3');
      await call(topic, line);
      const closesAt = new Date(town.clock.now().getTime() + MINUTE);
      const voting = { ballot: 'b'.repeat(24), closesAt } as NonNullable<TopicDoc['vote']>;
      await town.change(topic, {
        ...fields,
        ...(vote && { vote: voting }),
        ...(fields.state === 'resolved' && ended(topic)),
      });
      const { body } = await attendance(town.facilitator, topic);
      expect(body).toMatchObject(may);
      expect((await attendance(neighbour(0), topic)).body).not.toHaveProperty('calls');
      expect((await call(topic, line)).status).toBe(may.calls ? 200 : 409);
      const undo = await town.ask(town.facilitator, 'POST', path(topic, 'attendance/undo'), { voice: line });
      expect(undo.status).toBe(may.undoes ? 200 : 409);
    },
  );

  it('counts grown-ups where the rule counts them, and households where it counts owners or nobody', async () => {
    const topic = await town.topic();
    for (const [pack, sentence] of [
      ['owners', '应到5户，到会0户。'],
      ['courtyard-poll', '应到5户，到会0户。'],
    ] as const) {
      await town.change(topic, { meeting: { ...meetingOf(topic), pack } });
      expect((await attendance(neighbour(0), topic)).body).toMatchObject({ enough: true, sentences: [sentence] });
    }
    await town.change(topic, { meeting: { ...meetingOf(topic), pack: 'residents-meeting' } });
    const inForce = underRule({ electorate: 'adult' });
    try {
      expect((await signIn(neighbour(1), topic)).body).toMatchObject({ expected: 6, present: 1, mine: true });
      expect((await attendance(neighbour(0), topic)).body).toMatchObject({ mine: false });
    } finally {
      inForce.end();
    }
  });

  it('finds whoever was registered a moment ago, and counts them within a minute', async () => {
    const topic = await town.topic();
    await attendance(neighbour(0), topic);
    const late = await makePerson(town.house, { area: town.grid, household: '8-8-8' });
    expect((await signIn(late, topic)).body).toMatchObject({ expected: 6, present: 1, mine: true });
    await town.house.model<Person>('people').updateOne({ _id: late._id }, { $set: { active: false } });
    expect((await attendance(neighbour(0), topic)).body).toMatchObject({ expected: 6 });
    town.clock.shift(MINUTE);
    expect((await attendance(neighbour(0), topic)).body).toMatchObject({ expected: 5 });
  });

  it('is counted afterwards by the register of that day', async () => {
    const topic = await town.topic({ areas: [...(await town.topic()).areas] });
    await signIn(neighbour(2), topic);
    await town.change(topic, { state: 'resolved', ...ended(topic) });
    const people = town.house.model<Person>('people');
    await people.updateOne({ _id: neighbour(5)._id }, { $set: { active: false } });
    expect((await attendance(neighbour(0), topic)).body).toMatchObject({ expected: 5, present: 1 });
    await people.updateOne({ _id: neighbour(2)._id }, { $set: { active: false } });
    town.clock.shift(MINUTE);
    expect((await lines(topic)).at(-1)).toMatchObject({ name: '1-1-10', present: true });
    await people.updateMany({ _id: { $in: [neighbour(2)._id, neighbour(5)._id] } }, { $set: { active: true } });
    town.clock.shift(MINUTE);
  });
});

describe('those who stand for others', () => {
  it('are not let where the rule knows of none', async () => {
    const topic = await town.topic();
    await signIn(neighbour(0), topic);
    const refused = await call(topic, await voiceOf(topic, '2-1-1'), neighbour(0)._id);
    expect(refused).toMatchObject({ status: 422, body: { code: 'no_proxies' } });
  });

  it('are there themselves, stand for no more than the rule says also when all ask at once, and give way to who comes', async () => {
    const inForce = underRule({ proxies: { most: 2 } });
    try {
      const topic = await town.topic();
      const voices = await Promise.all(['1-1-10', '2-1-1', '2-1-2', '2-1-3'].map((name) => voiceOf(topic, name)));
      const [first = '', second = '', third = '', fourth = ''] = voices;
      const proxy = neighbour(0)._id;
      expect(await call(topic, first, proxy)).toMatchObject({ status: 422, body: { code: 'proxy_away' } });
      await signIn(neighbour(0), topic);
      expect(await call(topic, await voiceOf(topic, '1-1-2'), proxy)).toMatchObject({ body: { code: 'own_proxy' } });
      const answers = await Promise.all([first, second, third, fourth].map((voice) => call(topic, voice, proxy)));
      const codes = answers.map(({ status, body }) => (status === 200 ? 'in' : body.code)).sort();
      expect(codes).toEqual(['in', 'in', 'too_many_proxies', 'too_many_proxies']);
      const stood = (await lines(topic)).filter(({ how }) => how === 'proxy');
      expect(stood.map((one) => one.proxy)).toEqual(['邻居0', '邻居0']);
      expect((await lines(topic, '?q=1-1-2'))[0]?.people?.map(({ name }) => name)).toEqual(['邻居0', '邻居1']);
      const [given] = stood;
      const again = await call(topic, given?.voice ?? '', proxy);
      expect([again.status, again.body.present]).toEqual([200, 3]);
      expect(await attendingVoices(town.house, topic)).toContainEqual({ people: [neighbour(0)._id, neighbour(1)._id] });
      expect((await attendingVoices(town.house, topic)).filter((one) => one.proxy === proxy)).toHaveLength(2);

      // Who comes after all is there by themselves, and the place is free for another.
      await call(topic, given?.voice ?? '');
      const refused = [first, second, third, fourth].filter((_, at) => answers[at]?.status !== 200);
      expect((await call(topic, refused[0] ?? '', proxy)).status).toBe(200);
      expect((await call(topic, given?.voice ?? '', proxy)).body.code).toBe('there_already');

      // Where nobody is, nobody stands in.
      const own = await voiceOf(topic, '1-1-2');
      const { body } = await town.ask(town.facilitator, 'POST', path(topic, 'attendance/undo'), { voice: own });
      expect(body.present).toBe(1);
    } finally {
      inForce.end();
    }
  });

  it('count as long as they are there, whoever else is', () => {
    const row = fc.record({
      how: fc.constantFrom('code' as const, 'roll' as const, 'proxy' as const),
      people: fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 2 }),
      proxy: fc.constantFrom('a', 'b', 'c', 'd'),
    });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 8 }), (rows) => {
        const there = counted(rows);
        const came = new Set<string>();
        for (const one of rows) if (one.how !== 'proxy') for (const person of one.people) came.add(person);
        for (const one of rows) expect(there.includes(one)).toBe(one.how !== 'proxy' || came.has(one.proxy));
      }),
    );
  });
});

it('a code of six digits is not found by trying, nor by several at once', async () => {
  const topic = await town.topic();
  const tries = await Promise.all(
    Array.from({ length: 12 }, (_, n) => signIn(neighbour(0), topic, String(100_000 + n))),
  );
  expect(tries.filter(({ status }) => status === 422)).toHaveLength(10);
  expect(tries.filter(({ status }) => status === 429)).toHaveLength(2);
  expect(await signIn(neighbour(0), topic)).toMatchObject({ status: 429 });
  expect((await signIn(neighbour(2), topic)).status).toBe(200);
});
