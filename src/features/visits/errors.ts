import { namedError } from '../../core/errors.ts';

export const noVisitPlace = namedError(
  'no_place',
  422,
  () => '还不知道这次走访在哪个社区。请选一下社区或网格，或请管理员先登记您负责的片区。',
);
export const notServed = namedError(
  'not_served',
  422,
  () => '选的人里有不归您联系的，不能记在走访里。请只选自己联系的关爱对象，其他人家记户数就行。',
);
export const dayToCome = namedError('day_to_come', 422, () => '走访的日子还没到，不能提前记。请改成今天或以前的日子。');
export const noHappening = namedError(
  'no_happening',
  422,
  () => '没有这件要您到场的事，可能已经撤销了。请回到“今日任务”里看看。',
);
export const happenedElsewhere = namedError(
  'happened_elsewhere',
  422,
  () => '这件事不在您选的社区。请把地点改成出事的社区，或者另外记一次走访。',
);
export const beforeItHappened = namedError(
  'before_it_happened',
  422,
  () => '您填的日子，事情还没有发生。请改成到场的那一天。',
);
export const tooLongAgo = namedError('too_long_ago', 422, (days: number) => `只能补记最近${days}天的走访。`);
export const nothingSeen = namedError(
  'nothing_seen',
  422,
  () => '请写明走访了几户，或者选走访了谁；有情况的话，写一句发现了什么。',
);
export const correctionOver = namedError(
  'correction_over',
  409,
  (days: number) => `这条记录已经超过${days}天，不能再改了。需要更正的话，请告诉社区书记。`,
);
export const correctedOften = namedError(
  'corrected_often',
  409,
  (most: number) => `这条记录已经改过${most}次，不能再改了。需要更正的话，请作废以后重新记一条。`,
);
export const tooManySpawned = namedError('too_many_spawned', 409, () => '这次走访已经登记了很多件事，请另外新登记。');
export const checkedOften = namedError(
  'checked_often',
  409,
  () => '这条记录您今天已经抽查过好几次了，请明天再看，或直接和本人说。',
);
export const ownCheck = namedError('own_check', 409, () => '不能抽查自己的走访记录，请让别人来看。');
export const loggedAlready = namedError(
  'logged_already',
  409,
  (isToday: boolean) => `${isToday ? '今天' : '那天'}已经记过一条一样的。如果是另外一次，请再确认一下。`,
);
/** Never seen by people: it was settled by somebody else meanwhile. */
export const settledAlready = namedError('settled_already', 409, () => '已经处理过了。');
