import { namedError } from '../../core/errors.ts';
import type { Hours } from './hours.ts';
import { freeWords, openWords } from './messages.ts';

export const venueTaken = namedError(
  'venue_taken',
  409,
  (free: readonly Hours[]) => `这段时间已经有人约了。${freeWords(free)}`,
);
export const venueNotOpen = namedError(
  'venue_not_open',
  422,
  (open: readonly Hours[]) => `这段时间不开放。${openWords(open)}`,
);
export const venueClosed = namedError(
  'venue_closed',
  409,
  (name: string, because?: string) =>
    `${name}现在停用${because === undefined ? '' : `（${because}）`}，不能预约，请换一个地方。`,
);
export const bookingPast = namedError('booking_past', 422, () => '这个时间已经过了，请选以后的时间。');
export const bookingTooFar = namedError(
  'booking_too_far',
  422,
  (days: number) => `最多提前${days}天预约，请选近一点的日子。`,
);
export const bookingOver = namedError('booking_over', 409, () => '这次预约已经结束了，不能再改。');
export const bookingCancelled = namedError('booking_cancelled', 409, () => '这次预约已经取消了，需要的话请重新预约。');
export const bookingOfTopic = namedError(
  'booking_of_topic',
  409,
  () => '这是一条议题的会，请到那条议题的页面上改时间或者取消，大家才会收到通知。',
);
export const bookingChanged = namedError('booking_changed', 409, () => '这次预约刚刚被改过，请刷新后再看。');
export const venueChanged = namedError('venue_changed', 409, () => '这个地方的信息刚被别人改过，请刷新后再改。');
export const venueNameTaken = namedError(
  'venue_name_taken',
  409,
  (name: string) => `这个社区已经有一个叫“${name}”的地方了，请换个名称。`,
);
