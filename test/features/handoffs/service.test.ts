import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../../../src/core/caller.ts';
import { DAY } from '../../../src/core/time.ts';
import { areas } from '../../../src/features/areas/index.ts';
import {
  getHandoff,
  type HandoffDoc,
  handoffs,
  listHandoffs,
  moveHandoff,
  openHandoff,
} from '../../../src/features/handoffs/index.ts';
import { actorOf, type Person, people } from '../../../src/features/people/index.ts';
import { makeCommunity, makePerson, type TestHouse, testHouse } from '../../support/house.ts';

let test: TestHouse;
let granny: Caller;
let daughter: Caller;
let worker: Caller;
let stranger: Caller;

const as = (person: Person, key?: string): Caller => {
  const actor = actorOf(person, 'api');
  return { actor, ability: test.house.abilityOf(actor), now: test.clock.now(), ...(key === undefined ? {} : { key }) };
};

beforeAll(async () => {
  test = await testHouse([areas, people, handoffs]);
  const { community } = await makeCommunity(test.house);
  const elsewhere = await makeCommunity(test.house);
  granny = as(await makePerson(test.house, { area: `${community}G01` }));
  daughter = as(await makePerson(test.house, { area: `${community}G01` }));
  worker = as(await makePerson(test.house, { area: `${community}G01`, roles: ['worker'] }));
  stranger = as(await makePerson(test.house, { area: elsewhere.community, roles: ['worker'] }));
});
afterAll(async () => {
  await test.close();
});

describe('handing over', () => {
  it('counts within the community, and the same request hands over once', async () => {
    const first = await openHandoff(test.house, { ...granny, key: 'k1' }, { text: '电话打不通' });
    const again = await openHandoff(test.house, { ...granny, key: 'k1' }, { text: '电话打不通' });
    expect(first.repeated).toBe(false);
    expect(again).toMatchObject({ repeated: true, handoff: { _id: first.handoff._id, number: first.handoff.number } });
    const other = await openHandoff(test.house, daughter, { text: '门锁坏了' });
    expect(other.handoff.number).toBeGreaterThan(first.handoff.number);
  });

  it('takes no number for what is refused', async () => {
    const counter = () => test.house.db.collection('counters').findOne({ _id: /^handoff:/u as never });
    const before = await counter();
    await expect(openHandoff(test.house, granny, { text: '' })).rejects.toMatchObject({ code: 'invalid_input' });
    expect(await counter()).toEqual(before);
  });

  it('is read by the resident and those who serve the place, and by nobody else', async () => {
    const { handoff } = await openHandoff(test.house, granny, { text: '想问低保' });
    expect((await getHandoff(test.house, granny, handoff._id)).moves).toEqual(['add', 'close']);
    expect((await getHandoff(test.house, worker, handoff._id)).moves).toEqual(['answer', 'close']);
    await expect(getHandoff(test.house, daughter, handoff._id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(getHandoff(test.house, stranger, handoff._id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(moveHandoff(test.house, stranger, handoff._id, 'answer', { text: '好' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('is listed newest first, page by page, without one twice or missing', async () => {
    for (let i = 0; i < 5; i += 1) {
      test.clock.shift(i % 2 === 0 ? 0 : 1_000);
      await openHandoff(test.house, { ...daughter, now: test.clock.now() }, { text: `第${i}件` });
    }
    const all = (await listHandoffs(test.house, worker, { limit: 100 })).items.map((one) => one.id);
    const paged: string[] = [];
    for (let cursor: string | undefined, first = true; first || cursor; first = false) {
      const page = await listHandoffs(test.house, worker, { limit: 2, cursor });
      paged.push(...page.items.map((one) => one.id));
      cursor = page.next;
    }
    expect(paged).toEqual(all);
    expect(all.length).toBeGreaterThanOrEqual(7);
    expect((await listHandoffs(test.house, stranger, {})).items).toEqual([]);
    // Those that wait are a queue: whoever has waited longest comes first, page by page, too.
    const queue: string[] = [];
    for (let cursor: string | undefined, first = true; first || cursor; first = false) {
      const page = await listHandoffs(test.house, worker, { state: 'opened', limit: 2, cursor });
      queue.push(...page.items.map((one) => `${one.createdAt} ${one.id}`));
      cursor = page.next;
    }
    expect(queue.length).toBeGreaterThanOrEqual(5);
    expect(queue).toEqual([...queue].sort());
    const own = (await listHandoffs(test.house, granny, { mine: true })).items;
    expect(own.every((one) => one.requester.id === granny.actor.id)).toBe(true);
    const mineOfWorker = (await listHandoffs(test.house, worker, { mine: true })).items;
    expect(mineOfWorker).toEqual([]);
    await expect(listHandoffs(test.house, worker, { cursor: 'bent' })).rejects.toMatchObject({ code: 'invalid_input' });
  });
});

describe('somebody in danger', () => {
  it('stands above whatever came later, with the words that raised the alarm, until somebody answered', async () => {
    await test.house.db.collection('handoff').deleteMany({});
    const say = async (who: Caller, text: string, urgent = false) => {
      test.clock.shift(1_000);
      return (await openHandoff(test.house, { ...who, now: test.clock.now() }, { text, urgent })).handoff._id;
    };
    const more = (id: string, text: string, urgent = false) =>
      moveHandoff(test.house, { ...granny, now: test.clock.now() }, id, 'add', { text, urgent });
    const list = async () => {
      const seen: [string, boolean, string][] = [];
      for (let cursor: string | undefined, first = true; first || cursor; first = false) {
        const page = await listHandoffs(test.house, worker, { limit: 1, cursor });
        seen.push(...page.items.map((one): [string, boolean, string] => [one.id, one.urgent, one.gist]));
        cursor = page.next;
      }
      return seen;
    };
    const lamp = await say(granny, '楼道的灯坏了');
    const gas = await say(daughter, '我家燃气漏了', true);
    const low = await say(daughter, '想问低保');
    await more(lamp, '我胸口疼得厉害', true);
    await more(lamp, '改成明天');
    expect(await list()).toEqual([
      [gas, true, '我家燃气漏了'],
      [lamp, true, '我胸口疼得厉害'],
      [low, false, '想问低保'],
    ]);
    await moveHandoff(test.house, { ...worker, now: test.clock.now() }, lamp, 'answer', { text: '马上到' });
    await moveHandoff(test.house, { ...daughter, now: test.clock.now() }, gas, 'close', {});
    expect(await list()).toEqual([
      [low, false, '想问低保'],
      [gas, false, '我家燃气漏了'],
      [lamp, false, '马上到'],
    ]);
  });
});

describe('the clock', () => {
  const [job] = handoffs.jobs;
  const run = async (dryRun = false) => {
    const now = test.clock.now();
    return (await job?.run({ slot: now, now, late: false, dryRun }, test.house))?.lines ?? [];
  };

  it('tells the secretary once of what nobody answered, and closes what was answered and led to nothing more', async () => {
    await test.house.db.collection('handoff').deleteMany({});
    const { handoff: ignored } = await openHandoff(
      test.house,
      { ...granny, now: test.clock.now() },
      { text: '有人吗' },
    );
    const { handoff: answered } = await openHandoff(
      test.house,
      { ...daughter, now: test.clock.now() },
      { text: '在吗' },
    );
    await moveHandoff(test.house, { ...worker, now: test.clock.now() }, answered._id, 'answer', { text: '在的' });
    expect(await run()).toEqual([]);

    test.clock.shift(2 * DAY);
    expect(await run(true)).toEqual([`${ignored.community} ${ignored.number} escalate`]);
    expect(await run()).toHaveLength(1);
    expect(await run()).toEqual([]);
    const waiting = await test.house.db.collection('handoff').findOne({ _id: ignored._id as never });
    expect(waiting?.outbox.filter((entry: { message: string }) => entry.message === 'handoff.waiting')).toHaveLength(1);

    test.clock.shift(3 * DAY);
    expect(await run()).toEqual([`${answered.community} ${answered.number} lapse`]);
    expect((await getHandoff(test.house, daughter, answered._id)).state).toBe('closed');
  });

  it('looks often enough for an emergency, which is to be answered within a quarter of an hour', () => {
    expect(job).toMatchObject({ cron: '*/5 * * * *', makeUpWithinMs: DAY });
  });

  it('is not stopped by one it cannot move, and tells of it', async () => {
    const rows = test.house.db.collection<HandoffDoc>('handoff');
    await rows.deleteMany({});
    const { handoff } = await openHandoff(test.house, { ...granny, now: test.clock.now() }, { text: '有人吗' });
    const bent = Array.from({ length: 250 }, (_, n) => ({
      ...handoff,
      _id: n.toString(16).padStart(24, '0'),
      number: 1_000 + n,
      nextAt: new Date(handoff.nextAt?.getTime() ?? 0),
      history: null,
    }));
    await rows.insertMany(bent as never[]);
    test.clock.shift(4 * DAY);
    await expect(run()).rejects.toThrow('could not move 250 handoffs; 1 were moved');
    expect(await rows.findOne({ _id: handoff._id })).toMatchObject({ escalated: true });
  });
});
