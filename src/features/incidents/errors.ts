import { namedError } from '../../core/errors.ts';
import { mergeEarlierOf } from '../../core/matter-errors.ts';

/** What can stand in the way of a move on an incident. Each says what happened and what to do next, and names nobody. */
export const alreadyTaken = namedError(
  'already_taken',
  409,
  (number: number) => `事件${number}号刚刚已经有人在办了，谢谢您，看看还有哪些事件等人处置吧。`,
);
export const alreadyYours = namedError(
  'already_yours',
  409,
  (number: number) => `事件${number}号已经在您手上了，办好了请登记结果。`,
);
export const ownWork = namedError('own_work', 409, () => '这件事是您自己办的，要由报告的人来确认。');
export const alreadyAnswered = namedError(
  'already_answered',
  409,
  () => '您已经回过满意了，谢谢您。一起报告的邻居还没回话，等他们说了就办结。',
);
export const noHandler = namedError('no_handler', 409, () => '这件事现在没有人在办，请先分办。');
export const rejectedOnce = namedError('rejected_once', 409, () => '已经退过一次，请转街道决定。');
export const streetDecided = namedError(
  'street_decided',
  409,
  () => '街道已经定了由谁来办，不能再退单，办不了请和街道联系。',
);
export const atTheTop = namedError('at_the_top', 409, () => '已经上报到街道了，请和街道商量怎么办。');
export const noMoreTime = namedError(
  'no_more_extensions',
  409,
  () => '已经延期两次，不能再延了。办不了可以上报，或请人协助。',
);
export const cannotHandle = namedError(
  'cannot_handle',
  422,
  () => '这位同志不负责这个片区，不能派给他，请换一位本社区的人。',
);
export const sameIncident = namedError('same_incident', 422, () => '不能和自己合并，请选另一个事件。');
export const notMergeable = namedError(
  'not_mergeable',
  422,
  () => '只能合并到同一个社区里还在办的事件，请重新选一个。',
);
export const dangerStandsAlone = namedError(
  'danger_stands_alone',
  422,
  () => '这件危及生命，不能并到不危急的事件里，请先单独处置。',
);
export const others = namedError(
  'others_reported_too',
  409,
  () => '还有别的居民也报告了这件事，不能撤回了；您的情况可以用“补充”告诉我们。',
);
export const sayAllClear = namedError(
  'say_all_clear',
  422,
  () => '这是危及生命的事件，请写明为什么不用来了，例如：没事了，是误报。',
);
export const comesAnyway = namedError(
  'comes_anyway',
  409,
  () => '不管怎样，还是会有人来看看，当面见到人好好的，大家才放心。想说的话可以用“补充”告诉我们，我们都在。',
);
export const noPlace = namedError(
  'no_place',
  422,
  () => '还不知道您住在哪个社区，请写明在哪个社区，或先请网格员帮您登记。',
);
export const gridMissing = namedError('grid_missing', 422, () => '这个社区里没有这个网格，请重新选一个。');
export const mergeEarlier = mergeEarlierOf('事件');
