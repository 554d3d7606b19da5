import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { areaFrom, areaText } from '../../../miniprogram/work/owners/area';
import { fitOf, linesOf, type Owner, pasteInto, totalsWord } from '../../../miniprogram/work/owners/roll';
import { refusedBy } from '../house';
import type { Reply, Sent } from '../phone';
import { from, type OpenPage, type Pocket, phoneOf, settle } from '../pocket';

const owner = (name: string, area = 8_050, ...accounts: string[]): Owner => ({
  name,
  area,
  people: accounts.map((id) => ({ id, name: id })),
});

describe('an area', () => {
  it('is kept exactly, however it is written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000_000 }), (hundredths) => {
        expect(areaFrom(areaText(hundredths))).toBe(hundredths);
        expect(areaFrom(`${areaText(hundredths)} 平方米`)).toBe(hundredths);
      }),
    );
    expect(['80.5', '８０．５', '80.50㎡', '1,080.5', '0.01'].map(areaFrom)).toEqual([8_050, 8_050, 8_050, 108_050, 1]);
  });

  it.each([
    ['', '没有写'],
    ['八十', '数字'],
    ['80.555', '两位小数'],
    ['0', '大于0'],
    ['0.00', '大于0'],
    ['-5', '数字'],
    ['9999999', '太大'],
    ['1e3', '数字'],
  ])('%s is told what is wrong', (written, words) => expect(areaFrom(written)).toContain(words));
});

describe('many lines at once', () => {
  it('are taken one by one, and what is wrong with each is said', () => {
    const text =
      '王秀英 3-2-501 80.5\n\n李强,4-1-101,92㎡\n赵云\t5-1-2\t一百\n钱多 88\n12 3-1 80\n安国华 6-1-3 80.555\n李四 6-1-4 70.1 平方米';
    const { owners, added, left, unsure } = pasteInto([], text);
    expect(owners.map(({ name, area }) => [name, area])).toEqual([
      ['李四 6-1-4', 7_010],
      ['李强 4-1-101', 9_200],
      ['王秀英 3-2-501', 8_050],
    ]);
    expect([added, unsure]).toEqual([3, []]);
    expect(left.map(({ line, words }) => [line, words])).toEqual([
      [4, '面积要写成数字，例如80.5'],
      [5, '没有写门牌'],
      [6, '开头要写名字'],
      [7, '面积最多写两位小数'],
    ]);
    expect(totalsWord(owners)).toBe('登记了3位业主，一共242.6平方米。');
  });

  it('lose nothing: every line is entered, asked about or handed back', () => {
    const part = fc.constantFrom(
      '王秀英',
      '李强',
      '3-2-501',
      '4-1',
      '80.5',
      '0',
      '92㎡',
      '，',
      ' ',
      '\t',
      '=1',
      '平方米',
    );
    const line = fc.array(part, { maxLength: 6 }).map((parts) => parts.join(' '));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        const { owners, added, left, unsure } = pasteInto([owner('李强 1-1-1')], lines.join('\n'));
        expect(added + left.length + unsure.length).toBe(lines.filter((one) => one.trim() !== '').length);
        expect(owners).toHaveLength(1 + added);
      }),
    );
  });

  it('of a name that is listed are asked about, and the very same twice is refused', () => {
    const { unsure, left } = pasteInto([owner('王秀英 3-2-501')], '王秀英 6-1-3 70\n王秀英 3-2-501 80.5');
    expect(unsure).toMatchObject([{ name: '王秀英', door: '6-1-3', area: 7_000 }]);
    expect(left).toMatchObject([{ line: 2, words: '名单里已经有这一位的这套房' }]);
  });
});

it('whoever votes by the same account is one owner with all their flats, and two accounts are two', () => {
  const owners = [owner('王秀英 3-2-501', 8_050, 'p1')];
  const flat = { name: '王秀英', door: '6-1-3', area: 7_000 };
  expect(fitOf(owners, { ...flat, people: [{ id: 'p1', name: '王秀英' }] })).toMatchObject({
    kind: 'same',
    owner: { name: '王秀英 3-2-501、6-1-3', area: 15_050 },
  });
  expect(fitOf(owners, { ...flat, people: [{ id: 'p2', name: '王秀英' }] })).toMatchObject({ kind: 'new' });
  expect(linesOf(owners, '501')).toMatchObject([{ area: '80.5平方米', tag: '手机、纸质票都行' }]);
});

describe('the page', () => {
  const ME = {
    id: 'p9',
    name: '陈建国',
    roles: [{ role: 'secretary' as const, area: '520201011001' }],
    areas: ['5202'],
  };
  let phone: Pocket;
  let enrol: (request: Sent) => Reply;
  let stored: { version: number; owners: Owner[] };
  const ok = (data: unknown): Reply => ({ statusCode: 200, data });
  const sent = () => phone.sent.filter(({ url }) => url.endsWith('/enrol')).map(({ data }) => JSON.parse(String(data)));

  beforeEach(async () => {
    phone = await phoneOf(ME);
    stored = { version: 1, owners: [owner('王秀英 3-2-501', 8_050, 'p1')] };
    enrol = ({ data }) => {
      const { owners } = JSON.parse(String(data));
      stored = { version: stored.version + 1, owners };
      return ok({ version: stored.version });
    };
    phone.answer((request) => {
      const { pathname } = new URL(request.url);
      if (pathname.endsWith('/enrol')) return enrol(request);
      if (pathname.endsWith('/owners')) return ok(stored);
      if (pathname.endsWith('/residents')) return ok({ items: [{ id: 'p2', name: '孙桂芳', household: '3-1-102' }] });
      return ok({ id: 'b1', title: '修屋顶', state: 'drafted', moves: ['enrol'] });
    });
  });
  afterEach(() => phone.putAway());

  async function open(): Promise<OpenPage> {
    const page = await phone.visit('work/owners/owners', { id: 'b1' });
    await settle();
    return page;
  }
  const write = (page: OpenPage, fields: Record<string, string>) => {
    for (const [field, value] of Object.entries(fields)) page.write?.(from({ field }, { value }));
  };

  it('adds whoever lives there by choosing them, takes them out again and undoes that', async () => {
    const page = await open();
    write(page, { name: '孙桂', area: '91.2' });
    await page.seek?.();
    page.choose?.(from({ id: 'p2' }));
    expect(page.data.form).toEqual({ name: '孙桂芳', door: '3-1-102', area: '91.2' });
    await page.add?.();
    const both = [
      { name: '孙桂芳 3-1-102', area: 9_120, people: ['p2'] },
      { name: '王秀英 3-2-501', area: 8_050, people: ['p1'] },
    ];
    expect(sent()).toEqual([{ version: 1, owners: both }]);
    expect(page.data).toMatchObject({ totals: '登记了2位业主，一共171.7平方米。', form: { name: '' }, chosen: [] });
    await page.remove?.(from({ at: 1 }));
    expect(page.data).toMatchObject({ totals: '登记了1位业主，一共91.2平方米。', said: '删掉了：王秀英 3-2-501。' });
    await page.undo?.();
    expect(sent().at(-1)).toEqual({ version: 3, owners: both });
    expect(page.data.undoes).toBe(false);
    expect(refusedBy(phone.sent)).toEqual([]);
  });

  it('says what is missing, asks which of the same name it is, and changes one', async () => {
    const page = await open();
    await page.add?.();
    expect(page.data.wrong).toContain('名字');
    write(page, { name: '王秀英', door: '6-1-3', area: '70' });
    await page.add?.();
    expect(sent()).toEqual([]);
    expect(page.data.unsure).toMatchObject([{ whose: '王秀英 3-2-501' }]);
    await page.isSame?.(from({ text: '王秀英 6-1-3 70' }));
    expect(sent().at(-1).owners).toEqual([{ name: '王秀英 3-2-501、6-1-3', area: 15_050, people: ['p1'] }]);
    expect(page.data).toMatchObject({ unsure: [], form: { name: '' } });
    page.change?.(from({ at: 0 }));
    write(page, { area: '150.51' });
    await page.add?.();
    expect(sent().at(-1).owners).toEqual([{ name: '王秀英 3-2-501、6-1-3', area: 15_051, people: ['p1'] }]);
  });

  it('keeps of many lines what is wrong, and everything when the house is not reached', async () => {
    const page = await open();
    const text = '李强 4-1-101 92\n赵云 5-1-2 一百';
    page.writeLines?.(from({}, { value: text }));
    const works = enrol;
    enrol = () => 'offline';
    await page.addLines?.();
    expect(page.data).toMatchObject({ left: [], said: '', trouble: expect.stringContaining('网') });
    enrol = works;
    await page.addLines?.();
    expect(page.data).toMatchObject({
      pasted: '赵云 5-1-2 一百',
      left: [{ line: 1 }],
      said: '添上了1行。还有1行没有添上，请看下面。',
    });
  });

  it('shows what somebody else entered meanwhile instead of overwriting it', async () => {
    const page = await open();
    stored = { version: 7, owners: [owner('马德福 6-1-301', 7_690)] };
    enrol = () => ({ statusCode: 409, data: { code: 'owners_changed', detail: '刚被别人改过' } });
    write(page, { name: '李强', door: '4-1-101', area: '92' });
    await page.add?.();
    expect(page.data).toMatchObject({ trouble: '刚被别人改过', lines: [{ name: '马德福 6-1-301' }] });
    enrol = () => ok({ version: 8 });
    await page.add?.();
    expect(sent().at(-1)).toMatchObject({ version: 7, owners: [{ name: '李强 4-1-101' }, { name: '马德福 6-1-301' }] });
  });

  it('draws a long list in pieces', async () => {
    stored.owners = Array.from({ length: 120 }, (_none, n) => owner(`业主${n} 1-1-${n}`));
    const page = await open();
    expect(page.data).toMatchObject({ lines: { length: 50 }, more: 70 });
    page.showMore?.();
    expect(page.data).toMatchObject({ lines: { length: 100 }, more: 20 });
    page.search?.(from({}, { value: '1-1-119' }));
    expect(page.data).toMatchObject({ lines: [{ at: 119 }], more: 0 });
  });
});
