import { describe, expect, it } from 'vitest';
import { withoutChromium } from '../support/chromium.ts';
import { show, tellingPage, told } from './support/stage.ts';

const PIXEL = 'data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==';

const page = (wxml: string, body = '', ...handlers: string[]) => ({
  'pages/a/a.wxml': wxml,
  'pages/a/a.ts': tellingPage(body, ...handlers),
});

describe.skipIf(withoutChromium)('components that show and hold', () => {
  it('text keeps line breaks, view does not; hidden hides', async () => {
    const { page: tab } = await show(
      page(
        "<text>{{v}}</text><view class='v'>{{v}}</view><view hidden='{{true}}'>没有</view><view hidden='{{false}}'>有</view>",
        "data: { v: 'a\\nb' },",
      ),
    );
    const text = await tab.locator('wx-text').boundingBox();
    const view = await tab.locator('.v').boundingBox();
    expect(text?.height).toBeGreaterThan((view?.height ?? 0) * 1.5);
    expect(await tab.getByText('没有').isVisible()).toBe(false);
    expect(await tab.getByText('有', { exact: true }).isVisible()).toBe(true);
  });

  it('image shows pictures of the package, tells its size, tells when there is none', async () => {
    const { page: tab } = await show({
      ...page(
        '<image src="/i/a.svg" aria-label="图" bind:load="on" /><image src="/none.png" bind:error="on" />',
        '',
        'on',
      ),
      'i/a.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="6"/>',
    });
    await tab.getByRole('img', { name: '图' }).waitFor();
    const all = (await told(tab, 2)) as [string, Record<string, unknown>][];
    expect(all.find(([type]) => type === 'load')?.[1]).toEqual({ width: 4, height: 6 });
    expect(all.some(([type]) => type === 'error')).toBe(true);
  });

  it.each([
    ['scaleToFill', 100, 80],
    ['widthFix', 100, 100],
  ])('image mode %s', async (mode, width, height) => {
    const { page: tab } = await show(
      page(
        `<image mode="${mode}" style="width: 100px; ${mode === 'widthFix' ? '' : 'height: 80px'}" src="${PIXEL}" />`,
      ),
    );
    const image = tab.locator('wx-image');
    await expect.poll(() => image.boundingBox()).toMatchObject({ width, height });
  });

  it('scroll-view scrolls where it is told and tells of its ends', async () => {
    const { page: tab } = await show(
      page(
        '<scroll-view scroll-y style="height: 100px" scroll-into-view="{{into}}" bind:scrolltolower="low" bind:scrolltoupper="up" ><view id="r{{item}}" wx:for="{{30}}" wx:key="*this" style="height: 40px">{{item}}</view></scroll-view><button bind:tap="go">去</button>',
        "data: { into: '' }, go() { this.setData({ into: 'r20' }); },",
        'low',
        'up',
      ),
    );
    await tab.getByRole('button', { name: '去' }).click();
    await expect.poll(() => tab.locator('wx-scroll-view').evaluate((element) => element.scrollTop)).toBe(800);
    await tab.locator('wx-scroll-view').evaluate((element) => element.scrollTo(0, 1e6));
    expect(await told(tab, 1)).toEqual([['scrolltolower', { direction: 'bottom' }]]);
    await tab.locator('wx-scroll-view').evaluate((element) => element.scrollTo(0, 0));
    expect(await told(tab, 1)).toEqual([['scrolltoupper', { direction: 'top' }]]);
  });

  it('swiper shows one at a time, goes where it is told, and tells who moved it', async () => {
    const { page: tab } = await show(
      page(
        '<swiper indicator-dots current="{{at}}" bind:change="on"><swiper-item wx:for="{{3}}" wx:key="*this"><button>第{{item}}张</button></swiper-item></swiper><button bind:tap="go">去</button>',
        'data: { at: 0 }, go() { this.setData({ at: 2 }); },',
        'on',
      ),
    );
    await expect.poll(() => tab.getByRole('button', { name: /张/u }).count()).toBe(1);
    await tab.getByRole('button', { name: '去' }).click();
    await tab.getByRole('button', { name: '第2张' }).waitFor();
    expect(await told(tab, 1)).toEqual([['change', { current: 2, source: '', currentItemId: '' }]]);
    await tab.locator('wx-swiper').hover();
    await tab.mouse.wheel(-390, 0);
    await tab.getByRole('button', { name: '第1张' }).waitFor();
    expect(await told(tab, 1)).toEqual([['change', { current: 1, source: 'touch', currentItemId: '' }]]);
  });

  it('progress and icon say what they are', async () => {
    const { page: tab } = await show(
      page('<progress percent="40" show-info aria-label="办结" /><icon type="success" aria-label="好" />'),
    );
    expect(await tab.getByRole('progressbar', { name: '办结' }).getAttribute('aria-valuenow')).toBe('40');
    await tab.getByText('40%').waitFor();
    expect(await tab.getByRole('img', { name: '好' }).locator('path').count()).toBe(1);
  });

  it('rich-text shows marks and drops what could act', async () => {
    const { page: tab, errors } = await show(
      page(
        '<rich-text nodes="{{html}}" /><rich-text nodes="{{nodes}}" />',
        `data: {
        html: '<p>一<b onclick="x()">二</b><script>bad()</script><img src="javascript:x" onerror="x()"></p><iframe src="/"></iframe>',
        nodes: [{ name: 'em', attrs: { style: 'color: red' }, children: [{ type: 'text', text: '三' }] }],
      },`,
      ),
    );
    await tab.getByText('一二').waitFor();
    expect(await tab.locator('wx-rich-text').first().innerHTML()).toBe('<p>一<b>二</b><img></p>');
    expect(await tab.locator('wx-rich-text em').textContent()).toBe('三');
    // The browser notes the handlers it meets while reading; they are never put on the page.
    expect(errors.filter((each) => !each.includes('inline event handler'))).toEqual([]);
  });

  it('canvas draws what its node is given', async () => {
    const { page: tab } = await show(
      page(
        '<canvas type="2d" id="c" style="width: 50px; height: 20px" />',
        `data: {}, onReady() {
        this.createSelectorQuery().select('#c').fields({ node: true, size: true }).exec(([got]) => {
          const { node, width, height } = got;
          node.width = width * 2;
          node.height = height * 2;
          const pen = node.getContext('2d');
          pen.fillStyle = 'rgb(1, 2, 3)';
          pen.fillRect(0, 0, 10, 10);
          told.push([[width, height], [...pen.getImageData(5, 5, 1, 1).data]]);
        });
      },`,
      ),
    );
    expect(await told(tab, 1)).toEqual([
      [
        [50, 20],
        [1, 2, 3, 255],
      ],
    ]);
  });

  it('page-meta gives the page its style and its text size', async () => {
    const { page: tab } = await show(
      page(
        '<page-meta page-style="background: rgb(1, 2, 3)" root-font-size="system" /><view class="v" style="font-size: 1rem">a</view>',
      ),
      { at: '?fontScale=1.5' },
    );
    await expect
      .poll(() => tab.locator('wx-page').evaluate((element) => getComputedStyle(element).backgroundColor))
      .toBe('rgb(1, 2, 3)');
    expect(await tab.locator('.v').evaluate((element) => getComputedStyle(element).fontSize)).toBe('24px');
  });

  it('cover-view, block, templates, includes and scripts of templates', async () => {
    const { page: tab } = await show({
      ...page(
        `<import src="./t.wxml" /><wxs module="m" src="./m.wxs" />
<block wx:for="{{['甲','乙']}}" wx:key="*this"><template is="row" data="{{name: m.shout(item)}}" /></block>
<include src="foot.wxml" /><cover-view>盖</cover-view>`,
        "data: { foot: '脚' },",
      ),
      'pages/a/t.wxml': '<template name="row"><view>{{name}}</view></template>',
      'pages/a/m.wxs': "module.exports.shout = function (s) { return s + '！'; };",
      'pages/a/foot.wxml': '<view>{{foot}}</view>',
    });
    expect(await tab.locator('wx-page').textContent()).toBe('甲！乙！脚盖');
  });
});
