import { describe, expect, it } from 'vitest';
import { withoutChromium } from '../support/chromium.ts';
import { show, tellingPage, told } from './support/stage.ts';

const page = (wxml: string, ...handlers: string[]) => ({
  'pages/a/a.wxml': wxml,
  'pages/a/a.ts': tellingPage('', ...handlers),
});

const TELLING = `
const told = ((globalThis as { told?: unknown[] }).told ??= []);
Page({ on(e) { told.push([e.type, e.currentTarget.dataset, e.target.dataset, e.mark, e.currentTarget.id]); } });`;

describe.skipIf(withoutChromium)('pressing', () => {
  it('a tap comes from a mouse, a finger, Enter, Space and a script, with data of both ends', async () => {
    const { page: tab } = await show(
      {
        'pages/a/a.wxml':
          '<view id="out" data-a-b="1" mark:m="x" aria-role="button" bind:tap="on"><view class="in" data-c="{{ {d: 2} }}">按</view></view>',
        'pages/a/a.ts': TELLING,
      },
      { hasTouch: true },
    );
    const inner = tab.getByText('按');
    await inner.click();
    await inner.tap();
    await tab.getByRole('button').press('Enter');
    await tab.getByRole('button').press(' ');
    const outside = { aB: '1' };
    expect(await told(tab)).toEqual([
      ['tap', outside, { c: { d: 2 } }, { m: 'x' }, 'out'],
      ['tap', outside, { c: { d: 2 } }, { m: 'x' }, 'out'],
      ['tap', outside, outside, { m: 'x' }, 'out'],
      ['tap', outside, outside, { m: 'x' }, 'out'],
    ]);
  });

  it('bubbles to who binds, ends at who catches, and comes first to who captures', async () => {
    const { page: tab } = await show({
      'pages/a/a.wxml':
        '<view capture-bind:tap="first" bind:tap="never"><view catch:tap="stop"><view bind:tap="inner">按</view></view></view>',
      'pages/a/a.ts': `const told = ((globalThis as { told?: unknown[] }).told ??= []);
        const on = (name: string) => () => void told.push(name);
        Page({ first: on('first'), never: on('never'), stop: on('stop'), inner: on('inner') });`,
    });
    await tab.getByText('按').click();
    expect(await told(tab)).toEqual(['first', 'inner', 'stop']);
  });

  it('a long press is told, and where it is heard no tap follows', async () => {
    const { page: tab } = await show(
      page('<view bind:longpress="on" bind:tap="on">长</view><view bind:tap="on">短</view>', 'on'),
    );
    const hold = async (text: string) => {
      await tab.getByText(text).hover();
      await tab.mouse.down();
      await tab.waitForTimeout(450);
      await tab.mouse.up();
    };
    await hold('长');
    await hold('短');
    await tab.getByText('长').click();
    expect(((await told(tab)) as [string][]).map(([type]) => type)).toEqual(['longpress', 'tap', 'tap']);
  });

  it('touches are told with their points, a mouse counting as one', async () => {
    const { page: tab } = await show({
      'pages/a/a.wxml':
        '<view style="height: 200px" bind:touchstart="on" bind:touchmove="on" bind:touchend="on">拖</view>',
      'pages/a/a.ts': `const told = ((globalThis as { told?: unknown[] }).told ??= []);
        Page({ on(e) { told.push([e.type, e.touches.length, e.changedTouches[0].clientX]); } });`,
    });
    await tab.mouse.move(50, 100);
    await tab.mouse.down();
    await tab.mouse.move(80, 100);
    await tab.mouse.up();
    expect(await told(tab)).toEqual([
      ['touchstart', 1, 50],
      ['touchmove', 1, 80],
      ['touchend', 0, 80],
    ]);
  });

  it('a layer that catches moves scrolls nothing', async () => {
    const { page: tab } = await show(
      page('<view catch:touchmove="on">层</view><view bind:touchmove="on">页</view>', 'on'),
    );
    const scrolls = (text: string) => tab.getByText(text).evaluate((element) => getComputedStyle(element).touchAction);
    expect([await scrolls('层'), await scrolls('页')]).toEqual(['none', 'auto']);
  });

  it('a pressed thing wears its hover class, in its component’s scope, only while it is pressed', async () => {
    const { page: tab } = await show({
      'c/c.json': '{"component":true}',
      'c/c.ts': 'Component({})',
      'c/c.wxml': '<view class="a" hover-class="b">按</view>',
      'c/c.wxss': '.b { color: rgb(1, 2, 3) }',
      'pages/a/a.json': '{"usingComponents":{"c-c":"/c/c"}}',
      'pages/a/a.wxml': '<c-c />',
    });
    const colour = () => tab.getByText('按').evaluate((element) => getComputedStyle(element).color);
    await tab.getByText('按').hover();
    await tab.mouse.down();
    expect(await colour()).toBe('rgb(1, 2, 3)');
    await tab.mouse.up();
    expect(await colour()).not.toBe('rgb(1, 2, 3)');
  });

  it('a disabled button is deaf and says so; a loading one says it is busy', async () => {
    const { page: tab } = await show(
      page('<button disabled bind:tap="on">关</button><button loading bind:tap="on">忙</button>', 'on'),
    );
    await tab.getByRole('button', { name: '关' }).click({ force: true });
    expect(await told(tab)).toEqual([]);
    expect(await tab.getByRole('button', { name: '关', disabled: true }).count()).toBe(1);
    expect(await tab.getByRole('button', { name: '忙' }).getAttribute('aria-busy')).toBe('true');
  });

  it('roles, states and names reach screen readers; a false state is said, an absent one is not', async () => {
    const { page: tab } = await show({
      'pages/a/a.wxml': `<view aria-role="tab" aria-selected="{{false}}" aria-label="{{name}}">甲</view>
        <view aria-role="alert" aria-live="polite" aria-expanded="{{none}}">乙</view>
        <view aria-role="button" bind:tap="go" aria-describedby="why" aria-hidden="{{false}}">丙</view><text id="why">因为</text>`,
      'pages/a/a.ts': "Page({ data: { name: '名' }, go() { this.setData({ name: '' }); } });",
    });
    const first = tab.getByRole('tab', { name: '名' });
    expect(await first.getAttribute('aria-selected')).toBe('false');
    expect(await tab.getByRole('alert').getAttribute('aria-expanded')).toBe(null);
    const described = await tab.getByRole('button', { name: '丙' }).getAttribute('aria-describedby');
    expect(await tab.getByText('因为').getAttribute('id')).toBe(described);
    await tab.getByRole('button', { name: '丙' }).click();
    expect(await tab.getByRole('tab').getAttribute('aria-label')).toBe(null);
  });
});
