import { describe, expect, it } from 'vitest';
import { withoutChromium } from '../support/chromium.ts';
import { show, tellingPage, told } from './support/stage.ts';

const page = (wxml: string, body = '', ...handlers: string[]) => ({
  'pages/a/a.wxml': wxml,
  'pages/a/a.ts': tellingPage(body, ...handlers),
});

describe.skipIf(withoutChromium)('fields', () => {
  it('input tells of every character, of focus, of Enter and of leaving it', async () => {
    const { page: tab, errors } = await show(
      page(
        '<input aria-label="名" value="{{v}}" maxlength="3" placeholder="写" bind:input="on" bind:focus="on" bind:confirm="on" bind:blur="on" />',
        "data: { v: 'a' },",
        'on',
      ),
    );
    const field = tab.getByRole('textbox', { name: '名' });
    await field.focus();
    await field.press('End');
    await field.pressSequentially('bcd');
    await field.press('Enter');
    expect(await told(tab)).toEqual([
      ['focus', { value: 'a', height: 0 }],
      ['input', { value: 'ab', cursor: 2, keyCode: 0 }],
      ['input', { value: 'abc', cursor: 3, keyCode: 0 }],
      ['confirm', { value: 'abc' }],
      ['blur', { value: 'abc', cursor: 3 }],
    ]);
    expect(errors).toEqual([]);
  });

  it('input and switch write back what model: binds', async () => {
    const { page: tab } = await show(
      page(
        '<input aria-label="名" model:value="{{v}}" /><switch aria-label="开" model:checked="{{on}}" /><text>{{v}}/{{on}}</text>',
        "data: { v: '', on: false },",
      ),
    );
    await tab.getByLabel('名').fill('小李');
    await tab.getByRole('switch', { name: '开' }).click();
    await tab.getByText('小李/true').waitFor();
  });

  it('a placeholder wears its class, in the scope of the component that names it', async () => {
    const { page: tab } = await show({
      'c/c.json': '{"component":true}',
      'c/c.ts': 'Component({})',
      'c/c.wxml': '<input placeholder="写点什么" placeholder-class="soft" />',
      'c/c.wxss': '.soft { color: rgb(1, 2, 3) }',
      'pages/a/a.json': '{"usingComponents":{"c-c":"/c/c"}}',
      'pages/a/a.wxml': '<c-c />',
    });
    const placeholder = tab.getByText('写点什么');
    await expect.poll(() => placeholder.evaluate((element) => getComputedStyle(element).color)).toBe('rgb(1, 2, 3)');
    await tab.getByPlaceholder('写点什么').fill('x');
    expect(await placeholder.isVisible()).toBe(false);
  });

  it('textarea grows with its lines', async () => {
    const { page: tab } = await show(page('<textarea aria-label="话" auto-height bind:linechange="on" />', '', 'on'));
    const field = tab.getByRole('textbox', { name: '话' });
    const before = (await field.boundingBox())?.height ?? 0;
    await field.fill('一\n二\n三\n四');
    await expect.poll(async () => (await field.boundingBox())?.height ?? 0).toBeGreaterThan(before * 2);
    expect((await told(tab)).at(-1)).toEqual(['linechange', expect.objectContaining({ lineCount: 4 })]);
  });

  it('checkboxes tell their group, by press, by key and by label', async () => {
    const { page: tab } = await show(
      page(
        '<checkbox-group bind:change="on"><checkbox value="a" checked aria-label="甲" /><checkbox value="b" aria-label="乙" /><label for="c">丙字</label><checkbox id="c" value="c" aria-label="丙" /><checkbox value="d" disabled aria-label="丁" /></checkbox-group>',
        '',
        'on',
      ),
    );
    await tab.getByRole('checkbox', { name: '乙' }).click();
    await tab.getByRole('checkbox', { name: '甲' }).press(' ');
    await tab.getByText('丙字').click();
    await tab.getByRole('checkbox', { name: '丁' }).click({ force: true });
    expect(await told(tab)).toEqual([
      ['change', { value: ['a', 'b'] }],
      ['change', { value: ['b'] }],
      ['change', { value: ['b', 'c'] }],
    ]);
    expect(await tab.getByRole('checkbox', { name: '甲' }).getAttribute('aria-checked')).toBe('false');
  });

  it('radio buttons take one another back, and arrows move between them', async () => {
    const { page: tab } = await show(
      page(
        '<radio-group bind:change="on"><label><radio value="a" checked /><text>甲</text></label><radio value="b" aria-label="乙" /></radio-group>',
        '',
        'on',
      ),
    );
    await tab.getByRole('radio', { name: '乙' }).click();
    await tab.getByText('甲').click();
    await tab.getByRole('radio', { name: '甲' }).press('ArrowDown');
    expect(await told(tab)).toEqual([
      ['change', { value: 'b' }],
      ['change', { value: 'a' }],
      ['change', { value: 'b' }],
    ]);
    expect(await tab.getByRole('radio', { checked: true }).count()).toBe(1);
  });

  it('slider tells while it moves and when it rests, within its limits', async () => {
    const { page: tab } = await show(
      page(
        '<slider aria-label="天" min="2" max="4" value="3" show-value bind:change="on" bind:changing="on" />',
        '',
        'on',
      ),
    );
    await tab.getByRole('slider', { name: '天' }).press('ArrowRight');
    await tab.getByRole('slider', { name: '天' }).press('ArrowRight');
    expect(await told(tab)).toEqual([
      ['changing', { value: 4 }],
      ['change', { value: 4 }],
    ]);
    await tab.getByText('4', { exact: true }).waitFor();
  });

  it('a form gathers its fields, also those inside components, and resets them', async () => {
    const { page: tab } = await show({
      ...page(
        `<form bind:submit="on" bind:reset="on">
          <c-c /><textarea name="t" value="话" /><switch name="s" checked /><slider name="n" value="7" />
          <checkbox-group name="c"><checkbox value="x" checked /></checkbox-group>
          <radio-group name="r"><radio value="y" checked /></radio-group>
          <picker name="p" range="{{[1,2]}}" value="1"><text>选</text></picker>
          <input value="no name" />
          <button form-type="submit">交</button><button form-type="reset">清</button></form>`,
        '',
        'on',
      ),
      'c/c.json': '{"component":true}',
      'c/c.ts': 'Component({})',
      'c/c.wxml': '<input name="i" value="名" aria-label="名" />',
      'pages/a/a.json': '{"usingComponents":{"c-c":"/c/c"}}',
    });
    const all = { i: '名', t: '话', s: true, n: 7, c: ['x'], r: 'y', p: '1' };
    await tab.getByLabel('名').fill('改');
    await tab.getByRole('button', { name: '交' }).click();
    await tab.getByRole('button', { name: '清' }).click();
    await tab.getByRole('button', { name: '交' }).press('Enter');
    const [first, reset, second] = (await told(tab)) as [string, { value: unknown }][];
    expect(first?.[1].value).toEqual({ ...all, i: '改' });
    expect(reset?.[0]).toBe('reset');
    expect(second?.[1].value).toEqual(all);
  });
});
