import type { Route } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { withoutChromium } from '../support/chromium.ts';
import { calls } from './support/call-names.ts';
import { holdsOn, show } from './support/stage.ts';

/** Answers with what was asked, as an echo. */
const echo = async (route: Route) => {
  const request = route.request();
  const { pathname, search } = new URL(request.url());
  if (pathname === '/api/slow') return;
  if (pathname === '/api/text') await route.fulfill({ body: 'just text' });
  else if (pathname === '/api/file') {
    await route.fulfill({
      body: 'a,b',
      contentType: 'text/csv',
      headers: { 'content-disposition': 'attachment; filename="a.csv"' },
    });
  } else {
    const said = {
      method: request.method(),
      path: pathname + search,
      body: request.postData(),
      auth: request.headers().authorization ?? null,
    };
    await route.fulfill({ status: pathname === '/api/bad' ? 422 : 200, json: said });
  }
};

/** What an exchange answers: these calls return a task and no promise. */
const exchange = (name: string, options: string) =>
  `new Promise((success, fail) => wx.${name}({ ...${options}, success, fail }))`;

/** What a call answers: its result, or its failure. */
const answer = (expression: string) =>
  `Promise.resolve(${expression}).then((r) => r, (e) => ({ failed: e.errMsg, ...e }))`;

describe.skipIf(withoutChromium)('wx', () => {
  it('answers by promise or by callbacks, never by both; failures too', async () => {
    const { page } = await show({});
    expect(await page.evaluate("wx.setStorage({ key: 'a', data: 1 })")).toEqual({ errMsg: 'setStorage:ok' });
    const order = await page.evaluate(`new Promise((done) => {
      const seen = [];
      const got = wx.getStorage({ key: 'none', success: () => seen.push('no'), fail: (e) => seen.push(e.errMsg), complete: (e) => { seen.push('complete ' + e.errMsg); done([got === undefined, ...seen]); } });
    })`);
    expect(order).toEqual([true, 'getStorage:fail data not found', 'complete getStorage:fail data not found']);
    expect(await page.evaluate(answer("wx.getStorage({ key: 'none' })"))).toMatchObject({
      failed: 'getStorage:fail data not found',
    });
  });

  it('exchanges return a task to break off, and no promise', async () => {
    const { page } = await show({}, { api: echo });
    expect(
      await page.evaluate(
        "(() => { const task = wx.request({ url: '/api/a' }); return [typeof task.abort, typeof task.then]; })()",
      ),
    ).toEqual(['function', 'undefined']);
  });

  it('says which call the preview does not have', async () => {
    const { page } = await show({});
    await expect(page.evaluate('wx.startBluetoothDevicesDiscovery({})')).rejects.toThrow(
      'wx.startBluetoothDevicesDiscovery',
    );
    expect(
      await page.evaluate(
        "[wx.canIUse('request'), wx.canIUse('picker'), wx.canIUse('startBluetoothDevicesDiscovery')]",
      ),
    ).toEqual([true, true, false]);
  });

  it('every call it has is one WeChat documents', () => {
    const { known, documented } = calls();
    expect(known.filter((name) => !documented.includes(name))).toEqual([]);
    expect(known.length).toBeGreaterThan(80);
  });

  it('keeps storage for each phone apart, with its types', async () => {
    const { page } = await show({}, { at: '?phone=a' });
    await page.evaluate(
      "wx.setStorageSync('k', { list: [1, '二'], when: null }); wx.setStorageSync('d', new Date(5)); wx.setStorageSync('n', 0)",
    );
    expect(
      await page.evaluate(
        "[wx.getStorageSync('k'), wx.getStorageSync('n'), wx.getStorageSync('d') instanceof Date, wx.getStorageSync('none')]",
      ),
    ).toEqual([{ list: [1, '二'], when: null }, 0, true, '']);
    await page.goto('http://phone.test/?phone=b');
    expect(await page.evaluate("[wx.getStorageSync('k'), wx.getStorageInfoSync().keys]")).toEqual(['', []]);
    await page.evaluate("wx.setStorageSync('k', 'b'); wx.clearStorageSync()");
    await page.goto('http://phone.test/?phone=a');
    expect(await page.evaluate('wx.getStorageInfoSync().keys.sort()')).toEqual(['d', 'k', 'n']);
    await page.evaluate("wx.removeStorageSync('k')");
    expect(await page.evaluate('wx.getStorageInfoSync().keys.sort()')).toEqual(['d', 'n']);
  });

  describe('request', () => {
    it.each([
      [
        'a GET puts data into the address',
        "{ url: 'https://api.example/api/v1/a?x=1', data: { q: '心 愿', n: 2 } }",
        { method: 'GET', path: '/api/v1/a?x=1&q=%E5%BF%83%20%E6%84%BF&n=2', body: null },
      ],
      [
        'a POST sends JSON',
        "{ url: '/api/b', method: 'POST', data: { a: [1] }, header: { Authorization: 'Bearer t' } }",
        { method: 'POST', path: '/api/b', body: '{"a":[1]}', auth: 'Bearer t' },
      ],
      [
        'a form is a form',
        "{ url: '/api/b', method: 'PUT', data: { a: '二' }, header: { 'Content-Type': 'application/x-www-form-urlencoded' } }",
        { method: 'PUT', body: 'a=%E4%BA%8C' },
      ],
    ])('%s', async (_what, options, said) => {
      const { page } = await show({}, { api: echo });
      expect(await page.evaluate(exchange('request', options))).toMatchObject({
        errMsg: 'request:ok',
        statusCode: 200,
        data: said,
      });
    });

    it('a refusal is an answer; a text stays a text; what stops, times out or has no network fails', async () => {
      const { page } = await show({}, { api: echo });
      expect(await page.evaluate(exchange('request', "{ url: '/api/bad' }"))).toMatchObject({ statusCode: 422 });
      expect(await page.evaluate(exchange('request', "{ url: '/api/text' }"))).toMatchObject({ data: 'just text' });
      expect(await page.evaluate(answer(exchange('request', "{ url: '/api/slow', timeout: 50 }")))).toMatchObject({
        failed: 'request:fail timeout',
      });
      const aborted =
        "(() => { const t = wx.request({ url: '/api/slow', fail: (e) => { globalThis.stopped = e.errMsg; } }); t.abort(); })()";
      await page.evaluate(aborted);
      await holdsOn(page, "globalThis.stopped === 'request:fail abort'");
      await page.evaluate("postMessage({ haolin: 'network', online: false }, '*')");
      await holdsOn(page, "wx.getNetworkType().then((r) => r.networkType === 'none')");
      expect(await page.evaluate(answer(exchange('request', "{ url: '/api/a' }")))).toMatchObject({ errno: 600001 });
    });

    it('tells when the network goes and comes', async () => {
      const { page } = await show({});
      await page.evaluate('globalThis.seen = []; wx.onNetworkStatusChange((s) => seen.push(s.isConnected))');
      await page.context().setOffline(true);
      await holdsOn(page, 'seen.length === 1');
      await page.context().setOffline(false);
      await holdsOn(page, 'seen.length === 2');
      expect(await page.evaluate('seen')).toEqual([false, true]);
    });

    it('downloads a file and hands it to the person', async () => {
      const { page } = await show({}, { api: echo });
      const download = page.waitForEvent('download');
      await page.evaluate(
        exchange('downloadFile', "{ url: '/api/file' }") +
          '.then(({ tempFilePath }) => wx.openDocument({ filePath: tempFilePath }))',
      );
      expect((await download).suggestedFilename()).toBe('a.csv');
      expect(await page.evaluate(answer("wx.openDocument({ filePath: 'nothing' })"))).toMatchObject({
        failed: expect.stringContaining('openDocument:fail'),
      });
    });
  });

  it('knows the phone: sizes, looks, text size, how it was opened', async () => {
    const { page } = await show({}, { at: '?fontScale=1.4&phone=lin#/pages/a/a?id=1', colorScheme: 'dark' });
    const info = await page.evaluate('wx.getSystemInfoSync()');
    expect(info).toMatchObject({
      screenWidth: 390,
      windowHeight: 800,
      theme: 'dark',
      fontSizeScaleFactor: 1.4,
      language: 'zh_CN',
    });
    expect(await page.evaluate('wx.getWindowInfo().windowWidth')).toBe(390);
    expect(await page.evaluate('wx.getLaunchOptionsSync()')).toMatchObject({ path: 'pages/a/a', query: { id: '1' } });
    expect(await page.evaluate('wx.login()')).toMatchObject({ code: expect.stringMatching(/^preview:lin:\w+$/u) });
    await page.evaluate('globalThis.themes = []; wx.onThemeChange((c) => themes.push(c.theme))');
    await page.emulateMedia({ colorScheme: 'light' });
    await holdsOn(page, "themes[0] === 'light'");
  });

  it('without darkmode in app.json the screen stays light, as in WeChat', async () => {
    const { page } = await show({ 'app.json': '{"pages":["pages/a/a"]}' }, { colorScheme: 'dark' });
    expect(await page.evaluate('wx.getAppBaseInfo().theme')).toBe('light');
    expect(await page.evaluate('document.documentElement.dataset.theme')).toBe('light');
  });
});
