import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { withoutChromium } from '../support/chromium.ts';
import { holdsOn, show } from './support/stage.ts';

/** Starts a call and keeps its answer, which comes once the person has chosen. */
const start = (call: string) =>
  `globalThis.answer = undefined; void wx.${call}.then((r) => { answer = r; }, (e) => { answer = e; });`;
const ANSWER = 'new Promise((done) => { const look = () => (answer ? done(answer) : setTimeout(look, 10)); look(); })';

const picture = async () => ({
  name: 'a.png',
  mimeType: 'image/png',
  buffer: await sharp({ create: { width: 2, height: 3, channels: 3, background: 'red' } })
    .png()
    .toBuffer(),
});

describe.skipIf(withoutChromium)('what the phone asks and says', () => {
  it('a toast is a status, one takes the other’s place, and it goes by itself', async () => {
    const { page } = await show({});
    await page.evaluate(
      "wx.showToast({ title: '一', duration: 60_000 }); wx.showToast({ title: '二', icon: 'none', duration: 60_000 })",
    );
    await page.getByRole('status').filter({ hasText: '二' }).waitFor();
    expect(await page.getByText('一').count()).toBe(0);
    await page.evaluate("wx.showLoading({ title: '等等', mask: true })");
    await page.getByText('等等').waitFor();
    await page.evaluate('wx.hideLoading()');
    expect(await page.getByRole('status').count()).toBe(0);
    await page.evaluate("wx.showToast({ title: '三', duration: 1 })");
    await page.getByRole('status').waitFor({ state: 'detached' });
  });

  it.each([
    ['the yes', '好的', { confirm: true, cancel: false }],
    ['the no', '算了', { confirm: false, cancel: true }],
    ['Escape', undefined, { confirm: false, cancel: true }],
  ])('a modal answers %s, holds the focus, and gives it back', async (_what, button, answer) => {
    const { page } = await show({ 'pages/a/a.wxml': '<button>前</button>' });
    await page.getByRole('button', { name: '前' }).focus();
    await page.evaluate(start("showModal({ title: '题', content: '话', confirmText: '好的', cancelText: '算了' })"));
    await page.getByRole('dialog', { name: '题' }).waitFor();
    for (let press = 0; press < 5; press += 1) await page.keyboard.press('Tab');
    expect(
      await page.evaluate('document.activeElement === document.body || !!document.activeElement.closest("dialog")'),
    ).toBe(true);
    if (button) await page.getByRole('button', { name: button }).press('Enter');
    else await page.keyboard.press('Escape');
    expect(await page.evaluate(ANSWER)).toMatchObject(answer);
    expect(await page.evaluate('document.activeElement.localName')).toBe('wx-button');
  });

  it('a modal that must be answered cannot be left; an editable one gives its text', async () => {
    const { page } = await show({});
    await page.evaluate(
      start("showModal({ title: '题', showCancel: false, editable: true, placeholderText: '为什么' })"),
    );
    await page.keyboard.press('Escape');
    await page.getByRole('textbox', { name: '为什么' }).fill('因为');
    await page.getByRole('button', { name: '确定' }).click();
    expect(await page.evaluate(ANSWER)).toMatchObject({ confirm: true, content: '因为' });
  });

  it('an action sheet answers with the line, and leaving it is a failure', async () => {
    const { page } = await show({});
    const sheet = start("showActionSheet({ itemList: ['甲', '乙'], alertText: '选' })");
    await page.evaluate(sheet);
    await page.getByRole('dialog', { name: '选' }).getByRole('button', { name: '乙' }).click();
    expect(await page.evaluate(ANSWER)).toMatchObject({ tapIndex: 1 });
    await page.evaluate(sheet);
    await page.mouse.click(195, 50);
    expect(await page.evaluate(ANSWER)).toEqual({ errMsg: 'showActionSheet:fail cancel' });
  });

  it('a code is typed, a number is called, a day is noted, a subscription is granted line by line', async () => {
    const { page } = await show({});
    await page.evaluate(start('scanCode()'));
    await page.getByLabel('二维码的内容').fill('绑定 123');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(ANSWER)).toMatchObject({ result: '绑定 123', scanType: 'QR_CODE' });
    await page.evaluate(start("makePhoneCall({ phoneNumber: '0858-123' })"));
    await page.getByRole('button', { name: '呼叫 0858-123' }).click();
    expect(await page.evaluate(ANSWER)).toEqual({ errMsg: 'makePhoneCall:ok' });
    await page.evaluate(start("addPhoneCalendar({ title: '商量装灯', startTime: 1773226800, location: '议事厅' })"));
    await page.getByRole('button', { name: '同意' }).click();
    await page.getByRole('dialog', { name: '加到日历' }).getByText('2026/3/11 19:00:00 议事厅').waitFor();
    await page.getByRole('button', { name: '添加' }).click();
    expect(await page.evaluate(ANSWER)).toEqual({ errMsg: 'addPhoneCalendar:ok' });
    await page.evaluate(start("requestSubscribeMessage({ tmplIds: ['到期', '办结'] })"));
    await page.getByRole('checkbox', { name: '到期' }).uncheck();
    await page.getByRole('button', { name: '允许' }).click();
    expect(await page.evaluate(ANSWER)).toMatchObject({ 到期: 'reject', 办结: 'accept' });
    await page.evaluate(start("requestSubscribeMessage({ tmplIds: ['a', 'b', 'c', 'd'] })"));
    expect(await page.evaluate(ANSWER)).toMatchObject({ errCode: 20001 });
  });

  it('asks for consent before personal data, remembers it, and refuses without', async () => {
    const { page } = await show({});
    expect(await page.evaluate('wx.getPrivacySetting()')).toMatchObject({ needAuthorization: true });
    await page.evaluate(start('chooseMedia({})'));
    await page.getByRole('dialog', { name: '用户隐私保护提示' }).getByRole('button', { name: '拒绝' }).click();
    expect(await page.evaluate(ANSWER)).toMatchObject({
      errno: 104,
      errMsg: expect.stringContaining('privacy permission'),
    });
    await page.evaluate(start('requirePrivacyAuthorize()'));
    await page.getByRole('button', { name: '同意' }).click();
    expect(await page.evaluate(ANSWER)).toEqual({ errMsg: 'requirePrivacyAuthorize:ok' });
    await page.reload();
    expect(await page.evaluate('wx.getPrivacySetting()')).toMatchObject({ needAuthorization: false });
  });

  it('a mini-program may ask for consent itself; only its agreeing button counts', async () => {
    const { page } = await show({
      'pages/a/a.wxml':
        '<button wx:if="{{asked}}" id="yes" open-type="agreePrivacyAuthorization" bind:agreeprivacyauthorization="agree">我同意</button><button bind:tap="cheat">骗</button>',
      'pages/a/a.ts': `Page({
        data: { asked: false },
        onLoad() { wx.onNeedPrivacyAuthorization((resolve) => { this.resolve = resolve; this.setData({ asked: true }); }); },
        agree() { this.resolve({ event: 'agree', buttonId: 'yes' }); },
        cheat() { this.resolve({ event: 'agree' }); },
      });`,
    });
    await page.evaluate(start('requirePrivacyAuthorize()'));
    await page.getByRole('button', { name: '骗' }).click();
    expect(await page.evaluate(ANSWER)).toMatchObject({ errno: 104 });
    await page.evaluate(start('requirePrivacyAuthorize()'));
    await page.getByRole('button', { name: '我同意' }).click();
    expect(await page.evaluate(ANSWER)).toEqual({ errMsg: 'requirePrivacyAuthorize:ok' });
    await page.evaluate(start('openPrivacyContract()'));
    await page.getByRole('button', { name: '知道了' }).click();
    expect(await page.evaluate(ANSWER)).toEqual({ errMsg: 'openPrivacyContract:ok' });
  });

  it('a chosen picture can be shown, looked at and uploaded', async () => {
    let uploaded = '';
    const { page } = await show(
      {
        'pages/a/a.wxml': '<image src="{{src}}" bind:load="seen" />',
        'pages/a/a.ts': 'Page({ seen() { (globalThis as any).seen = true; } });',
      },
      {
        api: async (route) => {
          uploaded = route.request().postData() ?? '';
          await route.fulfill({ status: 201, json: { id: 'p1' } });
        },
      },
    );
    await page.evaluate("localStorage.setItem('haolin-privacy:phone', 'agreed')");
    const chooser = page.waitForEvent('filechooser');
    await page.evaluate(start("chooseMedia({ count: 1, mediaType: ['image'] })"));
    await (await chooser).setFiles(await picture());
    const { tempFiles } = (await page.evaluate(ANSWER)) as {
      tempFiles: { tempFilePath: string; fileType: string; width: number }[];
    };
    expect(tempFiles).toMatchObject([{ fileType: 'image', width: 2, height: 3 }]);
    const path = tempFiles[0]?.tempFilePath ?? '';
    await page.evaluate(`getCurrentPages()[0].setData({ src: '${path}' })`);
    await holdsOn(page, 'globalThis.seen');
    expect(
      await page.evaluate(
        `new Promise((success, fail) => wx.uploadFile({ url: '/api/photos', filePath: '${path}', name: 'photo', formData: { of: 'w1' }, success, fail }))`,
      ),
    ).toMatchObject({
      statusCode: 201,
      data: '{"id":"p1"}',
    });
    expect(uploaded).toContain('name="photo"; filename="a.png"');
    expect(uploaded).toContain('w1');
    await page.evaluate(start(`previewImage({ urls: ['${path}', '${path}'], current: 1 })`));
    await page.getByRole('img', { name: '图片 2 / 2' }).waitFor();
    await page.getByRole('button', { name: '下一张' }).click();
    await page.getByRole('img', { name: '图片 1 / 2' }).waitFor();
    await page.keyboard.press('Escape');
    expect(await page.evaluate(ANSWER)).toEqual({ errMsg: 'previewImage:ok' });
  });

  it('an upload of nothing fails', async () => {
    const { page } = await show({});
    const failed = await page.evaluate(
      "new Promise((fail) => wx.uploadFile({ url: '/api/x', filePath: 'none', name: 'a', fail: (e) => fail(e.errMsg) }))",
    );
    expect(failed).toBe('uploadFile:fail file not found');
  });
});
