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
const BACK = new RegExp(
  `^(?:那?还是)?(?:回到?|继续|接着)?(?:上一[个步条件]|上个|返回|回去|退回上一步|(?:刚才|刚刚|前面|之前)的?那一?[个件条](?:事情?)?)(?:吧|嘛|呢)?${END}`,
  'u',
);
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

const DETAIL =
  /^(?=.*(?:\d|[大小旧新厚薄长短色号码点款种软硬]))[\p{L}\p{N}，,、\s]{1,16}的(?:就?行|都行|也行|就?可以|都要得|就?要得|也要得|就好)?[。.!！~ ]*$/u;
const BARE_NUMBER = new RegExp(`^(?:我?[选要])?(?:第\\s?${NUMERAL}\\s?(?:个|条|项)|\\d{1,2})${END}`, 'u');
/** 2, 第二个: chooses from a list, whichever. */
export const choosesByPlace = (text: string): boolean => BARE_NUMBER.test(text);

/** 是给我妈的, 要两个, 36码的: says more about what was just read back. */
export const addsToMatter = (text: string): boolean => ADDS.test(text) || DETAIL.test(text);

const FOR_WHOM = /^不是[^，,]{0,12}[，,\s]*(?:是|要)?(?:给|替|帮|为)[\p{L}]{1,10}[。.!！~ ]*$/u;
/** 不是我要，是给我妈要的: no no to what was read back. */
export const saysForWhom = (text: string): boolean => FOR_WHOM.test(text);

const COUNTER = '[个床把张台口双件套副根本袋箱桶盏只条辆部块瓶]';
const BEGINS_WITH_COUNT = new RegExp(
  `^(?:我|就|只|最好|还)*(?:想)?(?:要|来|给)?(?:${NUMERAL}|两|几)\\s?${COUNTER}(?!\\p{L})`,
  'u',
);
/** What says nothing of what is wanted: who, how, when, and the wanting itself. */
const NOTHING_OF_WHAT = new RegExp(
  `我们?|你们?|他们?|社区|师傅|志愿者|工作人员|哪个|好心|[有找求]?个?人|想|请|要|能不能|可不可以|可以|能|帮忙?|麻烦|给|来|去|找|买|求|弄|换|修|送|带|看|装|通|喊|叫|最好|今天|明天|后天|尽?快点?|上门|${NUMERAL}|几|${COUNTER}|下|哈|嘛|吧|呢|啊|的|旧|新|好|点|也|都|行|就|得|不|钱|[\\p{P}\\s]`,
  'gu',
);
/** 想请你们帮我找一个，旧的也行 · 要两副，一副放家里: leaves what it is to what was said before. */
export const leansOn = (text: string): boolean =>
  BEGINS_WITH_COUNT.test(text) || text.replace(NOTHING_OF_WHAT, '') === '';

const CALLED_OFF =
  /[，,。!！\s](?:那就?|就)?(?:(?:不用了|算了|不登记了|不办了|不弄了|算了不要了)(?:吧|嘛|哈|咯)?){1,2}[。.!！~ ]*$/u;
/** 哦，登记过了啊，那不用了: ends in a no to what was read back. */
export const endsInNo = (text: string): boolean => text.length <= 25 && CALLED_OFF.test(text);

const MORE_OF_IT = /^(?:还有|另外|哦|对了|其中)?[，,\s]*(?:有|还有)?(?:一|另)?(?:[户家位个])/u;
/** 有一户老人家里灯坏了, of 今天走访了2户: what was found belongs to the telling. */
export const tellsMore = (text: string): boolean => MORE_OF_IT.test(text);

/** 理发的那个给我, 要台灯那个: what may stand around the name of a line. */
const AROUND_NAME =
  /^(?:我?[选要]|就|那就|那?还是)|(?:的?[那这](?:一?[个条件位])?)?(?:给我|归我|我来(?:弄|办|接)?|我接|我去|我要)?(?:吧|嘛|哈|了)?[。.!！~ ]*$/gu;
const LONGEST_NAME = 30;

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
  const words = text.length > LONGEST_NAME ? text : text.replace(AROUND_NAME, '');
  const labelled = choices.filter(({ label }) => label === text || (words.length > 1 && label.includes(words)));
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

const SCORE = new RegExp(`^(?:打|给|评)?个?([1-5一二三四五])\\s?(?:分|星|颗星)?${END}`, 'u');

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
