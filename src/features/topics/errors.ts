import { namedError } from '../../core/errors.ts';

export const noPlace = namedError(
  'no_place',
  422,
  () => '还不知道您住在哪个社区，没法提议题。请直接打社区电话，或请网格员帮您登记。',
);
export const areaMissing = namedError('area_missing', 404, () => '没有找到这个社区，请检查一下。');
export const ownTopic = namedError('own_topic', 409, () => '这是您自己提的议题，不用再附议，请邻居来附议。');
export const alreadySeconded = namedError('already_seconded', 409, () => '您已经附议过这条议题了。');
export const notSeconded = namedError('not_seconded', 409, () => '您没有附议过这条议题，不用撤回。');
export const otherCommunity = namedError('other_community', 422, () => '只能和本社区的议题合并。');
export const laterNumber = namedError('later_number', 422, () => '请并到编号更小、先提出来的那条议题。');
export const mergeGone = namedError('merge_gone', 409, () => '要合并的那条议题已经结束了，不能再并过去。');
export const nothingAsked = namedError('nothing_asked', 409, () => '社区没有问过您要不要合并这条议题。');
export const asksAlready = namedError('asks_already', 409, () => '已经在等提议题的人回复要不要合并了。');
export const facilitatorMissing = namedError(
  'facilitator_missing',
  422,
  () => '没有找到这个人，或者 TA 不是本社区的居民。',
);
