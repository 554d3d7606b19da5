import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { areas } from '../../../src/features/areas/index.ts';
import { type Person, people } from '../../../src/features/people/index.ts';
import { wishes } from '../../../src/features/wishes/index.ts';
import { createHttp } from '../../../src/http/index.ts';
import { makeCommunity, makePerson, type TestHouse, testHouse } from '../../support/house.ts';

/** What only shows over HTTP: keys, limits, streams, and what is open without a token. */

const PHONE = '13912345678';
const ADDRESS = '人民路12号3栋2单元501';

let test: TestHouse;
let http: ReturnType<typeof createHttp>;
let base: string;
let community: string;
let granny: Person;
let chen: Person;
let zhao: Person;
let far: Person;
beforeAll(async () => {
  test = await testHouse([areas, people, wishes]);
  const here = await makeCommunity(test.house);
  const elsewhere = await makeCommunity(test.house);
  community = here.community;
  const [area = ''] = here.grids;
  granny = await makePerson(test.house, { area, name: '王桂芳', phone: PHONE });
  chen = await makePerson(test.house, { area, roles: ['secretary'] });
  zhao = await makePerson(test.house, { area, roles: ['volunteer'] });
  far = await makePerson(test.house, { area: elsewhere.community });
  http = createHttp({
    house: test.house,
    routes: [areas, people, wishes].flatMap((feature) => [...feature.routes]),
    tokenSecret: Buffer.alloc(32, 9),
    requestsPerMinute: 100_000,
  });
  base = `http://127.0.0.1:${(await http.listen(0, '127.0.0.1')).port}/api/v1`;
});
afterAll(async () => {
  await http.close(1_000);
  await test.close();
});

async function ask(as: Person | undefined, method: string, path: string, body?: unknown, key?: string) {
  const response = await fetch(base + path, {
    method,
    headers: {
      ...(as && { authorization: `Bearer ${await http.issueToken(as._id)}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return {
    status: response.status,
    body: (await response.json()) as Record<string, unknown>,
    headers: response.headers,
  };
}
const made = async (input: object = {}) => {
  const wish = { text: `我是王桂芳，电话${PHONE}，想要一台轮椅`, category: 'goods', address: ADDRESS, ...input };
  const { body } = await ask(granny, 'POST', '/wishes', wish);
  return String(body.id);
};
const moved = (as: Person, id: string, move: string, input: object = {}) =>
  ask(as, 'POST', `/wishes/${id}/${move}`, input);

describe('the contacts behind a wish', () => {
  it('are never kept under a key: asked again they are looked at and written down again, and refused once one helps no more', async () => {
    const id = await made();
    await moved(chen, id, 'publish');
    await moved(zhao, id, 'claim');
    const audits = () => test.house.db.collection('audits').countDocuments({ person: granny._id });
    const before = await audits();
    const look = () => ask(zhao, 'POST', `/wishes/${id}/unmask`, { why: '上门前打电话' }, 'look-1');
    for (let times = 1; times <= 2; times += 1) {
      const { status, body } = await look();
      expect([status, body]).toMatchObject([200, { address: ADDRESS, requester: { name: '王桂芳', phone: PHONE } }]);
      expect(await audits()).toBe(before + 2 * times);
    }
    const kept = JSON.stringify(await test.house.db.collection('idempotency').find({}).toArray());
    for (const secret of [PHONE, ADDRESS]) expect(kept).not.toContain(secret);
    await moved(zhao, id, 'release', { reason: '家里有事' });
    expect((await look()).status).toBe(403);
  });
});

describe('the wall', () => {
  it('needs no token, and shows nobody’s name, number, address or minute', async () => {
    const id = await made();
    await moved(chen, id, 'publish');
    const { status, body, headers } = await ask(undefined, 'GET', `/wishes/wall?area=${community}`);
    expect(status).toBe(200);
    // Several are posted at the same moment of a clock that stands still.
    const items = body.items as { id: string }[];
    expect(items.find((one) => one.id === id)).toMatchObject({ view: 'public', title: '想要一台轮椅' });
    const text = JSON.stringify(body);
    for (const secret of [PHONE, ADDRESS, '王桂芳', '桂芳', granny._id]) expect(text).not.toContain(secret);
    expect(headers.get('cache-control') ?? '').not.toContain('public');
    for (const path of ['/wishes?mine=true', `/wishes/${id}`, `/areas/${community}/live`]) {
      expect((await ask(undefined, 'GET', path)).status).toBe(401);
    }
    expect((await ask(undefined, 'GET', `/wishes/wall?area=${community}&column=waiting`)).status).toBe(400);
  });
});

describe('wishes that read like a text', () => {
  it('are looked for sixty times an hour and no more', async () => {
    const look = () => ask(far, 'POST', '/wishes/similar', { text: '想要一台轮椅', area: community });
    expect((await look()).body.items).toMatchObject([{ title: '想要一台轮椅' }, {}]);
    const statuses = new Set<number>();
    for (let times = 0; times < 60; times += 1) statuses.add((await look()).status);
    expect([...statuses]).toEqual([200, 429]);
  });
});

describe('a live board over HTTP', () => {
  it('sends strangers the wall’s changes as they happen', async () => {
    const waiting = await made();
    const leaving = new AbortController();
    const response = await fetch(`${base}/areas/${community}/live`, {
      headers: { authorization: `Bearer ${await http.issueToken(far._id)}` },
      signal: leaving.signal,
    });
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let heard = '';
    const until = async (what: string) => {
      while (!heard.includes(what)) heard += (await reader?.read())?.value ?? '';
    };
    await until('retry');
    const from = test.announced.length;
    await moved(granny, waiting, 'withdraw');
    const id = await made();
    await moved(chen, id, 'publish');
    for (const change of test.announced.slice(from)) {
      await test.house.coordination.publish(`board:${community}`, change);
    }
    await until('published');
    leaving.abort();
    expect(heard).toContain(`data: {"id":"${id}","state":"published"}`);
    expect(heard).not.toContain(waiting);
  });
});
