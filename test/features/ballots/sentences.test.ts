import { describe, expect, it } from 'vitest';
import { attendanceOf, NOTHING, reckon, type Weight } from '../../../src/features/ballots/arithmetic.ts';
import { PACKS, ruleOf, type Threshold } from '../../../src/features/ballots/pack.ts';
import {
  attendanceSentences,
  inArea,
  resultSentences,
  ruleSentences,
  shareWords,
} from '../../../src/features/ballots/sentences.ts';

const weight = (heads: number, area = 0): Weight => ({ heads: BigInt(heads), area: BigInt(area) });

function told(code: string, all: Weight, here: Weight, votes: [Weight, Weight?, Weight?], variant?: string): string[] {
  const pack = PACKS.find((one) => one.code === code);
  const rule = pack && ruleOf(pack, variant);
  if (!rule) throw new Error(`no rule ${code}`);
  const [yes, against = NOTHING, abstain = NOTHING] = votes;
  const count = { electorate: all, present: here, tally: { for: yes, against, abstain } };
  return resultSentences(rule, count, reckon(rule, count));
}

describe('what a result is told as', () => {
  it('a residents’ meeting that is held and passes it', () => {
    expect(told('residents-meeting', weight(120), weight(71), [weight(40), weight(25), weight(6)])).toEqual([
      '应到120户，到会71户，超过一半（至少61户），可以开会。',
      '同意40户，反对25户，弃权6户。',
      '同意的超过到会的一半（至少36户）。',
      '结果：通过。',
    ]);
  });

  it('a residents’ meeting too few come to', () => {
    expect(told('residents-meeting', weight(120), weight(60), [weight(58), weight(2)])).toEqual([
      '应到120户，到会60户，没有超过一半（至少要61户，还差1户），还不能开会。',
      '同意58户，反对2户，弃权0户。',
      '参加的不够，这次表决不算数。',
      '结果：没有通过。',
    ]);
  });

  it('owners, by heads and by area', () => {
    const lines = told(
      'owners',
      weight(90, 900_050),
      weight(60, 600_034),
      [weight(45, 450_000), weight(15, 150_034)],
      'three-quarters',
    );
    expect(lines).toEqual([
      '一共90位业主，参加表决60位业主，达到三分之二（至少60位业主），参加的够了。',
      '一共面积9000.5平方米，参加表决面积6000.34平方米，达到三分之二（至少6000.34平方米），参加的够了。',
      '同意45位业主（4500平方米），反对15位业主（1500.34平方米），弃权0位业主（0平方米）。',
      '同意的达到参加表决的四分之三（至少45位业主）。',
      '同意的面积没有达到参加表决的四分之三（至少要4500.26平方米，还差0.26平方米）。',
      '结果：没有通过。',
    ]);
  });

  it('a courtyard that is of two minds', () => {
    expect(told('courtyard-poll', weight(30), weight(11), [weight(5), weight(5), weight(1)])).toEqual([
      '一共30户，参加表决11户。',
      '同意5户，反对5户，弃权1户。',
      '同意的没有超过同意和反对合计的一半（至少要6户，还差1户）。',
      '结果：同意和反对一样多，需要再议一次、重新表决。',
    ]);
  });

  it('attendance alone, while the vote is under way', () => {
    const [pack] = PACKS;
    const rule = pack && ruleOf(pack);
    if (!rule) throw new Error('no rule');
    const [all, here] = [weight(10), weight(2)];
    expect(attendanceSentences(rule, all, here, attendanceOf(rule, all, here))).toEqual([
      '应到10户，到会2户，没有超过一半（至少要6户，还差4户），还不能开会。',
    ]);
  });
});

it.each<[number, number, string]>([
  [1, 2, '一半'],
  [2, 4, '一半'],
  [2, 3, '三分之二'],
  [3, 4, '四分之三'],
  [7, 10, '十分之七'],
  [11, 20, '20分之11'],
  [5, 5, '全部'],
])('%i/%i is said %s', (n, d, words) => {
  const threshold: Threshold = { of: 'present', by: 'heads', atLeast: { n, d } };
  expect(shareWords(threshold)).toBe(words);
});

it.each<[bigint, string]>([
  [0n, '0平方米'],
  [5n, '0.05平方米'],
  [8_050n, '80.5平方米'],
  [12_345n, '123.45平方米'],
  [10_000n, '100平方米'],
])('%i hundredths are %s', (hundredths, words) => expect(inArea(hundredths)).toBe(words));

it('a rule is told before anybody votes by it', () => {
  const saidOf = (code: string, variant?: string) => {
    const pack = PACKS.find((one) => one.code === code);
    const rule = pack && ruleOf(pack, variant);
    return rule ? ruleSentences(rule) : [];
  };
  expect(saidOf('residents-meeting')).toEqual([
    '一户一票。',
    '到会的户数要超过全体的一半，表决才算数。',
    '同意的户数要超过到会的一半，才算通过。',
    '同意和反对一样多，再议一次、重新表决。',
  ]);
  expect(saidOf('owners', 'three-quarters')).toEqual(
    expect.arrayContaining([
      '参加表决的人数要不少于全体的三分之二，表决才算数。',
      '参加表决的面积要不少于全体的三分之二，表决才算数。',
      '同意的面积要不少于参加表决的四分之三，才算通过。',
    ]),
  );
});
