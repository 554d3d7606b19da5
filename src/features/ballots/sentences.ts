import type { Count, Outcome, Reached, Reckoning, Weight } from './arithmetic.ts';
import type { BallotRule, Threshold } from './pack.ts';

/** The arithmetic of a ballot as one would explain it at the door: how many there are, how many came, what it takes. */

type Told = Pick<BallotRule, 'electorate' | 'present'>;

const UNITS = { household: '户', adult: '人', owner: '位业主' } as const;
const DIGITS = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十'] as const;
const OUTCOMES: Record<Outcome, string> = {
  passed: '结果：通过。',
  failed: '结果：没有通过。',
  tie: '结果：同意和反对一样多，需要再议一次、重新表决。',
};

/**
 * The result as sentences, one thought each.
 * @param count as it was reckoned
 */
export function resultSentences(rule: BallotRule, count: Count, reckoning: Reckoning): string[] {
  const { tally } = count;
  const lines = attendanceSentences(rule, count.electorate, count.present, reckoning.takePart);
  const of = (weight: Weight): string => both(rule, weight, usesArea(reckoning));
  lines.push(`同意${of(tally.for)}，反对${of(tally.against)}，弃权${of(tally.abstain)}。`);
  // What was chosen means nothing where too few chose.
  if (!reckoning.quorate) return [...lines, '参加的不够，这次表决不算数。', OUTCOMES.failed];
  for (const one of reckoning.pass) {
    const share = `${ofWhom(rule, one.threshold)}的${shareWords(one.threshold)}`;
    const mine = one.threshold.by === 'area' ? '同意的面积' : '同意的';
    lines.push(`${mine}${judged(rule, one, share)}。`);
  }
  return [...lines, OUTCOMES[reckoning.outcome]];
}

/** How many there are, how many take part, and whether that is enough; also while the vote is under way. */
export function attendanceSentences(
  rule: Told,
  electorate: Weight,
  present: Weight,
  takePart: readonly Reached[],
): string[] {
  const [all, here] = rule.present === 'attending' ? ['应到', '到会'] : ['一共', '参加表决'];
  const enough = rule.present === 'attending' ? '可以开会' : '参加的够了';
  const few = rule.present === 'attending' ? '还不能开会' : '参加的还不够';
  if (takePart.length === 0) {
    return [`${all}${inHeads(rule, electorate.heads)}，${here}${inHeads(rule, present.heads)}。`];
  }
  return takePart.map((one) => {
    const { by } = one.threshold;
    const what = by === 'area' ? '面积' : '';
    const numbers = `${all}${what}${amount(rule, by, electorate[by])}，${here}${what}${amount(rule, by, present[by])}`;
    return `${numbers}，${judged(rule, one, shareWords(one.threshold))}，${one.met ? enough : few}。`;
  });
}

const VOICES = {
  household: '一户一票。',
  adult: '每位成年居民一票。',
  owner: '每位业主一票，同时按专有面积算。',
} as const;

/** A rule before anybody votes by it: who has a voice, how many must take part, what it takes, and what a tie is. */
export function ruleSentences(rule: BallotRule): string[] {
  const verb = (threshold: Threshold): string => ('more' in threshold ? '超过' : '不少于');
  const share = (threshold: Threshold): string =>
    `${verb(threshold)}${ofWhom(rule, threshold)}的${shareWords(threshold)}`;
  const come = rule.present === 'attending' ? '到会的' : '参加表决的';
  const voices = { household: '户数', adult: '人数', owner: '人数' }[rule.electorate];
  const what = ({ by }: Threshold): string => (by === 'area' ? '面积' : voices);
  return [
    VOICES[rule.electorate],
    ...rule.takePart.map((one) => `${come}${what(one)}要${share(one)}，表决才算数。`),
    ...rule.pass.map((one) => `同意的${what(one)}要${share(one)}，才算通过。`),
    rule.tie === 'fails' ? '同意和反对一样多，不算通过。' : '同意和反对一样多，再议一次、重新表决。',
  ];
}

/** From so many papers on each is one of many. */
const FEW_PAPERS = 5;

/** A word to those who run a secret ballot when its papers say whose they are; none where there are enough, or none. */
export function fewPapersSentences(papers: number): string[] {
  if (papers === 0 || papers >= FEW_PAPERS) return [];
  return [`纸质票只有${papers}张，录票的人认得出是谁的。请多收几张一起开箱，或者请大家用手机投。`];
}

/** Where so few vote, a result tells what each chose whatever is kept secret. Said before they do. */
const FEW = 5n;
export function secrecySentences(rule: Told, electorate: Weight): string[] {
  if (electorate.heads > FEW) return [];
  return [`名单上只有${inHeads(rule, electorate.heads)}，虽然不记名，别人看了结果也可能猜得出谁怎么投的。`];
}

/** `超过一半（至少61户）`, or what is missing: `没有超过一半（至少要61户，还差3户）`. */
function judged(rule: Told, { threshold, needed, actual, met }: Reached, share: string): string {
  const verb = 'more' in threshold ? '超过' : '达到';
  const least = amount(rule, threshold.by, needed);
  if (met) return `${verb}${share}（至少${least}）`;
  return `没有${verb}${share}（至少要${least}，还差${amount(rule, threshold.by, needed - actual)}）`;
}

const ofWhom = ({ present }: Told, { of }: Threshold): string => {
  if (of === 'electorate') return '全体';
  if (of === 'voting') return '同意和反对合计';
  return present === 'attending' ? '到会' : '参加表决';
};

/** 一半, 三分之二, 四分之三; bigger ones in digits. */
export function shareWords(threshold: Threshold): string {
  const { n, d } = 'more' in threshold ? threshold.more : threshold.atLeast;
  if (n === d) return '全部';
  if (n * 2 === d) return '一半';
  const word = (number: number): string => DIGITS[number] ?? String(number);
  return `${word(d)}分之${word(n)}`;
}

const inHeads = ({ electorate }: Told, heads: bigint): string => `${heads}${UNITS[electorate]}`;
const amount = (rule: Told, by: Threshold['by'], value: bigint): string =>
  by === 'heads' ? inHeads(rule, value) : inArea(value);
const usesArea = ({ takePart, pass }: Reckoning): boolean =>
  [...takePart, ...pass].some(({ threshold }) => threshold.by === 'area');
const both = (rule: Told, weight: Weight, withArea: boolean): string =>
  withArea ? `${inHeads(rule, weight.heads)}（${inArea(weight.area)}）` : inHeads(rule, weight.heads);

/** Hundredths of a square metre as square metres: 8050 → 80.5平方米. */
export function inArea(hundredths: bigint): string {
  const rest = String(hundredths % 100n)
    .padStart(2, '0')
    .replace(/0+$/u, '');
  return `${hundredths / 100n}${rest === '' ? '' : `.${rest}`}平方米`;
}
