import { namedError } from '../../core/errors.ts';

export const notAWorker = namedError('not_a_worker', 422, () => '这个人不是您社区的工作人员，请重新选择。');
export const notWithOneself = namedError('not_with_oneself', 409, () => '不能登记和自己的谈心，请让另一位书记来谈。');
export const alreadyAsked = namedError('already_asked', 409, () => '已经约着谈了，不用再约，请等着定时间。');
export const ownRequestOnly = namedError('own_request_only', 422, () => '自己约谈请选“本人要求”，别的原因由书记登记。');
export const notTheirRequest = namedError('not_their_request', 422, () => '“本人要求”由本人来约，请选别的原因。');
export const dayToCome = namedError('day_to_come', 422, () => '日期还没到，请填今天或以前的日期。');
export const longAgo = namedError('long_ago', 422, () => '日期太早了，请检查一下。');
export const timeOver = namedError('time_over', 422, () => '这个时间已经过了，请另选一个时间。');
export const atNight = namedError('at_night', 422, () => '谈心请约在早上8点到晚上8点之间，请另选一个时间。');
export const careVisitTwice = namedError(
  'care_visit_twice',
  409,
  () => '这天因为同样的事慰问过这位，已经登记了，不用再登记。日期或原因选错了请改一下。',
);
export const otherQuarter = namedError('other_quarter', 422, () => '这一天不在这个季度里，请检查日期。');
export const quarterOver = namedError(
  'quarter_over',
  422,
  () => '约的日子要在这个季度里，下个季度的谈心请从下个季度的名单里约。',
);
export const heldAlready = namedError('held_already', 409, () => '这个季度已经谈过了，不用再谈。');
/** Never seen by people: the clock was there before. */
export const settledAlready = namedError('settled_already', 409, () => '已经处理过了。');
export const beforeOccasion = namedError('before_occasion', 422, () => '谈心的日期比事情发生的日期还早，请检查一下。');
export const agreedAlready = namedError('agreed_already', 409, () => '时间已经说定了，不用再确认。');
export const nothingClaimed = namedError('nothing_claimed', 409, () => '没有等您确认的谈心，请刷新后再看。');
export const quarterStays = namedError('quarter_stays', 409, () => '每个季度的谈心不能取消，可以另约时间。');
export const ownerUnknown = namedError('owner_unknown', 422, () => '没有找到这位负责人，请重新选择。');
export const ownerStays = namedError('owner_stays', 409, () => '这件事本来就由这位负责，请选另一位。');
export const deadlineOver = namedError('deadline_over', 422, () => '期限要在今天之后，请另选一天。');
export const deadlineEarlier = namedError('deadline_earlier', 422, () => '新期限要比原来的晚，请另选一天。');
export const deadlineFar = namedError('deadline_far', 422, () => '期限太远了，请选近一点的日子。');
export const extendedEnough = namedError(
  'extended_enough',
  409,
  () => '已经延过两次，不能再延了。办不下来请换人办，或者请书记处理。',
);
export const noArea = namedError('no_area', 422, () => '请选择要看哪个区域。');
