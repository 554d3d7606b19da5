/** Greetings, thanks and excuses around what somebody says. Pure, on normalised text. */

const THANKS =
  '(?:真的?)?(?:非常|太)?(?:谢谢|多谢|感谢|谢了|谢咯|谢啦|谢哈|谢天谢地|蟹蟹|(?<![a-z\\d])3q(?![a-z\\d])|thank(?:s| you)|难为|费心|劳神|劳烦|拜托|辛苦|麻烦)(?:了|你|您|们|大家|各位|社区|书记|同志|老师|师傅|啊|哈|咯|啦|喽|哦|呀|嘛|费心|惨|死|得很|多){0,6}';
const HELLO = '你好|您好|大家好|早上好|上午好|中午好|下午好|晚上好|早啊|哈喽|(?<![a-z\\d])(?:hello|hi)(?![a-z\\d])';
const EXCUSE = '不好意思|对不起|抱歉|打扰(?:了|你|您|们){0,3}';
const BYE = '再见|拜拜|回见|晚安|👋';
const WHO = '(?:社区的?)?(?:同志|幺妹|妹儿|妹妹|小妹|姑娘|师傅|书记|老师|主任|领导|美女|帅哥|好邻|小邻)(?:些|们)?';
const MARK = '[\\s\\p{P}\\p{Extended_Pictographic}\\u{1f3fb}-\\u{1f3ff}]';
const SOFT = '[了啊哈吧嘛哦呀呢咯啦喽嘞]';

/** Before a word that could be part of what follows (书记找我谈过心) a mark must stand between. */
const LEADING = new RegExp(
  `^(?:(?:${HELLO})${SOFT}?(?:${MARK})*|(?:${WHO})?(?:${EXCUSE}|${THANKS}|(?:${WHO})好?)${SOFT}?(?:(?:${MARK})+|(?=${HELLO})))+`,
  'iu',
);
/**
 * One courtesy, or somebody addressed, that ends at a place, and the marks that do. They are taken off one by one: as a
 * row, read from every place on, they would take longer than anybody waits.
 */
const COURTESY_BEFORE = new RegExp(
  `(?<=(?<piece>(?:${THANKS}|${EXCUSE}|${BYE})${SOFT}?|${MARK}(?:${WHO})${SOFT}?))`,
  'iuy',
);
const MARKS_BEFORE = new RegExp(`(?<=(?<piece>${MARK}+))`, 'uy');
/** 不用谢谢, 他说谢谢: there the thanks are what is said. */
const PART_OF_IT =
  /(?:不|别|莫|不用|不要|不必|说|讲|表示|一声|一句|声|想|(?<!^)要|(?<![好对是行要以])的|(?<!^|不)是|很|我|为|把|给|跟|和|来)$/u;
const PICTURE = '(?:\\s|\\p{Extended_Pictographic}|[\\u{1f3fb}-\\u{1f3ff}])';
const PICTURES = new RegExp(`(?<!${PICTURE})${PICTURE}+$`, 'u');

/** Where the courtesies at the end of a text begin; its length when there are none. */
function tailOf(text: string): number {
  let tail = text.length;
  for (let at = before(MARKS_BEFORE, text, text.length); ; ) {
    const courtesy = before(COURTESY_BEFORE, text, at);
    if (courtesy === at) return tail;
    at = before(MARKS_BEFORE, text, courtesy);
    tail = at;
  }
}

/** Where the piece that ends there begins; there, when none does. */
function before(piece: RegExp, text: string, end: number): number {
  piece.lastIndex = end;
  return end - (piece.exec(text)?.groups?.piece?.length ?? 0);
}

/**
 * What is left of a message without courtesies at its ends: 要得，谢谢 → 要得, 你好，1 → 1. A message that is nothing but
 * courtesy stays as it is.
 */
export function withoutCourtesy(text: string): string {
  let rest = text;
  const head = LEADING.exec(rest)?.[0] ?? '';
  if (head.length < rest.length) rest = rest.slice(head.length);
  const tail = tailOf(rest);
  if (tail > 0 && !PART_OF_IT.test(rest.slice(0, tail))) rest = rest.slice(0, tail);
  const bare = rest.replace(PICTURES, '');
  return bare === '' || !/[\p{L}\p{N}]/u.test(bare) ? text : bare;
}
