import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { withoutChromium } from '../support/chromium.ts';
import { show, tellingPage, told } from './support/stage.ts';

const withPicker = (attributes: string, body = '') =>
  show({
    'pages/a/a.wxml': `<picker ${attributes} bind:change="on" bind:cancel="on" bind:columnchange="on"><text>选一个</text></picker>`,
    'pages/a/a.ts': tellingPage(body, 'on'),
  });

const choose = async (page: Page, ...rows: string[]) => {
  await page.getByRole('button', { name: '选一个' }).click();
  for (const name of rows) await page.getByRole('option', { name, exact: true }).click();
  await page.getByRole('button', { name: '确定' }).click();
};

const rowsOf = (page: Page, wheel: string) =>
  page.getByRole('listbox', { name: wheel }).getByRole('option').allInnerTexts();

describe.skipIf(withoutChromium)('picker', () => {
  it('chooses a line of plain texts and of objects', async () => {
    const { page } = await withPicker(
      `range="{{list}}" range-key="name" value="{{1}}"`,
      "data: { list: [{ name: '甲' }, { name: '乙' }, { name: '丙' }] },",
    );
    await page.getByRole('button', { name: '选一个' }).click();
    expect(await page.getByRole('option', { selected: true }).textContent()).toBe('乙');
    await page.keyboard.press('Escape');
    await choose(page, '丙');
    expect(await told(page)).toEqual([
      ['cancel', {}],
      ['change', { value: 2 }],
    ]);
  });

  it('turns by the arrow keys, and gives the focus back', async () => {
    const { page } = await withPicker(`range="{{['a','b','c']}}"`);
    await page.getByRole('button', { name: '选一个' }).press('Enter');
    await page.getByRole('listbox').press('ArrowDown');
    await page.getByRole('listbox').press('End');
    await page.getByRole('button', { name: '确定' }).press('Enter');
    expect(await told(page)).toEqual([['change', { value: 2 }]]);
    expect(await page.evaluate(() => document.activeElement?.localName)).toBe('wx-picker');
  });

  it('turns by scrolling', async () => {
    const { page } = await withPicker(`range="{{['a','b','c','d','e','f']}}"`);
    await page.getByRole('button', { name: '选一个' }).click();
    await page.getByRole('listbox').hover();
    await page.mouse.wheel(0, 44 * 3);
    await page.getByRole('option', { name: 'd', selected: true }).waitFor();
    await page.getByRole('button', { name: '确定' }).click();
    expect(await told(page)).toEqual([['change', { value: 3 }]]);
  });

  it('multiSelector tells of every column, and shows what the page answers', async () => {
    const { page } = await show({
      'pages/a/a.wxml': `<picker mode="multiSelector" range="{{range}}" value="{{at}}" bind:columnchange="turn" bind:change="on"><text>选一个</text></picker>`,
      'pages/a/a.ts': tellingPage(
        `data: { range: [['城', '乡'], ['一街', '二街']], at: [0, 0] },
        turn(e: { detail: { column: number; value: number } }) {
          if (e.detail.column === 0) this.setData({ range: [['城', '乡'], ['一村', '二村', '三村']], at: [e.detail.value, 0] });
        },`,
        'on',
      ),
    });
    await page.getByRole('button', { name: '选一个' }).click();
    await page.getByRole('option', { name: '乡' }).click();
    await page.getByRole('option', { name: '三村' }).click();
    await page.getByRole('button', { name: '确定' }).click();
    expect(await told(page)).toEqual([['change', { value: [1, 2] }]]);
  });

  it('date keeps within its limits, and the days follow month and year', async () => {
    const { page } = await withPicker('mode="date" start="2023-02-10" end="2024-03-05" value="2023-12-31"');
    await page.getByRole('button', { name: '选一个' }).click();
    expect(await rowsOf(page, '年')).toEqual(['2023 年', '2024 年']);
    expect((await rowsOf(page, '月'))[0]).toBe('2 月');
    await page.getByRole('option', { name: '2024 年' }).click();
    expect(await rowsOf(page, '月')).toEqual(['1 月', '2 月', '3 月']);
    await page.getByRole('option', { name: '2 月', exact: true }).click();
    expect((await rowsOf(page, '日')).at(-1)).toBe('29 日');
    await page.getByRole('option', { name: '29 日' }).click();
    await page.getByRole('button', { name: '确定' }).click();
    expect(await told(page)).toEqual([['change', { value: '2024-02-29' }]]);
  });

  it('date by month, and time', async () => {
    const month = await withPicker('mode="date" fields="month" start="2024-01-01" end="2025-12-31" value="2025-01"');
    await choose(month.page, '11 月');
    expect(await told(month.page)).toEqual([['change', { value: '2025-11' }]]);
    const time = await withPicker('mode="time" value="08:30" start="08:00" end="18:00"');
    await choose(time.page, '09 时', '05 分');
    expect(await told(time.page)).toEqual([['change', { value: '09:05' }]]);
    await choose(time.page, '19 时');
    expect(await told(time.page)).toEqual([['change', { value: '18:00' }]]);
  });

  it('does nothing when disabled', async () => {
    const { page } = await withPicker(`disabled range="{{['a']}}"`);
    await page.getByRole('button', { name: '选一个' }).click({ force: true });
    expect(await page.getByRole('dialog').count()).toBe(0);
  });
});
