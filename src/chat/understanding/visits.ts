import type { Role } from '../../core/ability.ts';
import { NUMERAL } from '../../core/numerals.ts';

const WHEN =
  '(?:(?:今天|今日|今早|今晚|昨天|昨日|昨晚|前天|大前天|刚刚|刚才|刚|上午|下午|中午|早上|晚上|这周|本周|上周|(?:周|星期|礼拜)[一二三四五六日天]|\\d{1,2}月\\d{1,2}[日号])[，,\\s]*)*';
const WHO = '(?:我们?|带队|打卡[:：，,]?|已经|已|又|一共|共|入户)*';
const WENT = '(?:走访|看望|探望|慰问|上门|入户|排查|巡查|检查|巡逻)';
const HOW_MANY = `${NUMERAL}\\s?(?:来|多)?\\s?(?:户|家|位|栋|幢|单元|号楼|处|层)`;
const WHOM = '\\p{Script=Han}{2,8}(?=[，,。;；])';
const LOGS = new RegExp(
  `^${WHEN}${WHO}(?:${WENT}(?:了|完|过)?(?:一共|共)?${HOW_MANY}|(?:走访|看望|探望|慰问)了${WHOM})`,
  'u',
);
/** Asked, planned or commanded, nothing was done. */
const ASKS = /[?？]|[吗么]$|哪[些几个里]|是不是|对不对|多少|要不要/u;

/**
 * Whether a message begins by saying how many or whom they went to see, as those tell it whose work that is: 今天走访了3户. Whatever
 * was found there, it is a visit that is told of, and what is to be done about it is asked then. Pure.
 */
export const tellsOfVisit = (text: string, role: Role): boolean =>
  role !== 'resident' && LOGS.test(text) && !ASKS.test(text);
