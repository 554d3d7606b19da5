/** Who is behind an incident is shown to those who need it, and of everybody of whom something is shown it is written down. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { areas } from '../../../src/features/areas/index.ts';
import { type IncidentView, incidents } from '../../../src/features/incidents/index.ts';
import type { IncidentContact } from '../../../src/features/incidents/unmask.ts';
import { type Person, people } from '../../../src/features/people/index.ts';
import { type TestApi, testApi } from '../../support/api.ts';
import { makeCommunity, makePerson } from '../../support/house.ts';

let api: TestApi;
const cast: Record<string, Person> = {};

beforeAll(async () => {
  api = await testApi([areas, people, incidents]);
  const here = await makeCommunity(api.house, { name: '幸福里社区' });
  const [grid = ''] = here.grids;
  const make = async (name: string, roles: Parameters<typeof makePerson>[1]['roles'], phone: string) => {
    cast[name] = await makePerson(api.house, { name, area: grid, phone, ...(roles && { roles }) });
  };
  await make('王桂芳', ['resident'], '13900000001');
  await make('刘小燕', ['resident'], '13900000002');
  await make('吴刚', [{ role: 'grid_worker', area: grid }], '13900000003');
  await make('韦联户', [{ role: 'household_lead', area: grid }], '13900000004');
});
afterAll(() => api.close());

async function ask<T = IncidentView>(who: string, method: string, path: string, body?: unknown): Promise<T> {
  const answer = await api.call(cast[who], method, path, body);
  expect([answer.status, answer.status < 300 ? '' : answer.body]).toEqual([answer.status, '']);
  return answer.body as T;
}
const report = (who: string, body: object = {}) =>
  ask(who, 'POST', '/incidents', {
    text: '3栋楼下的路灯坏了，我是王桂芳，电话13812345678',
    category: 'facility',
    ...body,
  });
const WHY = '上门前电话联系';
const look = ({ id }: IncidentView) => ask<IncidentContact>('吴刚', 'POST', `/incidents/${id}/unmask`, { why: WHY });
const refused = async (who: string, id: string) =>
  ((await api.call(cast[who], 'POST', `/incidents/${id}/unmask`, {})).body as { code?: string }).code;

/** Of whom what was written down as looked at. */
async function looksOf({ number }: IncidentView): Promise<[string | undefined, string[]][]> {
  const names = new Map(Object.entries(cast).map(([name, { _id }]) => [_id, name]));
  const lines = await api.house.model('audits').find({ why: `事件${number}号：${WHY}` });
  const all = lines as unknown as { person: string; fields: string[] }[];
  return all.map(({ person, fields }) => [names.get(person), [...fields]]);
}

it('shows who is behind it to those who need it, on record, and to nobody else', async () => {
  const made = await report('王桂芳', { place: { address: '3栋2单元501' } });
  const text = '3栋楼下的路灯坏了，我是王桂芳，电话13812345678';
  expect(made).toMatchObject({ text, reports: [{ text }] });
  const masked = text.replace('13812345678', '138****5678');
  expect(await ask('吴刚', 'GET', `/incidents/${made.id}`)).toMatchObject({
    text: masked,
    reports: [{ text: masked }],
  });
  const shown = await look(made);
  expect(shown).toMatchObject({
    address: '3栋2单元501',
    reporters: [{ name: '王桂芳', phone: expect.stringMatching(/^139/u) }],
    words: [{ by: '王桂芳', text }],
  });
  expect(await looksOf(made)).toEqual([
    ['王桂芳', ['address', 'words']],
    ['王桂芳', ['name', 'phone']],
  ]);
  for (const [name, model] of Object.entries(api.house.db.models))
    expect(JSON.stringify(await model.find().lean()), name).not.toContain('13812345678');
  expect(await refused('韦联户', made.id)).toBe('forbidden');
  expect(await refused('刘小燕', made.id)).toBe('not_found');
});

it('names everybody who wrote what is shown, and how to reach each who reported the same', async () => {
  const first = await report('王桂芳');
  const second = await report('刘小燕', { text: '路灯不亮' });
  await ask('吴刚', 'POST', `/incidents/${second.id}/merge`, { into: first.id });
  const more = '天黑看不见路，请打13712345678';
  await ask('刘小燕', 'POST', `/incidents/${second.id}/add`, { text: more });
  const shown = await look(first);
  expect(shown.reporters).toEqual([
    { name: '王桂芳', phone: '13900000001' },
    { name: '刘小燕', phone: '13900000002' },
  ]);
  expect(shown.words).toMatchObject([{ by: '王桂芳' }, { by: '刘小燕', text: more }]);
  expect(await looksOf(first)).toEqual([
    ['王桂芳', ['words']],
    ['刘小燕', ['words']],
    ['王桂芳', ['name', 'phone']],
    ['刘小燕', ['name', 'phone']],
  ]);
});
