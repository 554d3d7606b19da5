import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { understand } from '../../../src/chat/understanding/index.ts';
import {
  type CertificateList,
  certificateNamed,
  certificates,
  certificatesIn,
  inForce,
  listSchema,
  SHIPPED,
  searched,
} from '../../../src/features/certificates/index.ts';
import type { Person } from '../../../src/features/people/index.ts';
import { createHttp, type Http } from '../../../src/http/index.ts';
import { chatWorld, FEATURES, type World } from '../../chat/world.ts';
import { makePerson } from '../../support/house.ts';

const known = inForce(SHIPPED, [], '2026-11-26');
const named = (name: string) => certificateNamed(name, known)?.name;

describe('the national list', () => {
  it('has the twenty certificates of its first part and what is asked for most besides, each name meaning one of them only', () => {
    expect(SHIPPED[0]?.items).toHaveLength(20);
    expect(known).toHaveLength(21);
    const names = known.flatMap(({ name, aliases }) => [name, ...aliases.map((alias) => `${alias}证明`)]);
    expect(new Set(names).size).toBe(names.length);
    for (const one of known) {
      for (const name of [one.name, ...one.aliases]) expect(certificateNamed(name, known)).toBe(one);
    }
  });

  it('says of each who issues it instead, and names where a checked one is written', () => {
    for (const { issuedBy, bring, verified, basis } of known) {
      expect(issuedBy + (bring ?? '')).not.toMatch(/[A-Za-z]|[。\n]$/u);
      if (verified) expect(basis).toMatch(/^《.+》/u);
    }
    expect(known.filter(({ verified }) => verified).map(({ name }) => name)).toEqual(['无犯罪记录证明', '死亡证明']);
  });

  it.each([
    ['无违法犯罪记录证明', '无犯罪记录证明'],
    ['父母健在证明', '健在证明'],
    ['未婚证明', '婚姻状况证明'],
    ['家庭无房证明', '居民财产证明'],
    ['户口簿遗失证明', '证件遗失证明'],
    ['户籍注销证明', '户口登记项目内容变更申请证明'],
    ['社区戒毒社区康复人员情况证明', '社区戒毒社区康复人员情况证明'],
    ['居住证明', '居住证明'],
    ['实际居住地证明', '居住证明'],
    // On no list, and near to none: nobody is sent anywhere.
    ['丧葬证明', undefined],
    ['家庭收入证明', undefined],
    ['出生地证明', undefined],
    ['证明', undefined],
    ['', undefined],
  ])('takes %s for %s', (name, meant) => {
    expect(named(name)).toBe(meant);
  });

  it('knows a name from any of the recorded questions, or knows that it does not', () => {
    const lines = readFileSync('test/chat/understanding/held-out.jsonl', 'utf8').trim().split('\n');
    const asked = lines
      .map((line) => JSON.parse(line))
      .filter(({ expect: { intent } }) => intent === 'certificate.ask');
    expect(asked.length).toBeGreaterThanOrEqual(3);
    for (const { text, role, place, now } of asked) {
      const { slots } = understand({ text, role, place, now: new Date(now) });
      const meant = slots.name === undefined ? undefined : named(slots.name);
      expect(certificatesIn(text, known).map(({ name }) => name)).toEqual(meant === undefined ? [] : [meant]);
    }
  });

  it('is searched by any part of a name', () => {
    expect(searched('', known)).toHaveLength(21);
    expect(searched('居住', known)[0]?.name).toBe('居住证明');
    expect(searched('单身', known).map(({ name }) => name)).toEqual(['婚姻状况证明']);
    expect(searched('遗失', known)[0]?.name).toBe('证件遗失证明');
    expect(searched('？', known)).toEqual([]);
  });
});

const [national] = SHIPPED;
const local = (change: Partial<CertificateList> = {}): CertificateList =>
  listSchema.parse({
    code: 'local',
    version: 1,
    title: '本省清单',
    source: '本省民政厅通知',
    province: '试验省',
    provinceCode: '99',
    effectiveFrom: '2026-01-01',
    items: [
      { name: '健在证明', aliases: ['健在'], issuedBy: '省里的窗口', verified: true },
      { name: '居住证明', aliases: ['居住'], issuedBy: '社区', byCommunity: true, bring: '身份证', verified: true },
    ],
    ...change,
  });

it('a province’s own list says before the country’s there and nowhere else, from its day on, its latest version', () => {
  const lists = [...SHIPPED, local(), local({ version: 2, effectiveFrom: '2027-01-01', title: '新清单' })];
  const at = (areas: string[], day: string) => certificateNamed('健在证明', inForce(lists, areas, day));
  expect(at(['9900'], '2026-03-01')).toMatchObject({ issuedBy: '省里的窗口', province: '试验省', title: '本省清单' });
  expect(at(['9900'], '2027-01-01')?.title).toBe('新清单');
  expect(at(['9900'], '2025-12-31')?.province).toBe('全国');
  expect(at(['5202'], '2026-03-01')?.province).toBe('全国');
  expect(inForce(lists, ['9900'], '2026-03-01')).toHaveLength(21);
});

describe('in the house', () => {
  let world: World;
  let http: Http;
  let port: number;
  let admin: Person;
  beforeAll(async () => {
    const features = [...FEATURES, certificates];
    world = await chatWorld({ features, intents: features.flatMap(({ intents }) => intents) });
    http = createHttp({
      house: world.house,
      routes: certificates.routes,
      tokenSecret: Buffer.alloc(32, 9),
      requestsPerMinute: 100_000,
    });
    ({ port } = await http.listen(0, '127.0.0.1'));
    admin = await makePerson(world.house, { area: world.community.city, roles: ['admin'] });
    await world.bindGroup('yard');
  }, 60_000);
  afterAll(async () => {
    await http.close(100);
    await world.close();
  });
  const says = async (text: string) => (await world.says('granny', text)).join('\n');
  async function call(as: Person | undefined, method: string, path: string, body?: unknown) {
    const answer = await fetch(`http://127.0.0.1:${port}/api/v1${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(as ? { authorization: `Bearer ${await http.issueToken(as._id)}` } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: (await answer.json()) as { items: { name: string }[]; code?: string } };
  }

  it('tells who issues it, by what, and what nobody has checked', async () => {
    expect(await says('社区能开婚姻状况证明吗')).toMatch(
      /“婚姻状况证明”社区不开此证明，请找：.*婚姻登记处。\n要带：.*\n依据：.*民发〔2020〕20号.*\n.*以窗口答复为准/u,
    );
    const checked = await says('无犯罪记录证明在你们这里开吗');
    expect(checked).toContain('派出所');
    expect(checked).not.toContain('以窗口答复为准');
    expect(await says('请问亲属关系证明和健在证明社区开不开')).toMatch(/“亲属关系证明”[\s\S]*“健在证明”/u);
  });

  it('asks which one is meant, and hands what it does not know to a human with the words', async () => {
    expect(await says('我要开证明')).toContain('您要开哪种证明');
    expect(await says('死亡的')).toContain('没有查到');
    expect(await says('我要开证明')).toContain('您要开哪种证明');
    expect(await says('健在')).toContain('掌上12333');
    expect(await says('老人走了，公墓那边要丧葬证明，社区开得了不')).toMatch(/没有查到[\s\S]*1\. 转给社区工作人员/u);
    expect(await says('1')).toContain('已经转给社区工作人员');
    const [call] = await world.house.db.collection('handoff').find().sort({ _id: -1 }).toArray();
    expect(JSON.stringify(call)).toContain('丧葬证明');
  });

  it('tells a group what anybody may read, and hands over alone', async () => {
    const from = world.said.length;
    await world.channel.receive('granny', '@好邻 健在证明找谁开', { room: 'yard', mention: true });
    expect(world.said.slice(from)).toMatchObject([{ to: { room: 'yard' }, text: expect.stringContaining('健在') }]);
  });

  it.each(['居住证明怎么开', '开居住证明', '居住证明在哪里开', '居住证明找谁开', '我要开居住证明'])(
    '%s is answered with what to bring and one of the community’s people',
    async (text) => {
      expect(await says(text)).toMatch(
        /“居住证明”由社区开，要带：.*\n.*居住证。.*为准。\n[\s\S]*1\. 转给社区工作人员/u,
      );
    },
  );

  it('shows the list to anybody and takes a new version from an admin of the city only', async () => {
    const found = await call(undefined, 'GET', `/certificates?q=${encodeURIComponent('健在')}`);
    expect(found).toMatchObject({
      status: 200,
      body: { items: [{ name: '健在证明', province: '全国', verified: false, byCommunity: false }] },
    });
    expect((await call(undefined, 'GET', '/certificates')).body.items).toHaveLength(21);
    const { code, ...body } = local();
    const path = `/certificate-lists/${code}`;
    expect((await call(world.persons.chen, 'PUT', path, body)).status).toBe(403);
    expect((await call(admin, 'PUT', path, { ...body, version: 2 })).body.code).toBe('list_version');
    const twice = [...body.items, ...body.items.slice(0, 1)];
    for (const wrong of [{ items: twice }, { items: [] }, { province: '全国' }, { provinceCode: undefined }]) {
      expect((await call(admin, 'PUT', path, { ...body, ...wrong })).body.code).toBe('invalid_input');
    }
    const both = await Promise.all([call(admin, 'PUT', path, body), call(admin, 'PUT', path, body)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await call(admin, 'GET', '/certificate-lists')).body.items).toHaveLength(3);
    const here = await call(undefined, 'GET', `/certificates?q=%E5%81%A5%E5%9C%A8&area=${world.community.community}`);
    expect(here.body.items[0]).toMatchObject({ province: '试验省', verified: true });
    expect(await says('居住证明社区开不开')).toMatch(/“居住证明”由社区开，要带：身份证。[\s\S]*1\. 转给社区工作人员/u);
  });

  it('says so where no human can be called', async () => {
    const alone = await chatWorld({
      features: FEATURES.filter(({ name }) => name !== 'handoffs').concat(certificates),
      intents: certificates.intents,
    });
    expect(await alone.says('granny', '丧葬证明社区开不开')).toEqual([expect.stringContaining('请直接问社区工作人员')]);
    await alone.close();
  });
});

it('comes from the national list, the same for everybody', () => {
  expect(national?.source).toContain('民发〔2020〕20号');
});
