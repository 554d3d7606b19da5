import { describe, expect, it } from 'vitest';
import { withoutChromium } from '../support/chromium.ts';
import { show, tellingPage, told } from './support/stage.ts';

const TWO = {
  'app.json': JSON.stringify({ pages: ['pages/a/a', 'pages/b/b'] }),
  'pages/b/b.wxml': '<view>乙</view><navigator open-type="navigateBack">回</navigator>',
  'pages/b/b.ts': 'Page({})',
};

describe.skipIf(withoutChromium)('links and what buttons open', () => {
  it('a navigator is a link that goes there and back, by press and by key', async () => {
    const { page, errors } = await show({
      ...TWO,
      'pages/a/a.wxml':
        '<navigator url="../b/b?x=1">去</navigator><navigator url="/none" bind:fail="on">错</navigator>',
      'pages/a/a.ts': tellingPage('', 'on'),
    });
    await page.getByRole('link', { name: '去' }).press('Enter');
    await page.getByText('乙').waitFor();
    expect(await page.evaluate('getCurrentPages()[1].options')).toEqual({ x: '1' });
    await page.getByRole('link', { name: '回' }).click();
    await page.getByRole('link', { name: '错' }).click();
    expect(await told(page)).toEqual([['fail', { errMsg: 'navigate:fail page "none" is not found' }]]);
    expect(errors).toHaveLength(1);
  });

  it.each([
    ['getPhoneNumber', 'getphonenumber', { code: 'preview:phone', errMsg: 'getPhoneNumber:ok' }],
    ['openSetting', 'opensetting', { authSetting: {}, errMsg: 'openSetting:ok' }],
    ['contact', 'contact', {}],
  ])('open-type %s answers with its own event, after the tap', async (type, event, detail) => {
    const { page } = await show({
      'pages/a/a.wxml': `<button open-type="${type}" bind:${event}="on" bind:tap="tap">按</button>`,
      'pages/a/a.ts': tellingPage("tap() { told.push('tap'); },", 'on'),
    });
    await page.getByRole('button', { name: '按' }).click();
    expect(await told(page)).toEqual(['tap', [event, detail]]);
  });

  it('open-type chooseAvatar gives a picture', async () => {
    const { page } = await show({
      'pages/a/a.wxml': '<button open-type="chooseAvatar" bind:chooseavatar="on">按</button>',
      'pages/a/a.ts': tellingPage('', 'on'),
    });
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: '按' }).click();
    await (await chooser).setFiles({ name: 'a.png', mimeType: 'image/png', buffer: Buffer.from('x') });
    expect(await told(page, 1)).toEqual([['chooseavatar', { avatarUrl: expect.stringMatching(/^blob:/u) }]]);
  });

  it('selector queries measure one, many and the window, also inside a component', async () => {
    const { page } = await show({
      'c/c.json': '{"component":true}',
      'c/c.wxml': '<view class="in" data-n="7" style="width: 30px; height: 5px" />',
      'c/c.ts': `Component({ methods: { measure(done) { this.createSelectorQuery().select('.in').boundingClientRect().exec(([r]) => done(r)); } } });`,
      'pages/a/a.json': '{"usingComponents":{"c-c":"/c/c"}}',
      'pages/a/a.wxml':
        '<view id="x" class="b" style="width: 20px; height: 10px; margin-top: 3px" /><view class="b" style="width: 40px" /><c-c id="c" />',
    });
    const ask = (query: string) => page.evaluate(`new Promise((done) => wx.createSelectorQuery()${query}.exec(done))`);
    expect(
      await ask(
        ".select('#x').boundingClientRect().selectAll('.b').fields({ size: true }).select('.none').boundingClientRect()",
      ),
    ).toEqual([
      { id: 'x', dataset: {}, left: 0, top: 3, right: 20, bottom: 13, width: 20, height: 10 },
      [
        { width: 20, height: 10 },
        { width: 40, height: 0 },
      ],
      null,
    ]);
    expect(await ask('.selectViewport().boundingClientRect()')).toMatchObject([{ width: 390, height: 800 }]);
    expect(await ask(".select('#x').fields({ computedStyle: ['margin-top'] })")).toEqual([{ 'margin-top': '3px' }]);
    const inside = await page.evaluate(
      "new Promise((done) => getCurrentPages()[0].selectComponent('#c').measure(done))",
    );
    expect(inside).toMatchObject({ top: 13, width: 30, height: 5, dataset: { n: '7' } });
  });
});
