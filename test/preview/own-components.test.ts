import { describe, expect, it } from 'vitest';
import { withoutChromium } from '../support/chromium.ts';
import { holdsOn, show, told } from './support/stage.ts';

const TOLD = 'const told = ((globalThis as { told?: unknown[] }).told ??= []);';
const using = (...names: string[]) => ({
  'pages/a/a.json': JSON.stringify({
    usingComponents: Object.fromEntries(names.map((name) => [name, `/c/${name}/${name}`])),
  }),
});
const component = (name: string, wxml: string, script: string, more: { wxss?: string; json?: object } = {}) => ({
  [`c/${name}/${name}.json`]: JSON.stringify({ component: true, ...more.json }),
  [`c/${name}/${name}.wxml`]: wxml,
  [`c/${name}/${name}.ts`]: script,
  ...(more.wxss !== undefined && { [`c/${name}/${name}.wxss`]: more.wxss }),
});

describe.skipIf(withoutChromium)('components of the mini-program', () => {
  it('take properties, fill slots, watch data, and tell who uses them', async () => {
    const { page } = await show({
      ...using('x-card'),
      ...component(
        'x-card',
        '<view aria-role="button" bind:tap="press">{{shout}}</view><slot name="foot" />',
        `Component({
          options: { multipleSlots: true },
          properties: { title: { type: String, value: '无' }, count: Number },
          data: { shout: '' },
          observers: { 'title, count'(title, count) { this.setData({ shout: title + '×' + count }); } },
          methods: { press() { this.triggerEvent('press', { n: this.data.count }); } },
        })`,
      ),
      'pages/a/a.wxml': '<x-card title="心愿" count="{{n}}" bind:press="on"><text slot="foot">脚</text></x-card>',
      'pages/a/a.ts': `${TOLD} Page({ data: { n: 2 }, on(e) { told.push(e.detail); this.setData({ n: 3 }); } });`,
    });
    await page.getByRole('button', { name: '心愿×2' }).click();
    await page.getByRole('button', { name: '心愿×3' }).waitFor();
    await page.getByText('脚').waitFor();
    expect(await told(page)).toEqual([{ n: 2 }]);
  });

  it('live and die with their page, and hear when it is shown and hidden', async () => {
    const { page } = await show({
      'app.json': JSON.stringify({ pages: ['pages/a/a', 'pages/b/b'] }),
      'pages/b/b.wxml': '<view>乙</view>',
      'pages/b/b.ts': 'Page({})',
      ...using('x-life'),
      ...component(
        'x-life',
        '<view />',
        `${TOLD} const note = (step: string) => () => void told.push(step);
        Component({
          lifetimes: { created: note('created'), attached: note('attached'), ready: note('ready'), detached: note('detached') },
          pageLifetimes: { show: note('show'), hide: note('hide') },
        })`,
      ),
      'pages/a/a.wxml': '<x-life />',
    });
    await told(page, 3);
    await page.evaluate("wx.navigateTo({ url: '/pages/b/b' })");
    expect(await told(page, 1)).toEqual(['hide']);
    await page.evaluate('wx.navigateBack()');
    expect(await told(page, 1)).toEqual(['show']);
    await page.evaluate("wx.redirectTo({ url: '/pages/b/b' })");
    expect(await told(page, 1)).toEqual(['detached']);
  });

  it('keep their styles to themselves, unless they ask for the page’s', async () => {
    const wxml = '<view class="mark">{{name}}</view>';
    const script = 'Component({ properties: { name: String } })';
    const { page } = await show({
      ...using('x-alone', 'x-shared', 'x-outer'),
      ...component('x-alone', wxml, script, {
        wxss: ':host { display: block; padding: 7px } .mark { letter-spacing: 3px }',
      }),
      ...component('x-shared', wxml, script, { json: { styleIsolation: 'apply-shared' } }),
      ...component('x-outer', '<view class="title">外</view>', "Component({ externalClasses: ['title'] })", {
        wxss: '',
      }),
      'pages/a/a.wxml':
        '<x-alone name="独" /><x-shared name="共" /><x-outer title="mark" /><view class="mark">页</view>',
      'pages/a/a.wxss': '.mark { color: rgb(1, 2, 3) }',
    });
    const style = (text: string, property: string) =>
      page.getByText(text).evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property);
    const red = 'rgb(1, 2, 3)';
    expect([
      await style('独', 'color'),
      await style('共', 'color'),
      await style('外', 'color'),
      await style('页', 'color'),
    ]).toEqual(['rgba(0, 0, 0, 0.9)', red, red, red]);
    expect([await style('独', 'letter-spacing'), await style('页', 'letter-spacing')]).toEqual(['3px', 'normal']);
    expect(await page.locator('x-alone').evaluate((element) => getComputedStyle(element).padding)).toBe('7px');
  });

  it('a page’s styles are its own; the app’s are everybody’s', async () => {
    const { page } = await show({
      'app.json': JSON.stringify({ pages: ['pages/a/a', 'pages/b/b'] }),
      'app.wxss': '.app { color: rgb(4, 5, 6) }',
      'pages/a/a.wxss': 'page { padding-left: 9px } .own { color: rgb(1, 2, 3) }',
      'pages/a/a.wxml': '<view class="own">甲</view>',
      'pages/b/b.wxml': '<view class="own">乙</view><view class="app">丙</view>',
      'pages/b/b.ts': 'Page({})',
    });
    await page.evaluate("wx.navigateTo({ url: '/pages/b/b' })");
    const colour = (text: string) => page.getByText(text).evaluate((element) => getComputedStyle(element).color);
    expect([await colour('甲'), await colour('乙'), await colour('丙')]).toEqual([
      'rgb(1, 2, 3)',
      'rgba(0, 0, 0, 0.9)',
      'rgb(4, 5, 6)',
    ]);
    const padding = await page
      .locator('wx-page')
      .evaluateAll((all) => all.map((each) => getComputedStyle(each).paddingLeft));
    expect(padding).toEqual(['9px', '0px']);
  });

  it('behaviors, found components, and a page that is a component', async () => {
    const { page } = await show(
      {
        ...using('x-count'),
        'shared.ts':
          'export const counting = Behavior({ data: { n: 0 }, methods: { add() { this.setData({ n: this.data.n + 1 }); } } });',
        ...component(
          'x-count',
          '<text>{{n}}</text>',
          "import { counting } from '../../shared'; Component({ behaviors: [counting] })",
        ),
        'pages/a/a.wxml': '<x-count id="c" /><button bind:tap="more">加</button><text>{{from}}</text>',
        'pages/a/a.ts': `Component({
        data: { from: '' },
        methods: {
          onLoad(query) { this.setData({ from: query.from }); },
          more() { this.selectComponent('#c').add(); },
        },
      });`,
      },
      { at: '#/pages/a/a?from=push' },
    );
    await page.getByText('push').waitFor();
    await page.getByRole('button', { name: '加' }).click();
    await page.getByRole('button', { name: '加' }).click();
    expect(await page.locator('x-count').textContent()).toBe('2');
  });

  it('setData changes what it names, calls back when it is drawn, and lists keep their rows', async () => {
    const { page } = await show({
      'pages/a/a.wxml': '<input wx:for="{{rows}}" wx:key="id" aria-label="{{item.name}}" /><text>{{a.b[1].c}}</text>',
      'pages/a/a.ts': `Page({
        data: { rows: [{ id: 1, name: '一' }, { id: 2, name: '二' }], a: { b: [0, { c: 'x' }] } },
        turn() { this.setData({ rows: [this.data.rows[1], this.data.rows[0]], 'a.b[1].c': 'y' }, () => { (globalThis as any).drawn = document.querySelector('wx-text').textContent; }); },
      });`,
    });
    await page.getByLabel('一').fill('留着');
    await page.evaluate('getCurrentPages()[0].turn()');
    await holdsOn(page, "globalThis.drawn === 'y'");
    expect(await page.getByLabel('一').inputValue()).toBe('留着');
    expect(await page.getByRole('textbox').evaluateAll((all) => all.map((each) => each.ariaLabel))).toEqual([
      '二',
      '一',
    ]);
  });
});
