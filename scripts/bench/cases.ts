/** What the benchmark asks for, case by case. */
import type autocannon from 'autocannon';
import type { Cast } from './cast.ts';

/** A case, once whoever takes part in it has signed in. */
export type Case = () => Promise<Partial<autocannon.Options>>;

/**
 * The cases against a running house: a page of a grid's open wishes, one wish, a new wish, a claim.
 * Every claim is of another wish, by a worker of its community: none of them is a repeat, which would cost no write.
 */
export function casesOf(address: string, cast: Cast): Record<string, Case> {
  const asked = { get: 0, create: 0, claim: 0 };
  return {
    async list() {
      const authorization = await signIn(address, cast.worker);
      return { url: `${address}/api/v1/wishes?area=${cast.grid}&limit=20`, headers: { authorization } };
    },
    async get() {
      const authorization = await signIn(address, cast.worker);
      return each(address, () => ({
        method: 'GET',
        path: `/api/v1/wishes/${inTurn(cast.nearby, asked.get++)}`,
        headers: { authorization },
      }));
    },
    async create() {
      const tokens = await signInAll(address, cast.residents);
      return each(address, () => ({
        method: 'POST',
        path: '/api/v1/wishes',
        headers: {
          authorization: tokens.get(inTurn(cast.residents, asked.create)) ?? '',
          'content-type': 'application/json',
        },
        body: JSON.stringify({ text: `想要一台收音机，第${asked.create++}台，听听戏`, category: 'goods' }),
      }));
    },
    async claim() {
      const tokens = await signInAll(
        address,
        cast.claims.map(({ worker }) => worker),
      );
      return each(address, () => {
        const { wish, worker } = inTurn(cast.claims, asked.claim++);
        return {
          method: 'POST',
          path: `/api/v1/wishes/${wish}/claim`,
          headers: { authorization: tokens.get(worker) ?? '', 'content-type': 'application/json' },
          body: '{}',
        };
      });
    },
  };
}

async function signInAll(address: string, people: readonly string[]): Promise<Map<string, string>> {
  const tokens = new Map<string, string>();
  for (const person of new Set(people)) tokens.set(person, await signIn(address, person));
  return tokens;
}

async function signIn(address: string, person: string): Promise<string> {
  const answer = await fetch(`${address}/api/v1/session/demo`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ person }),
  });
  return `Bearer ${((await answer.json()) as { token: string }).token}`;
}

function each(url: string, make: () => autocannon.Request): Partial<autocannon.Options> {
  return { url, requests: [{ setupRequest: (request) => ({ ...request, ...make() }) }] };
}

function inTurn<T>(all: readonly T[], index: number): T {
  const one = all[index % all.length];
  if (one === undefined) throw new Error('nothing to pick from');
  return one;
}
