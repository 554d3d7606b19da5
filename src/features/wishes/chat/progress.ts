/** Whether what a helper tells is how far a wish has come, and not that it is done. Pure, on normalised text. */

const DOING = '送|装|修|安|换|上门|拿|寄|买|取|办|弄|搞|整|做|剪|到货|继续';
const DAY =
  '(?:明[天早晚儿日]|大?后天|今晚|待会儿?|等会儿?|等下|一会儿|晚点|过[一两二三几]天|改天|(?<!上)(?:周|星期|礼拜)[一二三四五六日天末]|下(?:个?月|周|星期|礼拜))';
/** 还没送, 还差油漆, 一半, 在路上: says itself that something is left to do. */
const LEFT = new RegExp(
  `(?:还没有?|还未|没有?)(?:${DOING}|到(?!位)|给|来(?!得及)|好|完|齐)(?!费|钱)|还[差缺]|[办做弄搞修装]好?了?一半|一半了?$|[办做弄搞修装]得?差不多|快(?:要)?(?:${DOING})?[好完]了|在路上|正在(?:${DOING}|等|找|联系)|等(?:货|零件|配件|材料|师傅|快递)`,
  'u',
);
/** 明天送, 后天给老人送去: a clause about what is to come; with 了 it tells of what was. */
const TO_COME = new RegExp(`${DAY}[^，,。；;！!？?]{0,8}?(?:${DOING})(?![^，,。；;！!？?]*了)`, 'u');
const AGAIN = new RegExp(`${DAY}[^，,。；;！!？?]{0,4}?(?:再|还要|还得|才)[^，,。；;！!？?]{0,6}?(?:${DOING})`, 'u');
const FINISHED = /[办弄搞整做][好妥完]|办结|完成|搞定|销号|结单|办成/u;
const BROUGHT = /送[到达去]了?|送过去了|[装修换安剪]好|[装修换安剪]上?了/u;

/**
 * 已经买好，明天送: more is to come. What is said to be finished (12号办好了，明天去看老人) is, unless it says what is left; what
 * is said to be brought or mended is, unless more follows it (送到了，明天再去装).
 */
export function isUnderWay(text: string): boolean {
  if (LEFT.test(text)) return true;
  if (FINISHED.test(text)) return false;
  const coming = TO_COME.exec(text);
  if (!coming) return false;
  return AGAIN.test(text) || !BROUGHT.test(text.slice(0, coming.index));
}
