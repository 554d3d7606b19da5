import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { withoutChromium } from '../support/chromium.ts';
import { show } from './support/stage.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds wrong, as `rule: element`. */
async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return (await page.evaluate(
    "axe.run().then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => id + ': ' + target.join(' '))))",
  )) as string[];
}

const SAMPLE = {
  'app.json': JSON.stringify({
    pages: ['pages/a/a', 'pages/b/b'],
    darkmode: true,
    window: { navigationBarTitleText: '好邻', navigationBarBackgroundColor: '@bar', navigationBarTextStyle: '@ink' },
    tabBar: {
      color: '@soft',
      selectedColor: '@brand',
      backgroundColor: '@bar',
      list: [
        { pagePath: 'pages/a/a', text: '心愿', iconPath: 'i/a.svg' },
        { pagePath: 'pages/b/b', text: '我的', iconPath: 'i/a.svg' },
      ],
    },
  }),
  'theme.json': JSON.stringify({
    light: { bar: '#f7f7f7', ink: 'black', soft: '#5c5c5c', brand: '#06763d' },
    dark: { bar: '#191919', ink: 'white', soft: '#a3a3a3', brand: '#3eb575' },
  }),
  'i/a.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="6"/>',
  'app.wxss': `page { color: #111; } @media (prefers-color-scheme: dark) { page { color: #ddd; } } .half { width: 375rpx; height: 50vh; }`,
  'pages/a/a.wxml': `<view class="half">半</view><form>
    <label><text>称呼</text><input name="a" placeholder="怎么称呼" /></label>
    <checkbox-group aria-label="怎么找你"><label><checkbox value="1" />电话</label></checkbox-group>
    <radio-group aria-label="何时"><label><radio value="1" checked />今天</label></radio-group>
    <switch aria-label="公开" /><slider aria-label="几天" /><textarea aria-label="话" />
    <picker range="{{['甲']}}"><text>选一个</text></picker>
    <swiper aria-label="图"><swiper-item>一</swiper-item></swiper>
    <scroll-view scroll-y style="height: 60px"><view style="height: 200px">长</view></scroll-view></form>`,
  'pages/b/b.wxml': '<view>乙</view>',
  'pages/b/b.ts': 'Page({})',
};

describe.skipIf(withoutChromium)('looks', () => {
  it.each([
    ['light', '', 'rgb(17, 17, 17)', 'rgb(247, 247, 247)'],
    ['dark', '?theme=dark', 'rgb(221, 221, 221)', 'rgb(25, 25, 25)'],
  ])('%s: the page, the bars, and nothing axe objects to', async (_name, at, ink, bar) => {
    const { page, errors } = await show(SAMPLE, { at });
    await page.getByText('半').waitFor();
    const colour = (selector: string, property: string) =>
      page
        .locator(selector)
        .first()
        .evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property);
    expect(await colour('wx-page', 'color')).toBe(ink);
    expect(await colour('.phone-nav', 'background-color')).toBe(bar);
    expect(await colour('.phone-tab-bar', 'background-color')).toBe(bar);
    await page.waitForTimeout(50);
    expect(await findings(page)).toEqual([]);
    expect(errors).toEqual([]);
  });

  it('a page turns dark and light while it is open, and so does one below it', async () => {
    const { page } = await show(SAMPLE);
    const bar = () =>
      page
        .locator('.phone-nav')
        .first()
        .evaluate((element) => getComputedStyle(element).backgroundColor);
    expect(await bar()).toBe('rgb(247, 247, 247)');
    await page.getByRole('button', { name: '我的' }).click();
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(bar).toBe('rgb(25, 25, 25)');
    expect(await page.getByText('乙').evaluate((element) => getComputedStyle(element).color)).toBe(
      'rgb(221, 221, 221)',
    );
  });

  it.each([
    ['showModal', "wx.showModal({ title: '题', content: '话', editable: false })"],
    ['showActionSheet', "wx.showActionSheet({ itemList: ['甲', '乙'] })"],
    ['requestSubscribeMessage', "wx.requestSubscribeMessage({ tmplIds: ['到期'] })"],
    ['scanCode', 'wx.scanCode()'],
    ['showToast', "wx.showToast({ title: '好', duration: 60000 })"],
    ['the picker', "document.querySelector('wx-picker').click()"],
  ])('%s: nothing axe objects to, light and dark', async (_name, call) => {
    for (const at of ['', '?theme=dark']) {
      const { page } = await show(SAMPLE, { at });
      await page.getByText('半').waitFor();
      await page.evaluate(`void ${call}`);
      await page.waitForTimeout(50);
      expect(await findings(page)).toEqual([]);
    }
  });

  it('750rpx is the width of the phone and 100vh the height between its bars, in sheets and in styles', async () => {
    const { page } = await show({
      ...SAMPLE,
      'pages/a/a.wxml': '<view class="half">半</view><view style="width: {{w}}rpx">行</view>',
      'pages/a/a.ts': 'Page({ data: { w: 150 } })',
    });
    expect(await page.getByText('半').boundingBox()).toMatchObject({ width: 195, height: (844 - 44 - 52) / 2 });
    expect(await page.getByText('行').boundingBox()).toMatchObject({ width: 78 });
  });

  it('in a wide window the phone stays a phone', async () => {
    const { page } = await show(SAMPLE, { viewport: { width: 1280, height: 900 } });
    expect(await page.getByText('半').boundingBox()).toMatchObject({ width: 240, x: 400 });
  });

  it('the tree a screen reader is told', async () => {
    const { page } = await show(SAMPLE);
    await page.getByText('半').waitFor();
    await page.waitForTimeout(50);
    expect(await page.locator('#phone').ariaSnapshot()).toMatchInlineSnapshot(`
      "- main:
        - heading "好邻" [level=1]
        - text: 半 称呼
        - textbox "称呼":
          - /placeholder: 怎么称呼
        - group "怎么找你":
          - checkbox "电话"
          - text: 电话
        - radiogroup "何时":
          - radio "今天" [checked]
          - text: 今天
        - switch "公开"
        - slider "几天": "0"
        - textbox "话"
        - button "选一个"
        - group "图": 一
        - text: 长
      - navigation "标签栏":
        - button "心愿"
        - button "我的""
    `);
  });
});
