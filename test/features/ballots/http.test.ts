/** A secret ballot over HTTP: what voters send lies nowhere afterwards, and nobody is told how it stands. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Log } from '../../../src/core/house.ts';
import { HOUR, MINUTE } from '../../../src/core/time.ts';
import { areas } from '../../../src/features/areas/index.ts';
import { ballots, draftBallot, moveBallot } from '../../../src/features/ballots/index.ts';
import { actorOf, type Person, people } from '../../../src/features/people/index.ts';
import { createHttp, type Http } from '../../../src/http/index.ts';
import { makeCommunity, makePerson, type TestHouse, testHouse } from '../../support/house.ts';

const features = [areas, people, ballots];
const said: string[] = [];
const note = (...line: unknown[]) => void said.push(JSON.stringify(line));
const log: Log = { debug: note, info: note, warn: note, error: note };

let test: TestHouse;
let http: Http;
let address: string;
let id: string;
const voters: Person[] = [];
const others: Person[] = [];

beforeAll(async () => {
  test = await testHouse(features, { log });
  const { community, street } = await makeCommunity(test.house);
  const area = `${community}G01`;
  for (let n = 0; n < 6; n += 1) voters.push(await makePerson(test.house, { area, household: `2-1-${n}` }));
  for (const role of ['secretary', 'facilitator', 'worker', 'grid_worker', 'volunteer', 'admin'] as const) {
    others.push(await makePerson(test.house, { area, roles: [role] }));
  }
  others.push(await makePerson(test.house, { area, roles: [{ role: 'supervisor', area: street }] }));
  http = createHttp({
    house: test.house,
    routes: features.flatMap(({ routes }) => [...routes]),
    tokenSecret: Buffer.alloc(32, 9),
    requestsPerMinute: 100_000,
  });
  const { port } = await http.listen(0, '127.0.0.1');
  address = `http://127.0.0.1:${port}/api/v1`;

  const [secretary] = others;
  if (!secretary) throw new Error('no secretary');
  const actor = actorOf(secretary, 'api');
  const caller = { actor, ability: test.house.abilityOf(actor), now: test.clock.now() };
  const { ballot } = await draftBallot(test.house, caller, community, {
    title: '要不要装路灯',
    question: '巷子口要不要装两盏路灯？',
    pack: 'courtyard-poll',
    secrecy: 'secret',
    opensAt: caller.now.toISOString(),
    closesAt: new Date(caller.now.getTime() + HOUR).toISOString(),
  });
  id = ballot._id;
  await moveBallot(test.house, caller, id, 'open');
}, 60_000);
afterAll(async () => {
  await http.close(500);
  await test.close();
});

async function ask(person: Person, method: string, path: string, body?: unknown, key?: string) {
  const response = await fetch(address + path, {
    method,
    headers: {
      authorization: `Bearer ${await http.issueToken(person._id)}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, text: await response.text() };
}

it('votes, checks and counts, and neither the store nor the log nor any answer says who chose what', async () => {
  const receipts: string[] = [];
  for (const [n, voter] of voters.entries()) {
    const { text } = await ask(voter, 'POST', `/ballots/${id}/receipt`, undefined, `receipt-${n}`);
    const { receipt } = JSON.parse(text) as { receipt: string };
    receipts.push(receipt);
    const vote = { choice: n < 4 ? 'for' : 'against', receipt };
    // As a phone with a bad line does: the same once more, under its key and under another.
    for (const key of [`vote-${n}`, `vote-${n}`, `again-${n}`]) {
      expect(await ask(voter, 'POST', `/ballots/${id}/vote`, vote, key)).toEqual({
        status: 200,
        text: '{"done":true}',
      });
    }
    const check = await ask(voter, 'POST', `/ballots/${id}/check`, { receipt }, `check-${n}`);
    expect(check).toEqual({ status: 200, text: '{"inUrn":true}' });
  }
  expect(new Set(receipts).size).toBe(voters.length);

  const hidden = /"choice"|"result"|"tally"|"against"/u;
  let answered = 0;
  for (const person of [...voters, ...others]) {
    for (const path of ['', '/electors', '/papers']) {
      const { status, text } = await ask(person, 'GET', `/ballots/${id}${path}`);
      if (status === 200) answered += 1;
      expect([path, hidden.test(text)]).toEqual([path, false]);
    }
  }
  expect(answered).toBeGreaterThan(voters.length + others.length);

  const stored: string[] = [];
  for (const { name } of (await test.house.db.db?.listCollections().toArray()) ?? []) {
    for await (const row of test.house.db.collection(name).find()) stored.push(`${name} ${JSON.stringify(row)}`);
  }
  expect(stored.some((row) => row.startsWith('idempotency'))).toBe(true);
  expect(said.length).toBeGreaterThan(30);
  for (const line of [...stored, ...said]) {
    for (const receipt of receipts) expect(line).not.toContain(receipt);
    expect(line).not.toMatch(/"(?:for|against|abstain)"/u);
  }

  test.clock.shift(HOUR + MINUTE);
  const [secretary] = others;
  const [voter] = voters;
  if (!secretary || !voter) throw new Error('nobody is there');
  expect((await ask(secretary, 'POST', `/ballots/${id}/count`, {})).status).toBe(200);
  const view = JSON.parse((await ask(voter, 'GET', `/ballots/${id}`)).text);
  expect(view).toMatchObject({
    state: 'counted',
    result: { outcome: 'passed', tally: { for: { heads: 4 }, against: { heads: 2 } } },
  });
  const check = await ask(voter, 'POST', `/ballots/${id}/check`, { receipt: receipts[0] });
  expect(JSON.parse(check.text)).toEqual({ inUrn: true, choice: 'for' });
});

it.each([
  ['q=1-3', 1],
  ['q=1.3', 0],
  ['q=%20', 6],
  ['way=phone', 6],
  ['way=paper', 0],
  ['way=none', 0],
  ['way=phone&q=2-1', 6],
])('finds voters at the door by a part of the name or by how they voted: %s', async (query, found) => {
  const [secretary] = others;
  if (!secretary) throw new Error('no secretary');
  const { items } = JSON.parse((await ask(secretary, 'GET', `/ballots/${id}/electors?${query}`)).text);
  expect(items).toHaveLength(found);
});

it('tells everybody the rules there are', async () => {
  const [voter] = voters;
  if (!voter) throw new Error('nobody is there');
  const { items } = JSON.parse((await ask(voter, 'GET', '/ballot-packs')).text);
  expect(items).toHaveLength(3);
  expect(items[0]).toMatchObject({ code: 'residents-meeting', verified: false, note: expect.any(String) });
});
