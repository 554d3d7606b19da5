import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DAY } from '../../../src/core/time.ts';
import { areas } from '../../../src/features/areas/index.ts';
import { bindContact, findPerson, type Person, people } from '../../../src/features/people/index.ts';
import { type TestApi, testApi } from '../../support/api.ts';
import { makeCommunity, makePerson, type TestCommunity } from '../../support/house.ts';
import { xlsxOf } from '../../support/sheets.ts';

let at: TestApi;
let here: TestCommunity;
let there: TestCommunity;
let wang: Person;
let li: Person;
let stranger: Person;
let chen: Person;
let admin: Person;
beforeAll(async () => {
  at = await testApi([areas, people], { demo: true });
  here = await makeCommunity(at.house);
  there = await makeCommunity(at.house);
  const area = here.grids[0] ?? '';
  wang = await makePerson(at.house, { name: '王秀英', area, phone: '15400000001', address: '3栋501', birthYear: 1945 });
  li = await makePerson(at.house, { name: '李敏', area: here.community, roles: ['worker'], skills: ['理发'] });
  stranger = await makePerson(at.house, { area: there.community, roles: ['worker'] });
  chen = await makePerson(at.house, { name: '陈建国', area: here.community, roles: ['secretary'] });
  admin = await makePerson(at.house, { name: '方毅', area: here.community, roles: ['admin'] });
});
afterAll(() => at.close());

const masked = () => ({
  id: wang._id,
  name: '王*',
  birthYear: 1945,
  phone: '154****0001',
  hasAddress: true,
  areas: here.areas,
  roles: [{ role: 'resident', area: here.community }],
  skills: [],
});

test('a person is shown masked to those whose rules cover them, with the own name to themselves, to no one else', async () => {
  for (const viewer of [li, chen, admin]) {
    expect(await at.call(viewer, 'GET', `/people/${wang._id}`)).toEqual({ status: 200, body: masked() });
  }
  expect(await at.call(wang, 'GET', `/people/${wang._id}`)).toEqual({
    status: 200,
    body: { ...masked(), name: '王秀英' },
  });
  expect((await at.call(stranger, 'GET', `/people/${wang._id}`)).status).toBe(404);
  expect((await at.call(wang, 'GET', `/people/${chen._id}`)).status).toBe(404);
  expect((await at.call(undefined, 'GET', `/people/${wang._id}`)).status).toBe(401);
  expect((await at.call(li, 'GET', '/people/nobody')).status).toBe(404);
});

test('unmasking shows what was asked and leaves a line that the person, the secretary and an admin can read', async () => {
  const ask = { fields: ['phone', 'idNumber'], why: '上门前联系' };
  expect(await at.call(li, 'POST', `/people/${wang._id}/unmask`, ask)).toEqual({
    status: 200,
    body: { phone: '15400000001' },
  });
  expect((await at.call(stranger, 'POST', `/people/${wang._id}/unmask`, ask)).status).toBe(404);
  expect((await at.call(admin, 'POST', `/people/${wang._id}/unmask`, ask)).status).toBe(403);
  expect((await at.call(li, 'POST', `/people/${wang._id}/unmask`, { fields: ['phone'] })).status).toBe(400);
  expect((await at.call(li, 'POST', `/people/${wang._id}/unmask`, { fields: ['openid'], why: '联系' })).status).toBe(
    400,
  );
  const line = { at: at.clock.now().toISOString(), by: '李敏', what: 'unmask', ...ask };
  for (const reader of [wang, chen, admin]) {
    expect(await at.call(reader, 'GET', `/people/${wang._id}/audits`)).toEqual({
      status: 200,
      body: { items: [line] },
    });
  }
  expect((await at.call(li, 'GET', `/people/${wang._id}/audits`)).status).toBe(403);
  expect((await at.call(stranger, 'GET', `/people/${wang._id}/audits`)).status).toBe(404);
});

test('who may not see somebody learns not even whether they are there: every route, every stranger', async () => {
  const bodies: Record<string, unknown> = {
    'post /people/{id}/unmask': { fields: ['phone'], why: '联系' },
    'post /people/{id}/roles': { role: 'volunteer', area: here.community },
  };
  const place = await makeCommunity(at.house);
  const granny = await makePerson(at.house, { area: place.community });
  const neighbour = await makePerson(at.house, { area: place.community });
  const worker = await makePerson(at.house, { area: there.community, roles: ['worker'] });
  const paths = people.routes.filter(({ path }) => path.startsWith('/people/{id}'));
  expect(paths.length).toBeGreaterThan(4);
  for (const { method, path } of paths) {
    for (const as of [stranger, neighbour, worker]) {
      const ask = async (id: string) => {
        const filled = path.replace('{id}', id).replace('{role}', 'volunteer').replace('{area}', here.community);
        const { status, body } = await at.call(as, method.toUpperCase(), filled, bodies[`${method} ${path}`]);
        return { status, body: { ...(body as object), requestId: '' } };
      };
      const real = await ask(granny._id);
      expect(real).toEqual(await ask('65f0c0ffee65f0c0ffee65f0'));
      expect([403, 404]).toContain(real.status);
    }
  }
});

test('people of an area come in pages, by role or all, to those who serve there', async () => {
  const page = await at.call(chen, 'GET', `/people?area=${here.community}&role=worker`);
  expect(page.body).toMatchObject({ items: [{ id: li._id, name: '李敏', skills: ['理发'] }] });
  const seen: string[] = [];
  let cursor = '';
  for (let round = 0; round < 10; round += 1) {
    const { body } = await at.call(chen, 'GET', `/people?area=${here.community}&limit=2${cursor}`);
    const { items, next } = body as { items: { id: string }[]; next?: string };
    seen.push(...items.map(({ id }) => id));
    if (next === undefined) break;
    cursor = `&cursor=${next}`;
  }
  expect(seen).toEqual([wang, li, chen, admin].map(({ _id }) => _id));
  for (const viewer of [wang, stranger]) {
    expect((await at.call(viewer, 'GET', `/people?area=${here.community}`)).status).toBe(403);
  }
  expect((await at.call(chen, 'GET', `/people?area=${here.street}`)).status).toBe(403);
  expect((await at.call(chen, 'GET', `/people?area=${here.community}&cursor=abc`)).status).toBe(400);
});

test('whoever knows a name finds that one, still masked; a part of it finds nobody, and a wide area is not walked through', async () => {
  const found = async (viewer: Person, area: string, query: string) => {
    const { status, body } = await at.call(viewer, 'GET', `/people?area=${area}&${query}`);
    return status === 200 ? (body as { items: object[] }).items : (body as { code: string }).code;
  };
  const name = (said: string) => `name=${encodeURIComponent(said)}`;
  expect(await found(chen, here.community, name(wang.name))).toMatchObject([{ id: wang._id, name: '王*' }]);
  expect(await found(chen, here.community, name(wang.name.slice(0, 2)))).toEqual([]);
  expect(await found(chen, here.community, `role=worker&${name(li.name)}`)).toMatchObject([{ id: li._id }]);
  expect(await found(chen, here.community, `role=worker&${name(chen.name)}`)).toEqual([]);
  expect(await found(wang, here.community, name(wang.name))).toBe('forbidden');
  const boss = await makePerson(at.house, { area: here.community, roles: [{ role: 'admin', area: here.street }] });
  expect(await found(boss, here.street, name(wang.name))).toBe('name_too_wide');
});

test('holders of a role are paged over a wide area as over a narrow one', async () => {
  const wide = await makeCommunity(at.house, { grids: 410 });
  const where = [wide.grids[3] ?? '', wide.community, wide.grids[400] ?? ''];
  const leads: string[] = [];
  for (const area of where) {
    // Where somebody lives does not matter, only where the role is held.
    leads.push((await makePerson(at.house, { area: there.community, roles: [{ role: 'household_lead', area }] }))._id);
  }
  const boss = await makePerson(at.house, { area: wide.community, roles: ['admin'] });
  const first = await at.call(boss, 'GET', `/people?area=${wide.community}&role=household_lead&limit=2`);
  const { items, next } = first.body as { items: { id: string }[]; next: string };
  const second = await at.call(
    boss,
    'GET',
    `/people?area=${wide.community}&role=household_lead&limit=2&cursor=${next}`,
  );
  const rest = second.body as { items: { id: string }[] };
  expect([...items, ...rest.items].map(({ id }) => id)).toEqual(leads);
  expect(second.body).not.toHaveProperty('next');
});

test('a role given over HTTP is felt at once and taken again', async () => {
  const volunteer = { role: 'volunteer', area: here.community };
  const given = await at.call(chen, 'POST', `/people/${wang._id}/roles`, volunteer);
  expect(given).toMatchObject({ status: 200, body: { roles: [{ role: 'resident' }, volunteer] } });
  expect((await at.call(li, 'POST', `/people/${wang._id}/roles`, volunteer)).status).toBe(403);
  const taken = await at.call(chen, 'DELETE', `/people/${wang._id}/roles/volunteer/${here.community}`);
  expect(taken).toMatchObject({ status: 200, body: { roles: [{ role: 'resident' }] } });
  expect((await at.call(chen, 'DELETE', `/people/${chen._id}/roles/secretary/${here.community}`)).status).toBe(403);
});

test('a code taken in the mini-program binds a chat; a worker takes one for somebody who has none', async () => {
  const own = await at.call(wang, 'POST', '/me/binding-code');
  expect(own.status).toBe(200);
  const { code } = own.body as { code: string };
  expect((await bindContact(at.house, { puppet: 'mock', id: 'granny' }, code))._id).toBe(wang._id);
  const forHer = await at.call(li, 'POST', `/people/${wang._id}/binding-code`);
  const openid = await at.house.directory.bindOpenid?.('openid-1', (forHer.body as { code: string }).code);
  expect(openid).toMatchObject({ id: wang._id, channel: 'api' });
  expect((await at.house.directory.byOpenid('openid-1'))?.id).toBe(wang._id);
  expect((await at.call(stranger, 'POST', `/people/${wang._id}/binding-code`)).status).toBe(404);
});

test('reminders are paused for some days and let in again', async () => {
  const until = new Date(at.clock.now().getTime() + 30 * DAY);
  expect(await at.call(wang, 'PUT', '/me/mute', { days: 30 })).toEqual({
    status: 200,
    body: { mutedUntil: until.toISOString() },
  });
  expect((await at.call(wang, 'GET', `/people/${wang._id}`)).body).toMatchObject({ mutedUntil: until.toISOString() });
  expect((await at.call(li, 'GET', `/people/${wang._id}`)).body).not.toHaveProperty('mutedUntil');
  expect(await at.call(wang, 'PUT', '/me/mute', { days: 0 })).toEqual({ status: 200, body: {} });
  expect((await findPerson(at.house, wang._id))?.mutedUntil).toBeUndefined();
  expect((await at.call(wang, 'PUT', '/me/mute', { days: 366 })).status).toBe(400);
});

test('everybody says how they want to be reached: the channel, and reminders one by one', async () => {
  at.house.reminders = [{ name: 'duties.monday', title: '本周要走访的人', called: ['周一'] }];
  const plain = { channel: 'auto', reminders: [{ name: 'duties.monday', title: '本周要走访的人', muted: false }] };
  expect((await at.call(wang, 'GET', '/me/push')).body).toEqual(plain);
  // Neither what is none, nor what is never muted; and then nothing of the rest is done either.
  for (const name of ['no.such', 'duties.overdue_secretary']) {
    const refused = await at.call(wang, 'PUT', '/me/push', { channel: 'inbox', mute: ['duties.monday', name] });
    expect(refused).toMatchObject({ status: 422, body: { code: 'not_mutable' } });
  }
  expect((await at.call(wang, 'GET', '/me/push')).body).toEqual(plain);
  const body = { channel: 'inbox', mute: ['duties.monday'] };
  expect((await at.call(wang, 'PUT', '/me/push', body)).body).toEqual({
    channel: 'inbox',
    reminders: [{ name: 'duties.monday', title: '本周要走访的人', muted: true }],
  });
  expect((await at.call(li, 'GET', '/me/push')).body).toEqual(plain);
  expect((await findPerson(at.house, wang._id))?.mutedMessages).toEqual(['duties.monday']);
  expect((await at.call(wang, 'PUT', '/me/push', { channel: 'auto', unmute: ['duties.monday'] })).body).toEqual(plain);
  expect((await at.call(wang, 'PUT', '/me/push', { channel: 'pigeon' })).status).toBe(400);
});

test('the demo’s picker lists people on duty first, and exists in demo mode only', async () => {
  const { status, body } = await at.call(undefined, 'GET', '/demo/people');
  expect(status).toBe(200);
  const { items } = body as {
    items: { id: string; title: string; area: { name: string }; roles: { role: string }[] }[];
  };
  expect(items.find(({ id }) => id === li._id)).toMatchObject({
    id: li._id,
    name: '李敏',
    title: '社区工作者',
    area: { code: here.community, name: '幸福里社区' },
  });
  const firstOffDuty = items.findIndex(({ roles }) => roles.every(({ role }) => role === 'resident'));
  const offDuty = items.slice(firstOffDuty);
  expect(offDuty).toContainEqual(
    expect.objectContaining({ id: wang._id, area: expect.objectContaining({ name: '第1网格' }) }),
  );
  const duties = items.map(({ title }) => title);
  expect(duties).toEqual([...duties].sort((a, b) => duties.indexOf(a) - duties.indexOf(b)));
  expect(offDuty.flatMap(({ roles }) => roles).every(({ role }) => role === 'resident')).toBe(true);
  const real = await testApi([areas, people]);
  try {
    expect((await real.call(undefined, 'GET', '/demo/people')).status).toBe(404);
  } finally {
    await real.close();
  }
});

test('an admin sends a register: first dry, then for good; wrong rows are listed and nothing is written', async () => {
  const header = ['姓名', '手机号', '区域编码'];
  const file = async (...rows: string[][]) =>
    new Uint8Array(await readFile(await xlsxOf(at.house.settings.folder, [header, ...rows])));
  const good = await file(['张福生', '15400000011', here.grids[1] ?? '']);
  const bad = await file(['张福生', '15400000011', there.community], ['', '15400000012', here.community]);
  const count = () => at.house.model('people').countDocuments({ areas: here.community });
  const before = await count();

  expect(await at.call(admin, 'POST', '/imports/people?dryRun=true', good)).toMatchObject({
    status: 200,
    body: { kind: 'people', rows: 1, added: 1, dryRun: true, imported: false, problems: [] },
  });
  expect(await at.call(admin, 'POST', '/imports/people', bad)).toMatchObject({
    status: 200,
    body: {
      imported: false,
      moreProblems: 0,
      problems: [
        { line: 2, column: '区域编码', reason: expect.stringContaining('不在您管理的区域内') },
        { line: 3, column: '姓名', reason: '这一格不能空着' },
      ],
    },
  });
  expect(await count()).toBe(before);
  expect(await at.call(admin, 'POST', '/imports/people', good)).toMatchObject({ body: { imported: true, added: 1 } });
  expect(await count()).toBe(before + 1);

  const grid = new TextEncoder().encode(`code,name\n${here.community}G09,第九网格\n`);
  expect(await at.call(admin, 'POST', '/imports/areas', grid)).toMatchObject({
    body: { kind: 'areas', imported: true, added: 1 },
  });
  expect((await at.call(admin, 'GET', `/areas/${here.community}G09`)).body).toMatchObject({ name: '第九网格' });

  for (const person of [chen, li, wang])
    expect((await at.call(person, 'POST', '/imports/people', good)).status).toBe(403);
  expect((await at.call(admin, 'POST', '/imports/wishes', good)).status).toBe(404);
  expect(await at.call(admin, 'POST', '/imports/people', new Uint8Array([1, 2, 0, 4]))).toMatchObject({
    status: 400,
    body: { code: 'file_unreadable' },
  });
});
