import type { Answer } from '../api/ask';
import { momentWord } from './when';

export type Ballot = Answer<'getBallotsById'>;
/** One of the voices somebody may vote for: a household, a grown-up, an owner. */
export type Voice = Ballot['mine'][number];
export type Choice = NonNullable<Voice['choice']>;
export type Pack = Answer<'getBallotPacks'>['items'][number];

export const CHOICES: readonly { choice: Choice; label: string }[] = [
  { choice: 'for', label: '同意' },
  { choice: 'against', label: '反对' },
  { choice: 'abstain', label: '弃权' },
];
export const choiceWord = (choice: Choice): string => CHOICES.find((one) => one.choice === choice)?.label ?? '';

const VOICES = { household: '一户一票', adult: '每位成年居民一票', owner: '每位业主一票，还要按面积算' } as const;
const SECRECY = {
  open: '记名投票，截止以前可以改。',
  secret: '不记名投票，谁也查不到您投的是什么，所以投了不能改。',
} as const;
const OUTCOMES = { passed: '通过', failed: '没有通过', tie: '同意和反对一样多' } as const;

/** A ballot as its page shows it, but for what is one's own. */
export interface BallotFacts {
  when: string;
  /** Who decides, and how. */
  rule: string;
  secrecy: string;
  /** That nobody has checked the rule, and what is to be checked. */
  warning: string;
  note: string;
  source: string;
  /** How many take part, or once it is counted the whole arithmetic. */
  sentences: string[];
  outcome: string;
  tally: { label: string; heads: number }[];
}

/** @param packs those there are; none while they are not known */
export function factsOfBallot(ballot: Ballot, packs: readonly Pack[], now: Date): BallotFacts {
  const { pack, secrecy, turnout, result } = ballot;
  const whole = packOf(ballot, packs);
  const variant = whole?.variants.find(({ code }) => code === pack.variant);
  const rule = [pack.title, variant?.title, whole && VOICES[whole.electorate]].filter(Boolean).join(' · ');
  return {
    when: whenWord(ballot, now),
    rule,
    secrecy: SECRECY[secrecy],
    warning: pack.verified ? '' : '这份规则还没有核对过。',
    note: pack.note ?? '',
    source: whole ? `依据：${whole.source.text}` : '',
    sentences: result?.sentences ?? turnout?.sentences ?? [],
    outcome: result ? OUTCOMES[result.outcome] : '',
    tally: result ? CHOICES.map(({ choice, label }) => ({ label, heads: result.tally[choice].heads })) : [],
  };
}

/** The rule a ballot is held by, among those there are. */
export const packOf = ({ pack }: Ballot, packs: readonly Pack[]): Pack | undefined =>
  packs.find(({ code, version }) => code === pack.code && version === pack.version);

/** Whether it is voted at this moment. */
export const isUnderWay = (ballot: Ballot, now: Date): boolean => ballot.state === 'open' && hasBegun(ballot, now);

const hasBegun = ({ opensAt }: Ballot, now: Date): boolean => Date.parse(opensAt) <= now.getTime();

/** From when until when, in words. */
export function whenWord(ballot: Ballot, now: Date): string {
  const [opens, closes] = [momentWord(ballot.opensAt, now), momentWord(ballot.closesAt, now)];
  switch (ballot.state) {
    case 'drafted':
      return `还在准备。打算${opens}开始投票，${closes}截止。`;
    case 'open':
      return hasBegun(ballot, now) ? `现在可以投票，${closes}截止。` : `${opens}开始投票，${closes}截止。`;
    case 'closed':
      return `${closes}已经截止，等社区计票。`;
    case 'counted':
      return `${closes}截止，票已经数好了。`;
    default:
      return '这次表决作废了，不用投。';
  }
}

/** Where one voice stands. */
export interface VoiceStanding {
  /** Whether a choice can be made now. */
  asks: boolean;
  words: string;
  /** What was chosen, where that is no secret. */
  choice: Choice | '';
  /** Whether a button leads to the meeting, where one signs in before one votes. */
  signs: boolean;
}

export function standingOf(ballot: Ballot, { voted, way, signInFirst, ...voice }: Voice, now: Date): VoiceStanding {
  const choice: Choice | '' = voice.choice ?? '';
  const say = (words: string, asks = false): VoiceStanding => ({ asks, words, choice, signs: false });
  if (way === 'paper') return say('这一票交的是纸质票，不用再投。');
  if (ballot.state === 'closed' || ballot.state === 'counted') {
    if (!voted) return say('这一票没有投。');
    return say(choice === '' ? '这一票投过了。' : `您投的是“${choiceWord(choice)}”。`);
  }
  if (ballot.state !== 'open') return say('');
  if (!hasBegun(ballot, now)) return say(`还没有开始，${momentWord(ballot.opensAt, now)}起可以投。`);
  if (signInFirst) {
    const words = '请先签到：这次只算到会的。到了会场，主持人会念6位数字的签到码，签了到就能投。';
    return { ...say(words), signs: ballot.about !== undefined };
  }
  if (!voted) return say('请选一个：', true);
  if (ballot.secrecy === 'secret') return say('这一票投过了。');
  return choice === ''
    ? say('这一票没有投完，请再选一次。', true)
    : say(`您现在投的是“${choiceWord(choice)}”，截止以前可以改。`, true);
}

/** Said to whoever may vote for nobody in it. */
export const notListed = ({ state, mine }: Ballot): string =>
  mine.length === 0 && (state === 'open' || state === 'closed')
    ? '这次表决的名单里没有您。觉得不对的话，请联系社区工作人员。'
    : '';

/** What is read back before a vote goes out. */
export function readBackOf(ballot: Ballot, voice: Voice, choice: Choice): { title: string; content: string } {
  const whose = ballot.mine.length > 1 ? `替${voice.name}` : '';
  return {
    title: `您${whose}投“${choiceWord(choice)}”`,
    content: ballot.secrecy === 'secret' ? '不记名，投了不能改。确定吗？' : '截止以前可以改。确定吗？',
  };
}

/** The voice that is shown first: one that has not voted yet. */
export const firstVoice = ({ mine }: Ballot): Voice | undefined => mine.find(({ voted }) => !voted) ?? mine[0];

/** The moves of whoever runs a ballot, as buttons. */
export interface BallotButton {
  move: 'open' | 'count' | 'void';
  label: string;
  weight: 'main' | 'careful';
  means: string;
}

const BUTTONS: readonly BallotButton[] = [
  { move: 'open', label: '开始表决', weight: 'main', means: '可以投票的名单就此定下来，之后不再变。' },
  { move: 'count', label: '计票', weight: 'main', means: '纸质票要先录完。数完以后，结果大家都看得到。' },
  { move: 'void', label: '作废这次表决', weight: 'careful', means: '' },
];

/** Exactly those its `moves` allow; what takes something away stands apart. */
export function ballotButtons(moves: readonly string[]): Record<BallotButton['weight'], BallotButton[]> {
  const shown = BUTTONS.filter(({ move }) => moves.includes(move));
  return {
    main: shown.filter(({ weight }) => weight === 'main'),
    careful: shown.filter(({ weight }) => weight === 'careful'),
  };
}
