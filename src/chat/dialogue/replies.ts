import type { Slots } from '../../core/feature.ts';
import { NUMERAL, readNumeral } from '../../core/numerals.ts';
import { type Calendar, dayOf } from '../../core/time.ts';
import { findDates } from '../understanding/dates.ts';
import type { Understanding } from '../understanding/labels.ts';
import type { Choice } from './state.ts';

/** Short replies that only mean something to a question the bot just asked. Pure, on normalised text. */

const END = '[。.!！~ ]*$';
const CONFIRM =
  /^(?:(?:确认|确定|对头?|是|是嘞|要得?|需要|要的|可以|好嘞?|嗯|没错|没问题|没得问题|行|得行|中|妥|就这样子?|就是|ok|okay|yes|y|👌|👍)(?:了|吧|嘛|啊|的|呀|哈|撒|噻|喽|咯|[\s，,。.!！~])*){1,4}$/iu;
const CANCEL = new RegExp(`^(?:取消|算了|不要了|不用了|不办了|不弄了|先不弄了|不了|no|n)(?:吧|嘛|了)?${END}`, 'iu');
const PLAIN_CANCEL = new RegExp(`^(?:取消|算了|不办了|先?不弄了)(?:吧|嘛|了)?${END}`, 'u');
const BACK = new RegExp(`^(?:回到?)?(?:上一个|上一步|上一条|上个|返回|回去|退回上一步)(?:吧|嘛)?${END}`, 'u');
const WRONG = new RegExp(
  `^(?:都?不是(?:这个|这件|它|这些|这条)?|都不对|哪个都不是|选错了|错了|不对)(?:吧|嘛|的)?${END}`,
  'u',
);
const ADDS = /^(?:不是[^，,]{0,40}[，,]?)?(?:是|要|给|替|帮|还要|再加|加|另外)(?![吗么?？])[\p{L}\p{N}，,、\s]{2,}$/u;
const NTH = new RegExp(
  `^(?:我?[选要]|就|那就)?第?\\s?(${NUMERAL})\\s?(?:个|条|项|件|单|、|\\.)?(?:吧|嘛|的)?${END}`,
  'u',
);
const NUMBERED = new RegExp(`^(?:我?[选要]|就|那就)?#?\\s?(${NUMERAL})\\s?号(?:吧|嘛|的)?${END}`, 'u');
const IN_LIST = new RegExp(`第\\s?(${NUMERAL})\\s?(?:个|条|项)`, 'u');
const LAST = new RegExp(`^(?:我?[选要])?最后(?:一个|那个|一条)(?:吧|嘛)?${END}`, 'u');

export const isConfirm = (text: string): boolean => CONFIRM.test(text);
/** 登记吧, when a wish was read back; `verbs` say yes to what was. */
export const isGoAhead = (text: string, verbs: readonly string[] = ['办理']): boolean =>
  new RegExp(`^(?:就|那就|帮我)?(?:${verbs.join('|')}|办)(?:了|吧|嘛|上去|一下|起)*${END}`, 'u').test(text);
const AGREED = new RegExp(`^我?(?:同意|赞成)(?:了|的|吧|嘛)*${END}`, 'u');
/** 同意: yes to what was read back, unless that was a vote for anything else. */
export const agreesTo = (text: string, vote: Slots['choice']): boolean =>
  (vote === undefined || vote === 'for') && AGREED.test(text);
export const isCancel = (text: string): boolean => CANCEL.test(text);
const CANCEL_ALL = new RegExp(`^(?:都|全部?|统统|通通)(?:取消|算了|不要|不用|不办|不弄|撤)(?:吧|嘛|了)*${END}`, 'u');
/** 都取消: what was said in the same breath, too. */
export const isCancelAll = (text: string): boolean => CANCEL_ALL.test(text);
const ALL = new RegExp(
  `^(?:都|全部?|统统|通通|[两三四几]个都|所有的?都?)(?:要|领|认领|接|撤回?|撤掉|退回?|退掉|办好|办完|办结|完成|搞定|联系|发布|公开|受理)?(?:了|吧|嘛)*${END}`,
  'u',
);
/** 都撤了, 全部: every line of a list. 都可以 chooses none. */
export const isAll = (text: string): boolean => ALL.test(text);
const OF_ALL =
  /(?:都|全部?|统统|通通)(?:给我)?(?:撤|退|不要了|不用办|办[好完结妥了]|做[好完]|搞定|完成|领|认领|接|我来|我包)|(?:全部|所有)的?(?:心愿|单)/u;
/** 我的都撤了吧: said of everything it can be said of. */
export const saysAll = (text: string): boolean => OF_ALL.test(text) && !/[?？吗么]/u.test(text);
/** Where free words are expected: nothing that could be such words. */
export const isPlainCancel = (text: string): boolean => PLAIN_CANCEL.test(text);
export const isBack = (text: string): boolean => BACK.test(text);
export const isWrong = (text: string): boolean => WRONG.test(text);

/** 改一下, 我要修改: something is to be changed, and not yet what. */
const CHANGE =
  /^(?:我|我们)?(?:还)?(?:要|想|想要|需要|能不能|能|可以|可不可以|帮我|请)?(?:修改|更改|改动|改)(?:一?[下哈]|几个字|点?内容|点)?(?:子|嘛|吧|哈|啊|吗|呢)?[。.!！~?？ ]*$/u;
export const wantsToChange = (text: string): boolean => CHANGE.test(text);

/** 9, 随便, 那个: would choose from a list, but which line? */
const IN_VAIN =
  /^(?:我?[选要]|就|那就)?(?:(?:第\s?)?[\d一二两三四五六七八九十]{1,3}(?:\s?[号个条项])?(?:[和跟、,，\s]+(?:第\s?)?[\d一二两三四五六七八九十]{1,3}(?:\s?[号个条项])?)*|随便|都行|都可以|哪个都行|[这那]个?|[上下前后]面[那个]*|选|啊|嗯+|哦|哈+|[?？]+|什么|啥子|哪样)(?:吧|嘛|的|啊|哦)?[。.!！~?？ ]*$/u;
export const choosesInVain = (text: string): boolean => IN_VAIN.test(text);

/** 是给我妈的, 要两个, 还要一个锅盖: says more about what was just read back. */
export const addsToMatter = (text: string): boolean => ADDS.test(text);

/** Which line of the list a reply means: its place (1, 第一个), its own number (12号) or its label; undefined when none. */
export function readChoice(text: string, choices: readonly Choice[]): Choice | undefined {
  if (LAST.test(text)) return choices.at(-1);
  const own = readNumeral(NUMBERED.exec(text)?.[1] ?? '');
  const byNumber = (number: number) => choices.find((choice) => choice.matter.slots.number === number);
  if (own !== undefined) {
    // 2号 is the matter's own number whenever the list shows matters by number.
    const numbered = choices.some((choice) => choice.matter.slots.number !== undefined);
    return byNumber(own) ?? (numbered ? undefined : choices[own - 1]);
  }
  const nth = readNumeral(NTH.exec(text)?.[1] ?? '');
  if (nth !== undefined) return choices[nth - 1] ?? byNumber(nth);
  const labelled = choices.filter(
    (choice) => choice.label === text || (text.length > 1 && choice.label.includes(text)),
  );
  return labelled.length === 1 ? labelled[0] : undefined;
}

/** 发布第二个, 第二个受理吧: the line named by its place with a verb that says yes to it, and nothing else. */
export function choiceWithVerb(
  text: string,
  choices: readonly Choice[],
  verbsOf: (intent: string) => readonly string[] | undefined,
): Choice | undefined {
  const named = choiceInSentence(text, choices);
  const verbs = named && verbsOf(named.matter.intent)?.join('|');
  if (!verbs) return undefined;
  const said = new RegExp(
    `^(?:请|麻烦|帮我|就|那就|把)*(?:(?:${verbs})、|、(?:${verbs}))(?:了|吧|嘛|一下)*${END}`,
    'u',
  );
  return said.test(text.replace(IN_LIST, '、')) ? named : undefined;
}

/** Whoever says more may weigh both sides. */
const LONGEST_VOTE = 8;
/** 不赞成: the one of several ways to vote that is meant, in other words; 6号我反对 is not said of a list about number 5. */
export function voteIn(text: string, { intent, slots }: Understanding, choices: readonly Choice[]): Choice | undefined {
  if (slots.choice === undefined || text.length > LONGEST_VOTE) return undefined;
  const meant = choices.filter(
    ({ matter }) =>
      matter.intent === intent &&
      matter.slots.choice === slots.choice &&
      (slots.number === undefined || slots.number === matter.slots.number),
  );
  return meant.length === 1 ? meant[0] : undefined;
}

/** The line named by its place inside a longer sentence: 第五个我来弄. */
export function choiceInSentence(text: string, choices: readonly Choice[]): Choice | undefined {
  const nth = readNumeral(IN_LIST.exec(text)?.[1] ?? '');
  return nth === undefined ? undefined : choices[nth - 1];
}

const SCORE = new RegExp(`^([1-5一二三四五])\\s?(?:分|星|颗星)?${END}`, 'u');

/** What bare words say when they answer a question: the one day they name, or a score. A day named twice is none. */
export function bareSlots(text: string, now: Date, calendar?: Calendar): Slots {
  const dates = findDates(text, now, calendar);
  const [only] = dates;
  const score = readNumeral(SCORE.exec(text)?.[1] ?? '');
  return {
    ...(dates.length === 1 && only && !only.contradiction && only.day >= dayOf(now) ? { until: only.day } : {}),
    ...(score === undefined ? {} : { score }),
  };
}
