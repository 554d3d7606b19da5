import { namedError } from '../../../core/errors.ts';

export const noMeeting = namedError('no_meeting', 409, () => '这条议题还没有定开会的时间，请等社区通知。');
export const notBegun = namedError('meeting_not_begun', 409, () => '现在没有在开会，请等主持人宣布开始。');
export const wrongCode = namedError(
  'wrong_code',
  422,
  () => '签到码不对，请再看一遍；看不清的话，请问一下主持人，也可以请主持人直接登记。',
);
export const notThere = namedError('not_at_meeting', 403, () => '您还没有在会上签到，请先签到，再发言。');
export const inRecess = namedError(
  'meeting_in_recess',
  409,
  () => '现在休会，先不收发言。主持人宣布继续以后，请再说一次。',
);
/** A ballot says it of its voters, in other words. */
export const noVoice = namedError(
  'no_vote_here',
  403,
  () => '这次会议的名单里没有您家。觉得不对的话，请找主持人或者社区工作人员。',
);
export const noProxies = namedError(
  'no_proxies',
  422,
  () => '这次会议的规则不能代别人参加，请本人来，或者只登记到会的。',
);
export const proxyAway = namedError('proxy_away', 422, () => '代的人自己还没有到会，请先登记这个人到会。');
export const ownProxy = namedError('own_proxy', 422, () => '这就是这个人自己家，直接登记到会就行，不用代。');
export const tooManyProxies = namedError(
  'too_many_proxies',
  409,
  (most: number) => `一个人最多只能代${most}户，请换一个人代。`,
);
export const thereAlready = namedError(
  'there_already',
  409,
  () => '这一户已经登记到会了。要改的话，请先取消，再重新登记。',
);
export const rollFixed = namedError(
  'roll_fixed',
  409,
  () => '投票已经开始，到会的名单定下来了，不能取消到会。登记错了，请取消这次表决，改好名单再重新投票。',
);
export const reasonNeeded = namedError('reason_needed', 422, () => '结果已经公示，要改会议纪要，请写明更正的原因。');
export const correctionsFull = namedError(
  'corrections_full',
  409,
  () => '会议纪要已经更正过很多次了，不能再改。请直接告诉社区。',
);
export const voteBegun = namedError('vote_begun', 409, () => '已经开始表决了，不再收集意见。请去投票。');
export const minutesNotYet = namedError('minutes_not_yet', 409, () => '会议纪要还没有整理好，请等会议结束后再来看。');
export const changedMeanwhile = namedError(
  'changed_meanwhile',
  409,
  () => '会议纪要刚刚被别人改过。请先记下您写的，刷新后看看新的内容，再改一次。',
);
export const minutesClosed = namedError('minutes_closed', 409, () => '这条议题已经办结归档，会议纪要不能再改了。');
