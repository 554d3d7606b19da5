/** What the benchmark asks for, case by case. */
import type autocannon from 'autocannon';
import type { Cast } from './cast.ts';

/**
 * The cases against a running house: a page of a grid's open wishes, one wish, a new wish, a claim.
 * Every claim is of another wish, by a worker of its community: none of them is a repeat, which would cost no write.
 */
export async function casesOf(address: string, cast: Cast): Promise<Record<string, Partial<autocannon.Options>>> {
  const tokens = new Map<string, string>();
  const signIn = async (person: string): Promise<string> => {
    const known = tokens.get(person);
    if (known !== undefined) return known;
    const answer = await fetch(`${address}/api/v1/session/demo`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ person }),
    });
    const token = `Bearer ${((await answer.json()) as { token: string }).token}`;
    tokens.set(person, token);
    return token;
  };
  const authorization = await signIn(cast.worker);
  const authors: string[] = [];
  for (const resident of cast.residents) authors.push(await signIn(resident));
  for (const { worker } of cast.claims) await signIn(worker);
  const asked = { get: 0, create: 0, claim: 0 };

  return {
    list: { url: `${address}/api/v1/wishes?area=${cast.grid}&limit=20`, headers: { authorization } },
    get: each(address, () => ({
      method: 'GET',
      path: `/api/v1/wishes/${inTurn(cast.nearby, asked.get++)}`,
      headers: { authorization },
    })),
    create: each(address, () => ({
      method: 'POST',
      path: '/api/v1/wishes',
      headers: { authorization: inTurn(authors, asked.create), 'content-type': 'application/json' },
      body: JSON.stringify({ text: `想要一台收音机，第${asked.create++}台，听听戏`, category: 'goods' }),
    })),
    claim: each(address, () => {
      const { wish, worker } = inTurn(cast.claims, asked.claim++);
      return {
        method: 'POST',
        path: `/api/v1/wishes/${wish}/claim`,
        headers: { authorization: tokens.get(worker) ?? '', 'content-type': 'application/json' },
        body: '{}',
      };
    }),
  };
}

function each(url: string, make: () => autocannon.Request): Partial<autocannon.Options> {
  return { url, requests: [{ setupRequest: (request) => ({ ...request, ...make() }) }] };
}

function inTurn<T>(all: readonly T[], index: number): T {
  const one = all[index % all.length];
  if (one === undefined) throw new Error('nothing to pick from');
  return one;
}
