import { MATTER_NUMBER, NUMERAL, readNumeral } from './numerals.ts';

/** What a message says besides naming a matter and what to do with it: a reason, a note. Pure. */

const KIND = '(?:心愿|事件)';
const REFERENCE = `${KIND}?\\s?(?:[#№第]|编号)?\\s?${NUMERAL}\\s?[号个](?:${KIND}|那个|这个|单)?|#\\s?\\d{1,7}`;
/** A command that goes on in the person's own words: 退回12号 家里有急事. `kind`: what the matter must or, with a ? after it, may be called. */
export const commandWithWords = (verb: string, kind = '(?:心愿)?'): RegExp =>
  new RegExp(`^(?:${verb})\\s?(?:我的)?${kind}\\s?${MATTER_NUMBER}(?:${kind})?[\\s，,。:：；;]+(?<words>.{2,})$`, 'u');
const VERB =
  '(?:申请|我要|我想|想|要|请|已经?|再)?(?:退回认领|退回去?|退掉|退了?|释放|放回心愿池|办结|办完|办好|办妥|完成|搞定|弄好|延期到?|延到|宽限|撤回|撤销|撤掉|撤了?|不要了|已?联系)';
const HEAD = new RegExp(
  `^(?:(?:把|将)?(?:${REFERENCE})\\s?${VERB}|${VERB}\\s?(?:了)?\\s?(?:${REFERENCE}))(?:了|吧|嘛|的)?`,
  'u',
);
const NAMING = new RegExp(`${REFERENCE}|${VERB}|[^\\p{L}\\p{N}]|[我了吧嘛的那个]`, 'gu');

/** Fewer letters than this besides the command itself are no reason. */
const LEAST = 4;

/** 没有, 无: an answer that gives nothing. */
const NOTHING = /^(?:没得|没有|没|无|暂无|不用|不需要)(?:了|的|啊|嘛|哦|什么|啥|哪样|原因|备注|说明)*[。.!！~\s]*$/u;

/** Words given as a reason or note, as they are; undefined when they say that there is none. */
export function meant(text: string): string | undefined {
  return letters(text) < 2 || NOTHING.test(text) ? undefined : text;
}

/**
 * What an explicit command for the matter of this number gives as a reason or note: the words beside the command as they
 * are or, when the whole message came, what is left of it.
 */
export function saidInCommand(text: string, number: number | undefined): string | undefined {
  const whole = [...text.matchAll(new RegExp(NUMERAL, 'gu'))].some(([numeral]) => readNumeral(numeral) === number);
  return whole ? saidBesides(text) : meant(text);
}

/** The reason or note in a message; undefined when it only names the matter and the move. */
export function saidBesides(text: string): string | undefined {
  const head = HEAD.exec(text)?.[0];
  if (head !== undefined) {
    const rest = text.slice(head.length).replace(/^[\s，,。.：:；;、!！]+/u, '');
    return meant(rest);
  }
  const besides = letters(text.replace(NAMING, ''));
  return besides >= LEAST || (besides >= 2 && besides === letters(text)) ? text : undefined;
}

/** As `saidBesides`, without the first clause of a command, which says until when. */
export function reasonBesidesDate(text: string): string | undefined {
  if (!HEAD.test(text)) return saidBesides(text);
  return meant(text.replace(/^[^，,。；;\s]*[，,。；;\s]*/u, ''));
}

const MORE = new RegExp(
  `(?:延期?|延长|推迟|宽限|再给)(?:我|他|她)?\\s?(?<count>${NUMERAL})\\s?(?:(?<days>天|日)|个?(?:星期|礼拜)|周)(?![前后内]|之|以)`,
  'u',
);

/** 延期三天, 宽限两个星期: how many days more than there are; undefined where a day is named, or none. */
export function daysMore(text: string): number | undefined {
  const { count, days } = MORE.exec(text)?.groups ?? {};
  const number = count === undefined ? undefined : readNumeral(count);
  return number === undefined || days !== undefined ? number : number * 7;
}

const letters = (text: string): number => text.replace(/[^\p{L}\p{N}]/gu, '').length;
