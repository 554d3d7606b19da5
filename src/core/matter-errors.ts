import { namedError } from './errors.ts';
import { type Day, dateWords } from './time.ts';

/** What can stand in the way of a wish as of an incident: of a matter that people bring and others see to. */

export const areaMissing = namedError('area_missing', 422, () => '没有找到这个社区或网格，请重新选一个。');
export const personMissing = namedError(
  'person_missing',
  422,
  () => '没有找到要帮的这个人，请检查姓名或请网格员登记。',
);
export const noArea = namedError('no_area', 422, () => '请选一个社区或网格再看。');
export const enoughToday = namedError(
  'enough_today',
  429,
  () => '这一步您今天已经做过好几次了，请明天再来，有急事请直接联系书记。',
);
export const extensionEarlier = namedError(
  'extension_too_early',
  422,
  (due: Day) => `延期要晚于现在的期限${dateWords(due)}，请换一个日期。`,
);
export const extensionTooLong = namedError(
  'extension_too_long',
  422,
  (latest: Day) => `一次最多延到${dateWords(latest)}，请选近一点的日期。`,
);

/** Only from the later to the earlier: then two merges at once can never swallow each other. @param kind 心愿 */
export const mergeEarlierOf = (kind: string) =>
  namedError(
    'merge_into_earlier',
    422,
    (own: number, into: number) => `请反过来合并：打开${kind}${into}号，把它合并到先登记的${own}号。`,
  );
