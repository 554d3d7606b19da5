import { Agent, request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readAggregate } from '../../src/core/aggregate.ts';
import { areas } from '../../src/features/areas/index.ts';
import { type Person, people } from '../../src/features/people/index.ts';
import { type WishDoc, wishes } from '../../src/features/wishes/index.ts';
import { createHttp, type Http } from '../../src/http/index.ts';
import { makeCommunity, makePerson, type TestHouse, testHouse } from '../support/house.ts';

const WORKERS = 1_000;
const CONNECTIONS = 20;

let test: TestHouse;
let http: Http;
let port: number;
const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });

beforeAll(async () => {
  const features = [areas, people, wishes];
  test = await testHouse(features);
  http = createHttp({
    house: test.house,
    routes: features.flatMap((feature) => [...feature.routes]),
    tokenSecret: Buffer.alloc(32, 9),
    requestsPerMinute: 100_000,
  });
  ({ port } = await http.listen(0, '127.0.0.1'));
});
afterAll(async () => {
  agent.destroy();
  await http.close(1_000);
  await test.close();
});

interface Answer {
  status: number;
  body: Record<string, unknown>;
}

async function post(person: Person, path: string, body: unknown = {}): Promise<Answer> {
  const authorization = `Bearer ${await http.issueToken(person._id)}`;
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        agent,
        port,
        host: '127.0.0.1',
        method: 'POST',
        path: `/api/v1${path}`,
        headers: { authorization, 'content-type': 'application/json' },
      },
      (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, body: JSON.parse(Buffer.concat(parts).toString('utf8')) }),
        );
      },
    );
    asked.on('error', reject);
    asked.end(JSON.stringify(body));
  });
}

describe('a thousand people claim one wish at the same moment', () => {
  it('one wins, 999 are told who-not and what next, and the winner may ask again', async () => {
    const { community, grids } = await makeCommunity(test.house);
    const granny = await makePerson(test.house, { area: grids[0] ?? '', name: '王秀英' });
    const secretary = await makePerson(test.house, { area: community, roles: ['secretary'] });
    const workers: Person[] = [];
    for (let n = 0; n < WORKERS; n += 1)
      workers.push(await makePerson(test.house, { area: community, roles: ['worker'] }));

    const made = await post(granny, '/wishes', { text: '想要一个小点的电饭煲', category: 'goods' });
    expect(made.status).toBe(201);
    const id = String(made.body.id);
    expect((await post(secretary, `/wishes/${id}/publish`)).status).toBe(200);

    const answers = await Promise.all(workers.map((worker) => post(worker, `/wishes/${id}/claim`)));
    const won = workers.filter((_, n) => answers[n]?.status === 200);
    expect(won).toHaveLength(1);
    const refused = answers.filter(({ status }) => status !== 200);
    expect(refused).toHaveLength(WORKERS - 1);
    for (const { status, body } of refused) {
      expect(status).toBe(409);
      expect(body.code).toBe('already_claimed');
      expect(body.detail).toMatch(/[\u4e00-\u9fff]/u);
      expect(JSON.stringify(body)).not.toContain('居民');
    }

    const [winner] = won as [Person];
    const stored = await readAggregate(test.house.model<WishDoc>('wish'), id);
    expect(stored?.history.map(({ move }) => move)).toEqual(['submit', 'publish', 'claim']);
    expect(stored?.claimant?.id).toBe(winner._id);
    const again = await post(winner, `/wishes/${id}/claim`);
    expect(again.status).toBe(200);
    expect((await readAggregate(test.house.model<WishDoc>('wish'), id))?.version).toBe(3);
  });
});
