import { HaolinError, namedError } from '../../core/errors.ts';
import { clockWords, dayWords } from '../../core/time.ts';

export const noPlace = namedError(
  'no_place',
  422,
  () => '还不知道您住在哪个社区，没法提议题。请直接打社区电话，或请网格员帮您登记。',
);
export const notPublic = namedError(
  'not_found',
  404,
  () =>
    '没有找到这个议题的公开页：请看看网址是不是完整。议题定了开会的时间才公开，在那以前本社区居民可以在小程序“议题”里看。',
);
export const areaMissing = namedError('area_missing', 404, () => '没有找到这个社区，请检查一下。');
export const topicsWaiting = namedError(
  'topics_waiting',
  409,
  (waiting: number) =>
    `您已经有${waiting}条议题在等邻居附议或社区受理了。等其中一条有了结果，就可以提新的；也可以请邻居先来附议。`,
);
/** @param again the first moment one may propose again */
export const topicsInAWeek = (
  { recent, days }: { recent: number; days: number },
  again: Date,
  now: Date,
): HaolinError =>
  new HaolinError(
    'topics_in_a_week',
    429,
    `您这${days}天已经提了${recent}条议题，谢谢您为大家操心。${dayWords(again)}${clockWords(again)}以后可以再提；着急的事请直接打社区电话。`,
    { retryAfterSeconds: Math.ceil((again.getTime() - now.getTime()) / 1_000) },
  );
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
  () => '没有找到这个人，或者这个人不是本社区的居民。',
);
export const venueElsewhere = namedError('venue_elsewhere', 422, () => '请选本社区的议事场所。');
export const noticeTooShort = namedError(
  'notice_too_short',
  422,
  (days: number) => `开会要至少提前${days}天告诉大家，请选晚一点的日子。`,
);
export const backwardsHours = namedError('backwards_hours', 422, () => '结束的时间要在开始的后面，请改一下。');
/** Says when, and nothing of what the other meeting is about: it may be another community's. */
export const leaderBusy = namedError(
  'leader_busy',
  409,
  ({ startsAt, endsAt }: { startsAt: Date; endsAt: Date }) =>
    `主持的人${dayWords(startsAt)}${clockWords(startsAt)}到${clockWords(endsAt)}已经有一场会，两场会碰到一起了，请换个时间，或者换个人主持。`,
);
export const rulesMissing = namedError(
  'rules_missing',
  422,
  () => '没有这份表决规则，或者它还没有生效，请重新选一份。',
);
export const tooEarly = namedError('too_early', 409, () => '还没到开会的时间，请到时候再开始。');
export const meetingMissed = namedError(
  'meeting_missed',
  409,
  () => '这次会的时间已经过了，请重新定时间地点，提前告诉大家。',
);
export const isPaused = namedError('meeting_paused', 409, () => '会议正在休息，请先继续开会。');
export const notPaused = namedError('not_paused', 409, () => '会议没有休息，不用继续。');
export const votePrepared = namedError('vote_prepared', 409, () => '已经准备了一次表决，请先开始投票，或者取消它。');
export const noVotePrepared = namedError('no_vote_prepared', 409, () => '还没有准备表决，请先填好表决的内容。');
export const voteOver = namedError('vote_over', 409, () => '投票已经截止，不能取消，请计票。');
export const voteTooLate = namedError(
  'vote_too_late',
  409,
  () => '这次表决的截止时间已经过了，请取消它，重新准备一次。',
);
export const notEnoughThere = namedError(
  'not_enough_there',
  409,
  (sentences: string) => `到会的人还不够，不能替大家定。${sentences}`,
);
export const objectionsLeft = namedError(
  'objections_left',
  409,
  (count: number) => `还有${count}条异议没有答复，请先答复。`,
);
export const notCounted = namedError('not_counted', 409, () => '投票还没有截止，截止以后再计票。');
export const publicityOver = namedError(
  'publicity_over',
  409,
  () => '公示已经结束，不能再提异议。有话请直接告诉社区。',
);
export const objectedAlready = namedError('objected_already', 409, () => '您已经提过异议了，社区答复以后才能再提。');
export const objectionsFull = namedError(
  'objections_full',
  409,
  () => '这条议题的异议已经很多了，请直接告诉社区，社区会一起答复。',
);
export const objectionMissing = namedError('objection_missing', 404, () => '没有找到这条异议，请刷新看看。');
export const objectionAnswered = namedError('objection_answered', 409, () => '这条异议已经答复过了。');
export const objectionLapsed = namedError(
  'objection_lapsed',
  409,
  () => '这条异议对的是已经撤下的结果，随重新商量一并处理了，不用再答复。',
);
export const ownerMissing = namedError('owner_missing', 422, () => '没有找到来办的人，或者这个人不在本社区。');
export const deadlinePast = namedError('deadline_past', 422, () => '办到的日子已经过了，请选今天或者以后。');
export const deadlineFar = namedError(
  'deadline_far',
  422,
  (days: number) => `期限最多延到${days}天以后，请选近一点的日子；到时候还没有办好，可以再延。`,
);
export const itemsFull = namedError('items_full', 409, () => '要办的事已经够多了，请先把办好的办结。');
export const itemMissing = namedError('item_missing', 404, () => '没有找到这件事，请刷新看看。');
export const itemDropped = namedError('item_dropped', 409, () => '这件事已经定下不办了。');
export const nothingToDo = namedError('nothing_to_do', 409, () => '没有还在办的事。');
export const sameOwner = namedError('same_owner', 409, () => '这件事本来就是请这位办的，请另选一个人。');
export const noLonger = namedError('no_longer', 422, () => '新的期限要比原来的晚，请重新选一天。');
export const itemChanges = namedError('item_changes', 409, () => '这件事已经改过很多次了，请办好它，或者定下不办。');
export const itemDoneAlready = namedError('item_done_already', 409, () => '这件事已经办好了，不用再报。');
export const notYourItem = namedError('not_your_item', 403, () => '这件事不是派给您的，请让负责的人来报。');
export const itemsLeft = namedError(
  'items_left',
  409,
  (count: number) => `还有${count}件事没有办好，办好了，或者定下不办，再请大家评价。`,
);
export const reviewingAlready = namedError('reviewing_already', 409, () => '已经在请大家评价了。');
export const notReviewing = namedError('not_reviewing', 409, () => '还没有到评价的时候，事情办好了会请您评价。');
export const notParticipant = namedError(
  'not_participant',
  403,
  () => '这件事请提议、附议和到会的邻居来评价。您有想法，请直接告诉社区。',
);
export const reviewedAlready = namedError('reviewed_already', 409, () => '您已经评价过了，谢谢您。');
export const reviewsFull = namedError('reviews_full', 409, () => '评价的人已经够多了，谢谢您。');
