import { namedError } from '../../core/errors.ts';
import type { Day } from '../../core/time.ts';
import { dayWords, momentWords } from './messages.ts';

/** What can stand in the way of a move on a wish. Each says what happened and what to do next, and names nobody. */
export const alreadyClaimed = namedError(
  'already_claimed',
  409,
  (number: number) => `心愿${number}号刚刚已经有人认领了。谢谢您的热心，看看还有哪些心愿在等人帮忙吧。`,
);
export const alreadyYours = namedError(
  'already_yours',
  409,
  (number: number) => `心愿${number}号已经在您手上了，不用再认领，请尽快联系对方。`,
);
export const offeredFirst = namedError(
  'offered_first',
  409,
  (until: Date) => `这个心愿先留给负责这家的守望哨，${momentWords(until)}以后大家都可以认领。您可以先看看别的心愿。`,
);
export const ownWish = namedError('own_wish', 409, () => '这是您自己的心愿，要由别人来认领。想撤回的话请选“撤回”。');
export const ownWork = namedError('own_work', 409, () => '这件事是您自己办的，评价要由许愿的人来做。');
export const noGroup = namedError('no_group', 409, () => '这个心愿是一个人认领的，没有可以加入的小组。');
export const groupFull = namedError('group_full', 409, () => '这个小组人已经够了，看看别的心愿吧。');
export const alreadyIn = namedError('already_in', 409, () => '您已经在这个小组里了。');
export const noMoreTime = namedError(
  'no_more_extensions',
  409,
  () => '已经延期两次，不能再延了。办不了可以退回认领，或请书记帮忙。',
);
export const extensionEarlier = namedError(
  'extension_too_early',
  422,
  (due: Day) => `延期要晚于现在的期限${dayWords(due)}，请换一个日期。`,
);
export const extensionTooLong = namedError(
  'extension_too_long',
  422,
  (latest: Day) => `一次最多延到${dayWords(latest)}，请选近一点的日期。`,
);
export const enoughToday = namedError(
  'enough_today',
  429,
  () => '这一步您今天已经做过好几次了，请明天再来，有急事请直接联系书记。',
);
export const cannotTake = namedError(
  'cannot_take',
  422,
  () => '这位同志不负责这个片区，不能派给他，请换一位本社区的人。',
);
export const sameWish = namedError('same_wish', 422, () => '不能和自己合并，请选另一条心愿。');
export const notMergeable = namedError(
  'not_mergeable',
  422,
  () => '只能合并到同一个社区里还在办的心愿，请重新选一条。',
);
/** Only from the later to the earlier: then two merges at once can never swallow each other. */
export const mergeEarlier = namedError(
  'merge_into_earlier',
  422,
  (own: number, into: number) => `请反过来合并：打开心愿${into}号，把它合并到先登记的${own}号。`,
);
export const noPlace = namedError('no_place', 422, () => '还不知道您住在哪个社区，请先请网格员帮您登记，再来许愿。');
export const areaMissing = namedError('area_missing', 422, () => '没有找到这个社区或网格，请重新选一个。');
export const personMissing = namedError(
  'person_missing',
  422,
  () => '没有找到要帮的这个人，请检查姓名或请网格员登记。',
);

/** Never seen by people: the clock learns that somebody was faster. */
export const notDue = namedError('not_due', 409, () => '时候还没到，或者已经有人处理过了。');
export const noArea = namedError('no_area', 422, () => '请选一个社区或网格再看。');
export const searchTooWide = namedError(
  'search_too_wide',
  422,
  () => '范围太大，没法按文字查找，请先选到街道、社区或网格。',
);
