/** Whom the house tells what: after a day's work no number or address lies in the store in clear, and no route shows one. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { demo } from '../../scripts/seed/demo.ts';
import { DAY, dayOf } from '../../src/core/time.ts';
import { fieldPlace, type Person } from '../../src/features/people/index.ts';
import { filled, operationsOf, type WholeApp, wholeApp } from '../support/app.ts';

let whole: WholeApp;
const WISH_ADDRESS = '天马巷99号7楼';
const ID_NUMBER = '990001194503070021';
const { wish, handoff, booking } = { wish: { id: '' }, handoff: { id: '' }, booking: { id: '' } };
/** What nobody reads by the way, and whose it is. */
const secrets = new Map<string, string>();
/** Codes that were given out. */
const codes: string[] = [];
let keys = 0;

/** Asks under a key, twice, as a phone with a bad line does; both answers must be good. */
async function twice(person: string, method: string, path: string, body?: unknown): Promise<unknown> {
  keys += 1;
  const answers: unknown[] = [];
  for (let n = 0; n < 2; n += 1) {
    const response = await fetch(`${whole.address}/api/v1${path}`, {
      method,
      headers: {
        ...(await whole.signed(person)),
        'idempotency-key': `surface-${keys}`,
        'content-type': 'application/json',
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    expect([method, path, response.status < 300 || text]).toEqual([method, path, true]);
    answers.push(JSON.parse(text));
  }
  return answers[1];
}

beforeAll(async () => {
  whole = await wholeApp();
  const { ids, app } = whole;
  const { house } = app;
  const granny = ids.王秀英;
  const sealed = house.vault.seal(ID_NUMBER, fieldPlace(granny, 'idNumber'));
  await house.model<Person>('people').updateOne({ _id: granny }, { $set: { idNumber: sealed } });

  wish.id = (
    (await twice(granny, 'POST', '/wishes', {
      text: '想换一个灯泡，够不着',
      category: 'repair',
      address: WISH_ADDRESS,
    })) as { id: string }
  ).id;
  await twice(ids.陈建国, 'POST', `/wishes/${wish.id}/publish`);
  await twice(ids.李敏, 'POST', `/wishes/${wish.id}/claim`);
  const seen = await twice(ids.李敏, 'POST', `/wishes/${wish.id}/unmask`, { why: '上门前电话联系' });
  expect(JSON.stringify(seen)).toContain(WISH_ADDRESS);
  const ask = { fields: ['phone', 'idNumber', 'address'], why: '上门走访前核对' };
  expect(JSON.stringify(await twice(ids.李敏, 'POST', `/people/${granny}/unmask`, ask))).toContain(ID_NUMBER);
  const code = (await twice(ids.李敏, 'POST', `/people/${granny}/binding-code`)) as { code: string };
  codes.push(code.code, ((await twice(ids.刘洋, 'POST', '/me/binding-code')) as { code: string }).code);
  handoff.id = ((await twice(granny, 'POST', '/handoffs', { text: '楼道的灯坏了，想找人看看' })) as { id: string }).id;
  const meeting = { day: dayOf(new Date(Date.now() + 2 * DAY)), from: '10:00', to: '11:00', purpose: '说说楼道灯' };
  booking.id = ((await twice(ids.李敏, 'POST', `/venues/${demo.venues[0]}/bookings`, meeting)) as { id: string }).id;
  await app.push.drain();

  for (const { _id, ...person } of await house.model<Person>('people').find().lean<Person[]>()) {
    for (const field of ['phone', 'idNumber', 'address'] as const) {
      const kept = person[field];
      if (kept !== undefined) secrets.set(house.vault.open(kept, fieldPlace(_id, field)), _id);
    }
  }
  secrets.set(WISH_ADDRESS, granny);
  expect(secrets.size).toBeGreaterThan(25);
}, 60_000);
afterAll(() => whole.close());

it('nothing of it lies in the store in clear, in whatever collection, and no code that was given out', async () => {
  const { db } = whole.app.house.db;
  const collections = (await db?.listCollections().toArray()) ?? [];
  const found: string[] = [];
  let documents = 0;
  for (const { name } of collections) {
    for await (const document of db?.collection(name).find() ?? []) {
      documents += 1;
      const text = JSON.stringify(document);
      for (const secret of [...secrets.keys(), ...codes]) if (text.includes(secret)) found.push(`${name}: ${secret}`);
    }
  }
  expect(found).toEqual([]);
  expect(collections.map(({ name }) => name)).toEqual(expect.arrayContaining(['idempotency', 'audits', 'wish']));
  expect(documents).toBeGreaterThan(60);
});

it('no route that is read shows it to anybody, but its own address to whoever wished', async () => {
  const reading = operationsOf(whole.app.http.openapi()).filter(
    ({ method, path }) => method === 'GET' && !path.endsWith('/live'),
  );
  const { ids } = whole;
  const people = [ids.王秀英, ids.刘洋, ids.陈建国];
  const { community } = demo;
  const targets = (path: string): string[] => {
    if (!path.includes('{')) return [''];
    if (path.startsWith('/wishes')) return [wish.id];
    if (path.startsWith('/handoffs')) return [handoff.id];
    if (path.startsWith('/venues')) return demo.venues;
    if (path.startsWith('/bookings')) return [booking.id];
    return path.startsWith('/areas') ? [community] : people;
  };
  const queries = [
    '',
    `?area=${community}`,
    `?area=${community}&role=resident`,
    `?area=${community}&q=灯泡`,
    '?mine=true',
  ];
  const told: string[] = [];
  let answered = 0;
  for (const viewer of [undefined, ...Object.values(ids)]) {
    for (const { path } of reading) {
      for (const target of targets(path)) {
        const place = path.replace('{number}', '1');
        for (const query of path.includes('{') ? [''] : queries) {
          const { status, body } = await whole.ask(viewer, 'GET', filled(place, target) + query).catch(() => ({
            status: 0,
            body: undefined,
          }));
          if (status === 200) answered += 1;
          const text = JSON.stringify(body ?? '');
          for (const [secret, owner] of secrets) {
            if (text.includes(secret) && !(secret === WISH_ADDRESS && viewer === owner)) {
              told.push(`${path}${query} told ${viewer} ${secret}`);
            }
          }
          for (const code of codes) if (text.includes(code)) told.push(`${path}${query} told ${viewer} a code`);
        }
      }
    }
  }
  expect([...new Set(told)]).toEqual([]);
  expect(answered).toBeGreaterThan(reading.length * 10);
  expect(whole.errors).toEqual([]);
}, 240_000);
