import { namedError } from '../../core/errors.ts';
import type { Day } from '../../core/time.ts';
import { dayWords } from './wording.ts';

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
/** Only from the later to the earlier: then two merges at once can never swallow each other. */
export const mergeEarlier = namedError(
  'merge_into_earlier',
  422,
  (own: number, into: number) => `请反过来合并：打开事件${into}号，把它合并到先登记的${own}号。`,
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
export const noPlace = namedError(
  'no_place',
  422,
  () => '还不知道您住在哪个社区，请写明在哪个社区，或先请网格员帮您登记。',
);
export const areaMissing = namedError('area_missing', 422, () => '没有找到这个社区或网格，请重新选一个。');
export const gridMissing = namedError('grid_missing', 422, () => '这个社区里没有这个网格，请重新选一个。');
export const personMissing = namedError(
  'person_missing',
  422,
  () => '没有找到要帮的这个人，请检查姓名或请网格员登记。',
);
/** Never seen by people: the clock learns that somebody was faster. */
export const notDue = namedError('not_due', 409, () => '时候还没到，或者已经有人处理过了。');
export const noArea = namedError('no_area', 422, () => '请选一个社区或网格再看。');
