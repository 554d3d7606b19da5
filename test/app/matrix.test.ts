import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rawCollection } from '../../src/core/aggregate.ts';
import { areas } from '../../src/features/areas/index.ts';
import { type Person, people } from '../../src/features/people/index.ts';
import { type WishDoc, type WishState, wishes, wishLifecycle } from '../../src/features/wishes/index.ts';
import { type TestApi, testApi } from '../support/api.ts';
import { makeCommunity, makePerson } from '../support/house.ts';
import { matrixWish, wishMatrix } from '../support/matrix.ts';
import { COMMUNITY, NOW, OTHER_COMMUNITY } from '../support/wishes.ts';

let api: TestApi;
const signedIn = new Map<string, Person>();
/** Of each move one state it starts from and one it does not are enough here; the engine's own matrix crosses all. */
const STATES: WishState[] = ['submitted', 'published', 'claimed', 'reopened', 'done', 'referred', 'closed'];
const cases = wishMatrix(STATES, ['community', 'otherCommunity', 'street']);

beforeAll(async () => {
  api = await testApi([areas, people, wishes]);
  api.clock.set(NOW);
  for (const code of [COMMUNITY, OTHER_COMMUNITY]) await makeCommunity(api.house, { code });
  for (const { actor } of cases) {
    if (actor.kind !== 'person' || signedIn.has(keyOf(actor))) continue;
    const id = signedIn.size.toString(16).padStart(24, '0');
    const area = actor.areas.at(-1) ?? `${COMMUNITY}G01`;
    signedIn.set(keyOf(actor), await makePerson(api.house, { id, name: actor.name, area, roles: [...actor.roles] }));
  }
});
afterAll(() => api.close());

/** The same person with and without a role are two people here. */
const keyOf = (actor: { id: string; roles: readonly unknown[] }): string =>
  `${actor.id} ${JSON.stringify(actor.roles)}`;

/** The wish of a case, with the people of the matrix under the ids they have here. */
function wishFor(state: WishState, actor: { id: string; roles: readonly unknown[] }, id: string): WishDoc {
  const person = signedIn.get(keyOf(actor));
  const text = JSON.stringify({ ...matrixWish(state), _id: id });
  const own = person ? text.replaceAll(actor.id, person._id) : text;
  const dated = (_key: string, value: unknown) =>
    typeof value === 'string' && /^\d{4}-\d\d-\d\dT.*Z$/.test(value) ? new Date(value) : value;
  return JSON.parse(own, dated) as WishDoc;
}

describe('who may do what, over HTTP', () => {
  it('is the matrix of the tables: 403 exactly where the policy says no, 401 for nobody', async () => {
    const collection = rawCollection(api.house.model<WishDoc>('wish'));
    const wrong: string[] = [];
    let asked = 0;
    for (const { title, move, state, actor, input, allowed } of cases) {
      if (actor.kind === 'system' || wishLifecycle.moves[move].by === 'system') continue;
      const id = (asked + 1_000).toString(16).padStart(24, 'a');
      await collection.insertOne({ ...wishFor(state, actor, id), number: asked + 1 } as WishDoc);
      const { status, body } = await api.call(signedIn.get(keyOf(actor)), 'POST', `/wishes/${id}/${move}`, input);
      const expected = actor.kind === 'anonymous' ? 401 : 403;
      if ((status === expected) === allowed || status >= 500) wrong.push(`${title}: ${status} ${JSON.stringify(body)}`);
      asked += 1;
    }
    expect(wrong.slice(0, 10)).toEqual([]);
    expect(asked).toBeGreaterThan(3_000);
  }, 240_000);

  it('has no way to a move of the house itself', async () => {
    const moves = Object.entries(wishLifecycle.moves).filter(([, { by }]) => by === 'system');
    expect(moves.length).toBeGreaterThan(3);
    const someone = [...signedIn.values()][0];
    for (const [move] of moves) {
      const { status } = await api.call(someone, 'POST', `/wishes/${'a'.repeat(24)}/${move}`, {});
      expect([404, 405]).toContain(status);
    }
  });
});
