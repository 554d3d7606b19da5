import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { componentSelectors, pageSelectors } from '../../scripts/preview/compile/selectors.ts';
import { transformWxss, withUnits } from '../../scripts/preview/compile/wxss.ts';
import { compile } from './support/mini-program.ts';

describe('units', () => {
  it.each([
    ['width: 750rpx', 'width: 100cqw'],
    ['margin: -15rpx .5rpx', 'margin: -2cqw 0.0667cqw'],
    ['height: calc(100vh - 10vw)', 'height: calc(100cqh - 10cqw)'],
    ['content: "10rpx"', 'content: "10rpx"'],
    ['background: url(data:a-10rpx)', 'background: url(data:a-10rpx)'],
    ['width: 10px; --a10rpx: 1', 'width: 10px; --a10rpx: 1'],
  ])('%s', (written, said) => {
    expect(withUnits(written)).toBe(said);
  });
});

describe('selectors', () => {
  it.each([
    ['.a', ':where(wx-page:where([data-page="p"])) .a'],
    ['page', 'wx-page:where([data-page="p"])'],
    ['page.dark > view', 'wx-page:where([data-page="p"]).dark > wx-view'],
    ['.a:not(.b, text)::before', ':where(wx-page:where([data-page="p"])) .a:not(.b, wx-text)::before'],
    ['#x', ':where(wx-page:where([data-page="p"])) [id$="--x"]'],
    ['wish-card scroll-view', ':where(wx-page:where([data-page="p"])) wish-card wx-scroll-view'],
    ['view:nth-child(2n + 1)', ':where(wx-page:where([data-page="p"])) wx-view:nth-child(2n + 1)'],
    ['.a,.b', ':where(wx-page:where([data-page="p"])) .a,:where(wx-page:where([data-page="p"])) .b'],
  ])('of a page: %s', (written, said) => {
    expect(pageSelectors('p')(written)).toBe(said);
  });

  it.each([
    ['.a .b:first-child', '.s--a .s--b:first-child'],
    [':host', '[wx-host="s"]'],
    ['.a:not(.b)', '.s--a:not(.s--b)'],
    ['.中文', '.s--中文'],
  ])('of a component: %s', (written, said) => {
    expect(componentSelectors('s')(written)).toBe(said);
  });
});

describe('sheets', () => {
  it('survives any text, and leaves a sheet without phone units as good as it was', () => {
    const selector = fc.stringMatching(/^\.[a-z]{1,5}$/u);
    const rule = fc.tuple(selector, fc.stringMatching(/^[a-z]{1,5}: [a-z0-9 "'();]{0,12}$/u));
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        transformWxss(text, { include: () => '', reselect: (each) => each, problem: () => undefined });
      }),
    );
    fc.assert(
      fc.property(fc.array(rule), (rules) => {
        const balanced = rules.filter(([, body]) => !/["'();]/u.test(body));
        const sheet = balanced.map(([name, body]) => `${name}{${body.trim()}}\n`).join('');
        expect(plain(sheet)).toBe(sheet);
      }),
    );
  });

  const plain = (text: string) =>
    transformWxss(text, {
      include: () => '',
      reselect: (selector) => selector,
      problem: (error) => {
        throw error;
      },
    });

  it('keeps at-rules that hold no rules, and goes into those that do', () => {
    expect(plain('@font-face { a: url(data:x) } @media (min-width: 1px) { .a { b: 1rpx } }')).toBe(
      '@font-face{a: url(data:x)}\n@media (min-width: 1px){.a{b: 0.1333cqw}\n}\n',
    );
    expect(plain('@keyframes k { from { a: 1 } to { a: 2 } }')).toBe('@keyframes k{from { a: 1 } to { a: 2 }}\n');
  });

  it('lets the phone decide what is dark, together with other conditions', () => {
    expect(plain('@media (prefers-color-scheme: dark) { .a, .b { c: 1 } }')).toBe(
      ':where([data-theme="dark"]) .a,:where([data-theme="dark"]) .b{c: 1}\n',
    );
    expect(plain('@media (prefers-color-scheme: dark) and (min-width: 1px) { .a { c: 1 } }')).toBe(
      '@media (min-width: 1px){:where([data-theme="dark"]) .a{c: 1}\n}\n',
    );
  });

  it('is not led astray by braces and semicolons in strings and comments', () => {
    expect(plain('/* } */ .a::before { content: "};"; } .b { c: 1 }')).toBe('.a::before{content: "};";}\n.b{c: 1}\n');
  });

  it('takes a sheet in once where sheets import one another', async () => {
    const { css } = await compile({
      'app.wxss': "@import './b.wxss'; .app-own { a: 1 }",
      'b.wxss': "@import './app.wxss'; .from-b { a: 1 }",
    });
    expect(css.match(/app-own/gu)).toHaveLength(1);
    expect(css.match(/from-b/gu)).toHaveLength(1);
  });

  it.each([
    'weui-wxss/dist/style/weui.wxss',
    'weui-miniprogram/weui-wxss/dist/style/weui.wxss',
    '/miniprogram_npm/weui-wxss/dist/style/weui.wxss',
  ])('finds WeUI as %s', async (written) => {
    expect((await compile({ 'app.wxss': `@import '${written}';` })).css).toContain('.weui-cell{');
  });
});
