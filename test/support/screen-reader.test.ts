import { describe, expect, it } from 'vitest';
import { leftOut } from './chromium.ts';
import { spokenIn, unclear } from './screen-reader.ts';

describe('what a screen reader says', () => {
  it('is read with roles, names, levels and what stands in what', () => {
    const snapshot = [
      '- banner:',
      '  - heading "好邻" [level=1]',
      `- 'button "绑定码: \\"A\\"" [disabled]':`,
      '  - text: 换一个',
      '- list:',
      '  - listitem: 一',
      '- textbox "地址": 3栋',
    ].join('\n');
    expect(spokenIn(snapshot)).toEqual([
      { role: 'banner', name: '', inside: -1 },
      { role: 'heading', name: '好邻', level: 1, inside: 0 },
      { role: 'button', name: '绑定码: \\"A\\"', inside: -1 },
      { role: 'list', name: '', inside: -1 },
      { role: 'listitem', name: '', inside: 3 },
      { role: 'textbox', name: '地址', inside: -1 },
    ]);
  });

  it.each([
    [
      'a name for everything',
      '- button "许愿"\n- switch "比较急"\n- heading "好邻" [level=1]\n- heading "墙" [level=2]',
      [],
    ],
    ['a control without one', '- button\n- textbox: 想要', ['a button without a name', 'a textbox without a name']],
    ['rows of one list that are alike', '- list:\n  - button "看"\n  - button "看"', []],
    ['two places that are alike', '- main:\n  - button "看"\n- button "看"', ['two times the button 看']],
    ['a level left out', '- heading "好邻" [level=1]\n- heading "墙" [level=3]', ['heading 3 “墙” after 1']],
    ['a page without its own heading', '- heading "墙" [level=2]', ['heading 2 “墙” after 0']],
  ])('is clear or not: %s', (_what, snapshot, expected) => {
    expect(unclear(spokenIn(snapshot))).toEqual(expected);
  });
});

it('a browser that is missing is a failure where the tests are relied on', () => {
  expect([leftOut(true, undefined), leftOut(true, 'true'), leftOut(false, ''), leftOut(false, 'true')]).toEqual([
    false,
    false,
    true,
    false,
  ]);
});
