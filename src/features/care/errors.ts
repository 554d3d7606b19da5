import { namedError } from '../../core/errors.ts';

export const alreadyKept = namedError('already_kept', 409, () => '这个人已经是关爱对象了，请在名册里找到后再改。');
export const noCommunity = namedError('no_place', 422, () => '还不知道这个人住在哪个社区，请先补登记住处。');
export const alreadyFlagged = namedError(
  'already_flagged',
  409,
  (kind: string) => `这个人已经登记了“${kind}”，不用再登记一次。`,
);
export const notFlagged = namedError('not_flagged', 409, (kind: string) => `这个人没有登记“${kind}”，请刷新后再看。`);
export const lastFlag = namedError('last_flag', 409, () => '只剩这一项了，不再需要关爱的话，请办理退出。');
export const sameColour = namedError('same_colour', 409, () => '本来就是这个颜色，不用改。');
export const consentLater = namedError('consent_later', 422, () => '同意的日期不能在今天以后。');
export const reviewPast = namedError('review_past', 422, () => '复核日期要在今天以后。');
export const reviewTooLate = namedError(
  'review_too_late',
  422,
  (days: number) => `复核日期最晚在${days}天以内，到时候可以再延。`,
);
export const consentOfGuardian = namedError(
  'consent_of_guardian',
  422,
  () => '不满14岁的孩子要由监护人同意，请联系监护人。',
);
export const consentOfSelf = namedError('consent_of_self', 422, () => '成年人要由本人同意，不能由监护人代替。');
export const notAWorker = namedError(
  'not_a_worker_here',
  422,
  () => '守望哨要是这个社区的社区工作者或网格员，请换一个人。',
);
export const notALead = namedError('not_a_lead_here', 422, () => '要是这里的联户长才行，请换一个人。');
export const oneself = namedError('oneself', 422, () => '不能由本人照看本人，请换一个人。');
export const alreadyAssigned = namedError('already_assigned', 409, () => '已经有守望哨了，要换人的话请用“交接”。');
export const noSentinel = namedError('no_sentinel', 409, () => '还没有守望哨，不用交接，直接指定就行。');
export const sameServant = namedError('same_servant', 409, () => '本来就是由这个人照看，不用换。');
export const tooManyNotes = namedError('too_many_notes', 409, () => '这个人的记录已经很多了，写不下了，请联系管理员。');
export const samePlace = namedError('same_place', 409, () => '已经转到这个社区了，不用再转。');
