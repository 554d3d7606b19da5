/** Of which kind the matters are that a sentence names by number. */
import { describe, expect, it } from 'vitest';
import { calledAlike, kindMeant, mentionsIn } from '../../../src/chat/understanding/kinds.ts';

const KINDS = ['心愿', '议题', '求助'];

describe('what a sentence calls its numbers', () => {
  it.each([
    ['议题1号的事我办不了', [[1, '议题']]],
    ['1号议题的事办好了：灯买了', [[1, '议题']]],
    ['给第三号那个议题打9分', [[3, '议题']]],
    ['议题编号12，办好了', [[12, '议题']]],
    ['议题#12办好了', [[12, '议题']]],
    ['#12议题办好了', [[12, '议题']]],
    ['第2个心愿我来', [[2, '心愿']]],
    ['微心愿2我来', [[2, '心愿']]],
    [
      '1号心愿2号议题',
      [
        [1, '心愿'],
        [2, '议题'],
      ],
    ],
    [
      '心愿1号和议题2号',
      [
        [1, '心愿'],
        [2, '议题'],
      ],
    ],
    ['回复3号：您的3号心愿办好了', [[3], [3, '心愿']]],
    ['3号的事办好了', [[3]]],
    ['心愿一直没人管', []],
    ['我有心愿3个', []],
    ['12月1号议题开会', []],
    ['1号楼的议题', []],
  ] as [string, [number, string?][]][])('%s', (text, wanted) => {
    expect(mentionsIn(text, KINDS).map(({ number, kind }) => (kind ? [number, kind] : [number]))).toEqual(wanted);
  });

  it.each(KINDS)('%s is never taken for another kind, and a bare number is anything', (about) => {
    for (const kind of KINDS) {
      const meant = kindMeant(mentionsIn(`${kind}1号的事`, KINDS), [about], 1, false);
      expect(meant).toEqual(kind === about ? { number: 1 } : { other: { number: 1, kind } });
    }
    expect(kindMeant(mentionsIn('1号的事', KINDS), [about], 1, false)).toEqual({ number: 1 });
  });

  it('takes the number that is called by the kind it is about', () => {
    const mentions = mentionsIn('心愿3号和议题1号一起办好了', KINDS);
    expect(kindMeant(mentions, ['心愿'], 1, false)).toEqual({ number: 3 });
    expect(kindMeant(mentions, ['求助'], 1, false)).toEqual({ other: { number: 1, kind: '议题' } });
    expect(kindMeant(mentionsIn('回复3号：您的3号心愿好了', KINDS), ['求助'], 3, true)).toEqual({ number: 3 });
  });

  it('calls what is listed alike', () => {
    expect(calledAlike(['议题1号', '2号'])).toEqual(['议题1号', '议题2号']);
    expect(calledAlike(['1号', '2号议题'])).toEqual(['议题1号', '2号议题']);
    expect(calledAlike(['心愿1号', '议题2号'])).toEqual(['心愿1号', '议题2号']);
    expect(calledAlike(['1号', '2号'])).toEqual(['1号', '2号']);
  });
});
