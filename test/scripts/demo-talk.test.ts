import { afterAll, beforeAll, expect, it } from 'vitest';
import { demoRoutes } from '../../scripts/demo/routes.ts';
import { areas } from '../../src/features/areas/index.ts';
import { people } from '../../src/features/people/index.ts';
import { makeCommunity, makePerson, type TestHouse, testHouse } from '../support/house.ts';

let test: TestHouse;
beforeAll(async () => {
  test = await testHouse([areas, people]);
});
afterAll(() => test.close());

it('in the demo nobody speaks or shows a picture as somebody who is not there', async () => {
  const said: string[] = [];
  const talk = { lines: () => [], on: () => () => undefined, show: async () => undefined };
  const routes = demoRoutes({ ...talk, say: async (who, text) => void said.push(`${who} ${text}`) });
  const post = (path: string, given: object) =>
    routes.find((route) => route.path === path)?.handle(given as never, test.house);
  const { grids, community } = await makeCommunity(test.house);
  const granny = await makePerson(test.house, { area: grids[0] ?? community, name: '王桂芳' });
  await post('/demo/chat', { body: { person: granny._id, text: '你好', group: false, mention: true } });
  expect(said).toEqual([`${granny._id} 你好`]);
  const unknown = { code: 'not_found', status: 404 };
  await expect(post('/demo/chat', { body: { person: 'nobody', text: '你好' } })).rejects.toMatchObject(unknown);
  await expect(post('/demo/chat/{person}/picture', { params: { person: 'nobody' } })).rejects.toMatchObject(unknown);
  expect(said).toHaveLength(1);
});
