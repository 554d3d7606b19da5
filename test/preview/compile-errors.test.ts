import { describe, expect, it } from 'vitest';
import { problemLine } from '../../scripts/preview/index.ts';
import { compile, type Files, problemsOf } from './support/mini-program.ts';

const linesOf = async (files: Files) => (await problemsOf(files)).map(problemLine);

describe('what is wrong with a mini-program is said with file and line', () => {
  const cases: [what: string, files: Files, said: RegExp][] = [
    [
      'an event without its colon',
      { 'pages/a/a.wxml': '<view>\n  <view bindtap="go">a</view>\n</view>' },
      /^miniprogram\/pages\/a\/a\.wxml:2:9 bindtap does nothing: write bind:tap \(event-without-colon\)$/u,
    ],
    [
      'a caught event without its colon',
      { 'pages/a/a.wxml': '<view catchtouchmove="go">a</view>' },
      /a\.wxml:1:7 .*write catch:touchmove/u,
    ],
    [
      'a component nobody declared',
      { 'pages/a/a.wxml': '<view>\n\n  <wish-card /></view>' },
      /^miniprogram\/pages\/a\/a\.wxml:3:3 <wish-card> is not known: .*usingComponents/u,
    ],
    ['a tag of the web', { 'pages/a/a.wxml': '<div>a</div>' }, /a\.wxml:1:1 <div> is not known/u],
    [
      'a call of wx that does not exist',
      { 'pages/a/a.ts': 'Page({\n  onLoad() {\n    wx.reqeust({});\n  },\n});' },
      /^miniprogram\/pages\/a\/a\.ts:3:8 WeChat has no wx\.reqeust: did you mean wx\.request\? \(wx-unknown\)$/u,
    ],
    ['a script that is none', { 'pages/a/a.ts': 'Page({\n  data: {,\n});' }, /a\.ts:2:\d+ .*\(script-invalid\)$/u],
    ['a binding that is none', { 'pages/a/a.wxml': '<view>\n{{ a + }}</view>' }, /a\.wxml:2:\d+ .*\(wxml-invalid\)$/u],
    ['a tag that does not end', { 'pages/a/a.wxml': '<view><text>a</view>' }, /a\.wxml:1:\d+ .*\(wxml-tags\)$/u],
    [
      'a page that is not there',
      { 'app.json': '{\n "pages": ["pages/a/a",\n "pages/b/b"] }' },
      /^miniprogram\/app\.json:3:\d+ there is no pages\/b\/b\.wxml/u,
    ],
    ['JSON that is none', { 'pages/a/a.json': '{\n  "a": 1,\n}' }, /pages\/a\/a\.json:3:\d+ .*\(json-invalid\)$/u],
    [
      'a declared component that is not there',
      { 'pages/a/a.json': '{\n"usingComponents": {\n"x-y": "/x/y" } }' },
      /pages\/a\/a\.json:3:1 there is no component x\/y/u,
    ],
    [
      'a sheet that is not there',
      { 'pages/a/a.wxss': "\n@import './b.wxss';" },
      /a\.wxss:2:1 there is no \.\/b\.wxss/u,
    ],
    [
      'a local picture in a sheet',
      { 'pages/a/a.wxss': '.a {\n background: url(/a.png) }' },
      /a\.wxss:2:\d+ .*\(wxss-local-file\)/u,
    ],
    [
      'a template that is not there',
      { 'pages/a/a.wxml': '<import src="b.wxml" />' },
      /a\.wxml:1:\d+ there is no pages\/a\/b\.wxml/u,
    ],
  ];
  it.each(cases)('%s', async (_what, files, said) => {
    expect(await linesOf(files)).toEqual([expect.stringMatching(said)]);
  });

  it('reports everything at once, not only the first', async () => {
    const files = { 'pages/a/a.wxml': '<view bindtap="a" />\n<spna />', 'pages/a/a.ts': 'wx.nope();' };
    expect((await problemsOf(files)).map(({ code }) => code)).toEqual([
      'event-without-colon',
      'unknown-component',
      'wx-unknown',
    ]);
  });

  it('refuses selectors that reach out of a component', async () => {
    const component = { 'c/c.json': '{"component":true}', 'c/c.wxml': '<view class="a" />', 'c/c.ts': 'Component({})' };
    const page = { 'pages/a/a.json': '{"usingComponents":{"c-c":"/c/c"}}', 'pages/a/a.wxml': '<c-c />' };
    const said = await linesOf({ ...component, ...page, 'c/c.wxss': '.a {}\n.a view {}\n#b {}\n[c] {}' });
    expect(said.map((line) => /c\.wxss:(\d+:\d+).*not (\S+)/u.exec(line)?.slice(1))).toEqual([
      ['2:4', 'view'],
      ['3:1', '#b'],
      ['4:1', '[c]'],
    ]);
  });

  it('takes names in comments, strings, scripts and bindings for nothing', async () => {
    const files = {
      'pages/a/a.wxml': `<!-- <div bindtap="x"> -->
<wxs module="m">module.exports = { f: function (a, b) { return a <b; } };</wxs>
<view wx:if="{{ 1 <two }}">{{ '<div bindtap>' }} {{ m.f(1, 2) }}</view>`,
      'pages/a/a.ts': '// wx.nope()\nconst s = "wx.nope"; Page({ data: { s } });',
    };
    expect(await linesOf(files)).toEqual([]);
  });
});

describe('what is unwise is a warning', () => {
  it.each([
    ['list-without-key', '<view wx:for="{{[1]}}">a</view>'],
    ['tap-without-role', '<view bind:tap="go">a</view>'],
  ])('%s', async (code, wxml) => {
    const { warnings } = await compile({ 'pages/a/a.wxml': wxml });
    expect(warnings.map((each) => each.code)).toEqual([code]);
  });
});
