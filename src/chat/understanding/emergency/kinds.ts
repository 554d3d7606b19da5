/**
 * The words of each kind of emergency, on text put into plain Mandarin (see `dialect.ts`). What tells a sign from its
 * likenesses (笑死我了, 打不着火, 跳楼价, 想死你了, 打我电话) stands beside it.
 */

/** What a message cries for help about; the first that fits names the answer, so the more telling stand first. */
export const EMERGENCIES = [
  'self_harm',
  'fire',
  'gas',
  'lift',
  'electric',
  'poison',
  'drowning',
  'illness',
  'fall',
  'collapse',
  'traffic',
  'violence',
  'break_in',
  'lost',
  'flood',
  'help',
] as const;
export type Emergency = (typeof EMERGENCIES)[number];

/** Words of a kind of emergency. */
export interface Sign {
  kind: Emergency;
  words: RegExp;
  /** In the same clause, these say that something else is meant. */
  unless?: RegExp;
  /** Counts also when it is feared, supposed or said to happen again and again (家暴, 轻生). */
  always?: true;
  /** Counts also when it began yesterday: it lasts until it is over (走丢, 起不来). */
  lasting?: true;
}

/** Those one is near to; fragments of regular expressions from here on. */
export const NEAR =
  '(?:孩子|小孩|孙子|孙女|孙孙|外孙女?|儿子|女儿|姑娘|老人|老伴|[我老他她]妈|妈妈|[我老他她]爸|爸爸|父亲|母亲|爷爷|奶奶|外婆|外公|公公|婆婆|老爹|老娘|弟弟|妹妹|哥哥|姐姐|老公|老婆|媳妇|丈夫|邻居|大爷|大伯|大妈|大娘|阿姨|叔叔)';
export const PERSON = `(?:${NEAR}|有个?人|人(?=[倒躺掉跌落卡夹困被晕昏没])|[他她](?!们)|我(?!们?的)|孕妇|学生|同学|工人|师傅)`;
export const GAS = '(?:煤气|燃气|天然气|液化气|瓦斯)';
/** What somebody who fell can no longer do. */
export const DOWN =
  '(?:起不来|起不得|起不了身|爬不(?:起来?|动)|站不(?:起来?|稳)|动不(?:了|得)|不能动|动弹不得|[扶拉](?:都)?[扶拉]?不(?:起来?|动)|不会动|喊痛|流血|出血|头破|是血)';
/** After 120, what makes it an amount. */
export const MEASURED = '(?!\\d|\\s?(?:斤|块|元|平|公分|厘米|户|个|人|张|号|页|本|瓶|次|天|分))';

const LETTER = '[^\\s\\p{P}\\p{S}]';
const END = '(?=$|[\\s\\p{P}\\p{S}])';

/** In `words`, `_` is any letter (a clause ends at what is none) and `¶` the end of a clause. */
export const sign = (
  kind: Emergency,
  words: string,
  unless?: RegExp,
  more: Pick<Sign, 'always' | 'lasting'> = {},
): Sign => ({
  kind,
  words: new RegExp(words.replaceAll('_', LETTER).replaceAll('¶', END), 'giu'),
  ...(unless ? { unless } : {}),
  ...more,
});

/** For what is told of softly, or told too late. */
export const STEADY = { always: true, lasting: true } as const;
