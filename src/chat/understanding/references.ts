import { matchesOf } from '../../core/matches.ts';
import { NO_PLACE, NUMERAL, readNumeral } from '../../core/numerals.ts';

/** A matter's human number in a text: #0012, 编号38, 第5个, 三号心愿. */
export interface Reference {
  number: number;
  start: number;
  end: number;
}

const N = NUMERAL;
const MATTER = '(?:微?心愿|议题|诉求|工单|事件|任务|提案|表决|[单件](?![元位])|单子)';
/** From the most to the least certain way of naming a matter; the first that matches wins. */
const WAYS: readonly RegExp[] = [
  new RegExp(`(?:[#№]|\\bno\\.?\\s?|(?:编|单|工单|心愿|议题)号)\\s?(?:是|为|[:：])?\\s?第?(${N})(?:号|个)?`, 'giu'),
  new RegExp(`第\\s?(${N})\\s?(?:号|个|条|项|单|件)?\\s?(?:的|那个)?\\s?${MATTER}`, 'gu'),
  new RegExp(`(?<![月\\d])(${N})\\s?号\\s?(?:的|那个|这个)?\\s?${MATTER}`, 'gu'),
  new RegExp(
    `${MATTER}\\s?第?(${N})(?:\\s?号${NO_PLACE}|(?![\\d.点]|\\s?(?:个|天|次|户|家|分|块|元|点|栋|单元|楼|岁|年|月|日|人|位|种|条)))`,
    'gu',
  ),
  new RegExp(`第\\s?(${N})\\s?号${NO_PLACE}`, 'gu'),
  new RegExp(`(?<![月\\d])(${N})\\s?号${NO_PLACE}`, 'gu'),
  new RegExp(`第\\s?(${N})\\s?(?:个|条|项|单|件)(?!月|季|星期|礼拜|年|人|字|问题)`, 'gu'),
  new RegExp(
    `(?:认领|领取|接单|接下|接了?|撤回|撤销|撤了?|退回|退了?|释放|办结|完成|办完|搞定|附议|支持|延期|查询?|查一下|查哈|进度|销号?|弃权|赞成|反对)\\s?(${N})(?=$|[\\s,，.。!！?？~]|[的了吧嘛哈]|那个)`,
    'gu',
  ),
  new RegExp(`^(${N})\\s?(?=认领|撤回|撤销|退回|办结|完成|办完|搞定|附议|延期|弃权|赞成|反对|进度|已|我)`, 'gu'),
];

/** Larger numbers are telephone numbers and codes, not human numbers of matters. */
const LARGEST = 9_999_999;

/** Every matter the text names by number, the surest way of naming first. Spans that are dates already are skipped. */
export function findReferences(text: string, taken: readonly { start: number; end: number }[]): Reference[] {
  const found: Reference[] = [];
  if (!/[#№号第个单件愿题\d]|认领|附议|[退撤领接]/u.test(text)) return found;
  for (const way of WAYS) {
    for (const match of matchesOf(way, text)) {
      const start = match.index;
      const end = start + match[0].length;
      const number = readNumeral(match[1] ?? '');
      if (number === undefined || number < 1 || number > LARGEST) continue;
      const clash = (other: { start: number; end: number }) => start < other.end && other.start < end;
      if (taken.some(clash) || found.some(clash)) continue;
      found.push({ number, start, end });
    }
  }
  return found;
}
