import { afterEach, expect, it } from 'vitest';
import { isPlaceholder, packSchema } from '../../../src/features/duties/pack.ts';
import { SHIPPED } from '../../../src/features/duties/packs.ts';
import { refusedBy } from '../house';
import type { Reply } from '../phone';
import { from, type Me, type Pocket, phoneOf, settle } from '../pocket';

const COUNTY = '520201';
const AREA = `${COUNTY}001001`;
const admin: Me = { id: 'a', name: '方毅', roles: [{ role: 'admin', area: '5202' }], areas: [] };
const keeper: Me = {
  id: 'k',
  name: '何春梅',
  roles: [{ role: 'grid_worker', area: `${AREA}G01` }],
  areas: ['5202', AREA],
};
const shown = SHIPPED.map((pack) => ({ ...pack, placeholder: isPlaceholder(pack), inForce: true }));
const arriving = { code: 'item-1', title: '吵架必到', kind: 'arrive', rule: { on: 'quarrel', within: { hours: 2 } } };
const filled = shown.map((pack) =>
  pack.code === 'liu-bidao' ? { ...pack, placeholder: false, items: [arriving] } : pack,
);

let phone: Pocket;
let refusal: Reply | undefined;
afterEach(() => {
  phone.putAway();
  refusal = undefined;
  expect(refusedBy(phone.sent)).toEqual([]);
});

async function open(me: Me, path: string, query: Record<string, string> = {}, packs: unknown[] = shown) {
  phone = await phoneOf(me);
  phone.answer(({ url, method, data }): Reply => {
    const { pathname } = new URL(url);
    if (method === 'POST' && refusal) return refusal;
    if (pathname.endsWith('/duty-packs'))
      return { statusCode: 200, data: method === 'GET' ? { items: packs } : JSON.parse(String(data)) };
    if (pathname.endsWith('/duty-events'))
      return {
        statusCode: 201,
        data: { id: 'e1', title: '吵架必到', bearer: { id: 'k', name: '何春梅' }, by: '2999-03-10' },
      };
    if (pathname.endsWith('/children')) {
      const level = pathname.includes('/5202/') ? 'county' : 'street';
      return { statusCode: 200, data: { items: level === 'county' ? [{ code: COUNTY, name: '甲区', level }] : [] } };
    }
    return { statusCode: 200, data: { items: [], name: '第一网格' } };
  });
  const page = await phone.visit(path, query);
  await settle();
  return page;
}
const posted = () =>
  phone.sent
    .filter(({ method }) => method === 'POST')
    .map(({ url, data }) => [new URL(url).pathname.replace('/api/v1', ''), JSON.parse(String(data))]);

it('an admin fills in a rule that was only a name: a new version, for a place of its own, that nobody has checked', async () => {
  const page = await open(admin, 'work/duty-pack/duty-pack', { code: 'liu-bidao', own: 'true' });
  expect(page.data).toMatchObject({
    version: '',
    values: { source: '' },
    fields: [{ options: [{ label: '甲区' }] }, {}, {}],
  });
  page.fill?.(from({}, { name: 'area', value: COUNTY }));
  page.fill?.(from({}, { name: 'source', value: '甲区的通知' }));
  page.edit?.(from({ at: 0 }));
  page.fill?.(from({}, { name: 'how', value: 'event' }));
  page.keep?.();
  expect(page.data.fields).toMatchObject([{ wrong: '请给这一项起个名字。' }, {}, {}, {}, {}, {}]);
  page.fill?.(from({}, { name: 'title', value: '吵架必到' }));
  page.fill?.(from({}, { name: 'many', value: '2' }));
  page.fill?.(from({}, { name: 'unit', value: 'hours' }));
  page.keep?.();
  expect(page.data).toMatchObject({ open: -1, version: '第1版' });
  await page.send?.();
  const [[path, body] = []] = posted();
  expect(path).toBe('/duty-packs');
  expect(packSchema.parse(body)).toMatchObject({ area: COUNTY, version: 1, verified: false, source: '甲区的通知' });
  expect(body.items).toHaveLength(6);
  expect(body.items[0]).toEqual({ ...arriving, rule: { on: 'liu-bidao-item-1', within: { hours: 2 } } });
});

it('what the house refuses stands at its field, and nothing that was written is lost', async () => {
  const page = await open(admin, 'work/duty-pack/duty-pack', { code: 'liang-zoufang' });
  expect(page.data.version).toBe('第2版');
  const fields = [
    { path: 'source', problem: '请填写出处' },
    { path: 'items.1.title', problem: '名称太长了' },
  ];
  refusal = { statusCode: 422, data: { code: 'invalid_input', detail: '有两处要改。', fields } };
  page.fill?.(from({}, { name: 'source', value: '通知' }));
  await page.send?.();
  expect(page.data).toMatchObject({
    wrong: '有两处要改。',
    values: { source: '通知' },
    fields: [{}, { name: 'source', wrong: '请填写出处' }],
    lines: [{ wrong: '' }, { wrong: '名称太长了。' }],
  });
});

it('what was written and not saved is there again, until it is saved, thrown away or of a version that is past', async () => {
  const query = { code: 'liang-zoufang' };
  const page = await open(admin, 'work/duty-pack/duty-pack', query);
  page.fill?.(from({}, { name: 'source', value: '甲区的通知' }));
  page.edit?.(from({ at: 1 }));
  page.remove?.();
  page.edit?.(from({ at: 0 }));
  page.fill?.(from({}, { name: 'title', value: '写到一半' }));
  const again = async () => {
    const anew = await phone.visit('work/duty-pack/duty-pack', query);
    await settle();
    return anew;
  };
  const back = await again();
  expect(back.data).toMatchObject({ resumed: true, open: 0, values: { title: '写到一半' } });
  back.leave?.();
  expect(back.data).toMatchObject({ values: { source: '甲区的通知' }, lines: [{}] });
  back.startAnew?.();
  expect(back.data).toMatchObject({ resumed: false, lines: [{}, {}] });
  expect((await again()).data).toMatchObject({ resumed: false, open: -1 });
  const last = await again();
  last.fill?.(from({}, { name: 'source', value: '乙区的通知' }));
  await last.send?.();
  expect((await again()).data).toMatchObject({ resumed: false });
  last.fill?.(from({}, { name: 'source', value: '丙区的通知' }));
  shown.push({ ...(shown.find(({ code }) => code === query.code) as (typeof shown)[number]), version: 2 });
  expect((await again()).data).toMatchObject({ resumed: false, version: '第3版' });
  shown.pop();
});

it('items are added and taken out, but one stays', async () => {
  const page = await open(admin, 'work/duty-pack/duty-pack', { code: 'liang-zoufang' });
  const count = () => (page.data.lines as unknown[]).length;
  page.add?.();
  page.leave?.();
  expect(count()).toBe(2);
  page.edit?.(from({ at: 0 }));
  page.remove?.();
  expect(count()).toBe(1);
  page.edit?.(from({ at: 0 }));
  page.remove?.();
  expect(page.data.wrong).toContain('至少要有一项');
});

it('everybody sees what nobody has checked; an admin says so once, with a note', async () => {
  const page = await open(admin, 'work/duty-packs/duty-packs');
  const cards = page.data.cards as { title: string; tags: { word: string }[] }[];
  expect(cards.map(({ tags }) => tags.map(({ word }) => word)).filter((words) => !words.includes('未核实'))).toEqual(
    [],
  );
  expect(cards.filter(({ tags }) => tags[0]?.word === '待填写').map(({ title }) => title)).toEqual([
    '六必到',
    '七必访',
    '八必报',
  ]);
  page.begin?.(from({ id: 'liang-zoufang::1' }));
  await page.confirm?.();
  expect(page.data.wrong).toContain('写一句');
  page.write?.(from({}, { value: '对照过通知' }));
  phone.say({ confirm: true });
  await page.confirm?.();
  expect(posted()).toEqual([['/duty-packs/liang-zoufang/verification', { version: 1, note: '对照过通知' }]]);
  expect(page.data.cards).toMatchObject([{ tags: [{}, { word: '核实过' }] }, {}, {}, {}, {}]);
});

it('what happened is reported, its deadline seen, and taken back with a reason', async () => {
  const page = await open(keeper, 'work/happened/happened', {}, filled);
  page.fill?.(from({}, { name: 'event', value: 'quarrel' }));
  page.fill?.(from({}, { name: 'area', value: `${AREA}G01` }));
  page.fill?.(from({}, { name: 'day', value: '2026-03-09' }));
  page.fill?.(from({}, { name: 'time', value: '09:30' }));
  page.fill?.(from({}, { name: 'place', value: '2栋3单元501' }));
  page.fill?.(from({}, { name: 'what', value: '两家吵起来了' }));
  await page.send?.();
  const told = { place: '2栋3单元501', what: '两家吵起来了' };
  expect(posted()).toEqual([
    ['/duty-events', { event: 'quarrel', area: `${AREA}G01`, happenedAt: '2026-03-09T09:30:00+08:00', ...told }],
  ]);
  expect(page.data.done).toBe('“吵架必到”记下了，由您去，最晚2999年3月10日。');
  phone.say({ confirm: true, content: '弄错了' });
  await page.take?.();
  expect(posted().at(-1)).toEqual(['/duty-events/e1/drop', { reason: '弄错了' }]);
});

it('where the rules are only names, nothing can be reported and the page says why', async () => {
  const page = await open(keeper, 'work/happened/happened');
  expect(page.data).toMatchObject({ nothing: true, unfilled: '六必到、八必报' });
});
