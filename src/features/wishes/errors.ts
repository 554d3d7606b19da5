import { namedError } from '../../core/errors.ts';
import { mergeEarlierOf } from '../../core/matter-errors.ts';
import { momentWords } from './messages.ts';

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
export const noPlace = namedError('no_place', 422, () => '还不知道您住在哪个社区，请先请网格员帮您登记，再来许愿。');

export const searchTooWide = namedError(
  'search_too_wide',
  422,
  () => '范围太大，没法按文字查找，请先选到街道、社区或网格。',
);
export const mergeEarlier = mergeEarlierOf('心愿');
