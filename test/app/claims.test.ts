import { Agent, request } from 'node:http';
import type { Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readAggregate } from '../../src/core/aggregate.ts';
import type { WishDoc } from '../../src/features/wishes/index.ts';
import { type WholeApp, wholeApp } from '../support/app.ts';
import { makePerson } from '../support/house.ts';

const WORKERS = 1_000;
const CONNECTIONS = 20;
const COMMUNITY = '990001001001';

let whole: WholeApp;
const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
const sockets = new Set<Socket>();

beforeAll(async () => {
  whole = await wholeApp();
});
afterAll(async () => {
  agent.destroy();
  await whole.close();
});

interface Answer {
  status: number;
  body: Record<string, unknown>;
}

/** Asks over the agent's connections, which `fetch` has no word for. */
async function post(person: string, path: string, body: unknown = {}): Promise<Answer> {
  const headers = { ...(await whole.signed(person)), 'content-type': 'application/json' };
  return new Promise((resolve, reject) => {
    const asked = request(`${whole.address}/api/v1${path}`, { agent, method: 'POST', headers }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, body: JSON.parse(Buffer.concat(parts).toString('utf8')) }),
      );
    });
    asked.on('socket', (socket) => sockets.add(socket));
    asked.on('error', reject);
    asked.end(JSON.stringify(body));
  });
}

const stored = (id: string) => readAggregate(whole.app.house.model<WishDoc>('wish'), id);

describe('a thousand people claim one wish at the same moment', () => {
  it('one wins, 999 are told that it is taken and what next, and the winner may ask again', async () => {
    const { house } = whole.app;
    const workers: string[] = [];
    for (let n = 0; n < WORKERS; n += 1) {
      const person = await makePerson(house, { area: COMMUNITY, roles: ['worker'], name: `第${n}位工作者` });
      workers.push(person._id);
      await whole.signed(person._id);
    }
    // Somebody without a sentinel: the wish is everybody's at once.
    const made = await post(whole.ids.孙桂芳, '/wishes', { text: '想要一个小点的电饭煲', category: 'goods' });
    expect(made.status).toBe(201);
    const id = String(made.body.id);
    expect((await post(whole.ids.陈建国, `/wishes/${id}/publish`)).status).toBe(200);

    const began = performance.now();
    const answers = await Promise.all(workers.map((worker) => post(worker, `/wishes/${id}/claim`)));
    const ms = Math.round(performance.now() - began);
    const won = workers.filter((_, n) => answers[n]?.status === 200);
    expect(won).toHaveLength(1);
    const refused = answers.filter(({ status }) => status !== 200);
    expect(refused).toHaveLength(WORKERS - 1);
    for (const { status, body } of refused) {
      expect({ status, code: body.code }).toEqual({ status: 409, code: 'already_claimed' });
      expect(body.detail).toMatch(/[\u4e00-\u9fff]/u);
      // Not even the winner's name is the losers' business.
      expect(JSON.stringify(body)).not.toContain('位工作者');
    }
    expect(sockets.size).toBe(CONNECTIONS);

    const winner = won[0] ?? '';
    const claimed = await stored(id);
    expect(claimed?.history.map(({ move, by }) => [move, by.id])).toEqual([
      ['submit', whole.ids.孙桂芳],
      ['publish', whole.ids.陈建国],
      ['claim', winner],
    ]);
    expect(claimed?.claimant?.id).toBe(winner);

    const again = await post(winner, `/wishes/${id}/claim`);
    expect(again.status).toBe(200);
    expect(again.body.version).toBe(3);
    expect((await stored(id))?.history).toHaveLength(3);
    await whole.app.push.drain();
    const told = await house.db.collection('deliveries').find({ message: 'wish.claimed' }).toArray();
    expect(told.map(({ to }) => to)).toEqual([whole.ids.孙桂芳]);
    expect(whole.errors).toEqual([]);
    console.log(`${WORKERS} claims over ${sockets.size} connections in ${ms} ms: 1 × 200, ${refused.length} × 409`);
  }, 60_000);
});
