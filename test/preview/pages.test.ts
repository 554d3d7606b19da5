import { describe, expect, it } from 'vitest';
import { withoutChromium } from '../support/chromium.ts';
import type { Files } from './support/mini-program.ts';
import { holdsOn, ORIGIN, show, told } from './support/stage.ts';

/** A page that notes every step of its life. */
const living = (name: string): string => `
const told = ((globalThis as { told?: unknown[] }).told ??= []);
const note = (step: string, more: unknown = '') => told.push('${name} ' + step + (more === '' ? '' : ' ' + JSON.stringify(more)));
Page({
  onLoad(query) { note('load', query); },
  onShow() { note('show'); },
  onReady() { note('ready'); },
  onHide() { note('hide'); },
  onUnload() { note('unload'); },
  onPullDownRefresh() { note('refresh'); setTimeout(() => wx.stopPullDownRefresh(), 50); },
  onReachBottom() { note('bottom'); },
  onTabItemTap(item) { note('tab', item); },
  onShareAppMessage() { return { title: '转发 ${name}' }; },
});`;

const WORLD: Files = {
  'app.json': JSON.stringify({
    pages: ['p/a/a', 'p/b/b', 'p/c/c'],
    subPackages: [{ root: 'sub', pages: ['d/d'] }],
    window: { navigationBarTitleText: '好邻' },
    tabBar: {
      list: [
        { pagePath: 'p/a/a', text: '甲' },
        { pagePath: 'p/b/b', text: '乙' },
      ],
    },
  }),
  'app.ts': `App({
    globalData: { seen: 0 },
    onLaunch(options) { ((globalThis as any).told ??= []).push('app launch ' + options.path); },
    onShow() { ((globalThis as any).told ??= []).push('app show'); },
    onPageNotFound(page) { (globalThis as any).told.push('app lost ' + page.path); },
  });`,
  ...Object.fromEntries(
    ['p/a/a', 'p/b/b', 'p/c/c', 'sub/d/d'].flatMap((path) => [
      [`${path}.ts`, living(path.slice(-1))],
      [`${path}.wxml`, `<view>页 ${path.slice(-1)}</view>`],
    ]),
  ),
};

describe.skipIf(withoutChromium)('pages', () => {
  it('lives as WeChat tells: load, show, ready, hide, unload; queries arrive as they were written', async () => {
    const { page } = await show(WORLD);
    expect(await told(page, 5)).toEqual(['app launch p/a/a', 'app show', 'a load {}', 'a show', 'a ready']);
    await page.evaluate("wx.navigateTo({ url: '/sub/d/d?id=1&name=%E7%94%B2=' })");
    expect(await told(page, 4)).toEqual(['a hide', 'd load {"id":"1","name":"%E7%94%B2="}', 'd show', 'd ready']);
    await page.getByRole('button', { name: '返回' }).click();
    expect(await told(page)).toEqual(['d unload', 'a show']);
    await page.evaluate("wx.redirectTo({ url: '../c/c' })");
    expect(await told(page, 4)).toEqual(['a unload', 'c load {}', 'c show', 'c ready']);
  });

  it('keeps tab pages alive, and closes what lies on them', async () => {
    const { page } = await show(WORLD);
    await page.evaluate("wx.navigateTo({ url: '/p/c/c' })");
    await page.getByText('页 c').waitFor();
    expect((await told(page, 9)).at(-1)).toBe('c ready');
    await page.evaluate("wx.switchTab({ url: '/p/b/b' })");
    expect(await told(page, 4)).toEqual(['c unload', 'b load {}', 'b show', 'b ready']);
    await page.getByRole('button', { name: '甲' }).click();
    expect(await told(page)).toEqual(['b hide', 'a show', 'a tab {"index":0,"pagePath":"p/a/a","text":"甲"}']);
    expect(await page.getByRole('button', { name: '甲' }).getAttribute('aria-current')).toBe('page');
    await page.evaluate("wx.reLaunch({ url: '/p/c/c' })");
    expect(await told(page, 5)).toEqual(['a unload', 'b unload', 'c load {}', 'c show', 'c ready']);
    expect(await page.getByRole('navigation').count()).toBe(0);
  });

  it.each([
    ['navigateTo', '/p/b/b', /can not navigateTo a tabbar page/u],
    ['redirectTo', '/p/b/b', /tabbar/u],
    ['switchTab', '/p/c/c', /no-tabBar page/u],
    ['navigateTo', '/p/x/x', /page "p\/x\/x" is not found/u],
    ['navigateBack', '', /first page/u],
  ])('%s %s fails in WeChat’s words', async (name, url, words) => {
    const { page } = await show(WORLD);
    const failed = await page.evaluate(
      `new Promise((done) => wx.${name}({ url: '${url}', fail: (e) => done(e.errMsg), success: () => done('') }))`,
    );
    expect(failed).toMatch(words);
    expect(failed).toMatch(new RegExp(`^${name}:fail `, 'u'));
  });

  it('opens no eleventh page', async () => {
    const { page } = await show(WORLD);
    const answers = await page.evaluate(
      "(async () => { const all = []; for (let i = 0; i < 10; i++) all.push(await wx.navigateTo({ url: '/p/c/c' }).then(() => 'ok', () => 'no')); return all; })()",
    );
    expect(answers).toEqual([...Array(9).fill('ok'), 'no']);
    expect(await page.evaluate('getCurrentPages().length')).toBe(10);
  });

  it('begins at the page of the address, with a way home, and comes back to where it was after a reload', async () => {
    const { page } = await show(WORLD, { at: '#/sub/d/d?id=7' });
    await page.getByText('页 d').waitFor();
    expect(await page.evaluate('getCurrentPages()[0].options')).toEqual({ id: '7' });
    await page.reload();
    await page.getByText('页 d').waitFor();
    await page.getByRole('button', { name: '回到首页' }).click();
    await page.getByText('页 a').waitFor();
  });

  it('tells the app of a page nobody knows, and shows the first', async () => {
    const { page } = await show(WORLD, { at: '#/p/none/none' });
    await expect.poll(() => told(page)).toContain('app lost p/none/none');
  });

  it('goes where the page around it says', async () => {
    const { page } = await show(WORLD);
    await page.evaluate(`postMessage({ haolin: 'open', url: '/sub/d/d?id=2' }, '${ORIGIN}')`);
    await page.getByText('页 d').waitFor();
    await page.evaluate(`postMessage({ haolin: 'theme', theme: 'dark' }, '${ORIGIN}')`);
    await page.evaluate(`postMessage({ haolin: 'fontScale', scale: 1.5 }, '${ORIGIN}')`);
    await expect.poll(() => page.evaluate('wx.getAppBaseInfo().fontSizeScaleFactor')).toBe(1.5);
  });

  it('has the clock it is given, is put away while time passes, and says when it hears', async () => {
    const { page } = await show(WORLD, { at: '?clock=2026-03-09T01:00:00Z', bypassCSP: true });
    const hour = () =>
      page.evaluate('[new Date().toISOString(), new Date(Date.now()).toISOString()].map((t) => t.slice(0, 13))');
    expect(await hour()).toEqual(['2026-03-09T01', '2026-03-09T01']);
    expect(await page.evaluate('new Date(0) instanceof Date && new Date(2026, 1, 3).getDate()')).toBe(3);
    await told(page, 5);
    await page.evaluate(`postMessage({ haolin: 'clock', now: '2026-03-16T02:00:00Z' }, '${ORIGIN}')`);
    expect(await told(page, 3)).toEqual(['a hide', 'app show', 'a show']);
    expect(await hour()).toEqual(['2026-03-16T02', '2026-03-16T02']);
    await page.evaluate(`postMessage({ haolin: 'arrived' }, '${ORIGIN}')`);
    expect(await told(page, 3)).toEqual(['a hide', 'app show', 'a show']);
    await page.evaluate("wx.navigateTo({ url: '/p/c/c' })");
    await told(page, 4);
    await page.evaluate(`postMessage({ haolin: 'arrived' }, '${ORIGIN}')`);
    await page.evaluate('wx.navigateBack()');
    expect(await told(page, 2)).toEqual(['c unload', 'a show']);
    await page.evaluate(`(() => {
      addEventListener('message', ({ data }) => { globalThis.ready = data; });
      document.body.append(Object.assign(document.createElement('iframe'), { src: '/?phone=lin' }));
    })()`);
    await holdsOn(page, "globalThis.ready?.haolin === 'ready' && globalThis.ready.phone === 'lin'");
  });

  it('refreshes when pulled down with a mouse and with a finger', async () => {
    const { page } = await show({ ...WORLD, 'p/a/a.json': '{"enablePullDownRefresh":true}' }, { hasTouch: true });
    await page.getByText('页 a').waitFor();
    await page.mouse.move(200, 200);
    await page.mouse.down();
    await page.mouse.move(200, 400, { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => told(page)).toContain('a refresh');
    await page.waitForTimeout(100);
    const finger = await page.context().newCDPSession(page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', y?: number) =>
      finger.send('Input.dispatchTouchEvent', { type, touchPoints: y === undefined ? [] : [{ x: 200, y }] });
    await touch('touchStart', 200);
    for (const y of [220, 280, 360, 420]) await touch('touchMove', y);
    await touch('touchEnd');
    await expect.poll(() => told(page)).toContain('a refresh');
  });

  it('tells of the bottom, scrolls where it is told, and keeps what is fixed where it is', async () => {
    const { page } = await show({
      ...WORLD,
      'p/a/a.wxml':
        '<view style="height: 3000px">页 a</view><view id="end">底</view><view class="f" style="position: fixed; bottom: 0">定</view>',
    });
    await page.evaluate("wx.pageScrollTo({ selector: '#end', duration: 0 })");
    await expect.poll(() => told(page)).toContain('a bottom');
    const fixed = await page.locator('.f').boundingBox();
    expect(Math.round((fixed?.y ?? 0) + (fixed?.height ?? 0))).toBe(844 - 52);
    await page.evaluate('wx.pageScrollTo({ scrollTop: 100, duration: 0 })');
    const top = await page.evaluate(
      'new Promise((done) => wx.createSelectorQuery().selectViewport().scrollOffset((r) => done(r.scrollTop)).exec())',
    );
    expect(top).toBe(100);
  });

  it('shares, opens a channel to the page it opened, and names a handler that is not there', async () => {
    const { page, errors } = await show({
      ...WORLD,
      'p/a/a.wxml': '<button open-type="share" bind:tap="nothing">分享</button>',
      'p/c/c.ts': "Page({ onLoad() { this.getOpenerEventChannel().emit('hello', 5); } });",
    });
    await page.getByRole('button', { name: '分享' }).click();
    await page.getByText('已转发：转发 a').waitFor();
    expect(errors).toEqual([expect.stringMatching(/miniprogram\/p\/a\/a\.wxml:1: p\/a\/a has no method "nothing"/u)]);
    const heard = await page.evaluate(
      "new Promise((done) => wx.navigateTo({ url: '/p/c/c', events: { hello: done } }))",
    );
    expect(heard).toBe(5);
  });

  it('titles, colours, marks of tabs', async () => {
    const { page } = await show(WORLD);
    await page.getByRole('heading', { name: '好邻' }).waitFor();
    await page.evaluate("wx.setNavigationBarTitle({ title: '新题' }); wx.setTabBarBadge({ index: 1, text: '3' })");
    await page.getByRole('heading', { name: '新题' }).waitFor();
    await page.getByRole('button', { name: '3 乙' }).waitFor();
    await page.evaluate('wx.removeTabBarBadge({ index: 1 })');
    await page.getByRole('button', { name: '乙', exact: true }).waitFor();
    await page.evaluate("wx.navigateTo({ url: '/p/c/c' })");
    const refused = await page.evaluate("wx.setTabBarBadge({ index: 1, text: '3' }).catch(({ errMsg }) => errMsg)");
    expect(refused).toBe('setTabBarBadge:fail not TabBar page');
  });

  it('an error in a page’s hook is reported and leaves the phone alive', async () => {
    const { page, errors } = await show({ ...WORLD, 'p/a/a.ts': "Page({ onLoad() { throw new Error('坏了'); } });" });
    await page.getByText('页 a').waitFor();
    expect(errors).toEqual(['坏了']);
  });

  it('sets nothing to undefined: on the phone it would go on standing there', async () => {
    const script = 'Page({ data: { number: 1 }, onLoad() { this.setData({ number: undefined }); } });';
    const { page, errors } = await show({ ...WORLD, 'p/a/a.ts': script });
    await page.getByText('页 a').waitFor();
    expect(errors).toEqual([expect.stringContaining('number to undefined')]);
  });
});
