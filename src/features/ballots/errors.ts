import { namedError } from '../../core/errors.ts';

export const numbersDisagree = namedError(
  'numbers_disagree',
  422,
  () => '人数或者面积对不上：投票的不能多于参加的，参加的不能多于应参加的，请核对后再算。',
);
export const noPack = namedError('no_pack', 422, () => '没有这份表决规则，或者它还没有生效，请重新选一份。');
export const secrecyNotAllowed = namedError(
  'secrecy_not_allowed',
  422,
  () => '这份表决规则不能这样投票，请按规则选记名或者不记名。',
);
export const wrongSpan = namedError(
  'wrong_span',
  422,
  (shortest: number, longest: number) => `从开始到截止要在${shortest}小时到${longest}小时之间，请改一下时间。`,
);
export const beginsTooSoon = namedError('begins_too_soon', 422, () => '开始投票的时间已经过了，请选以后的时间。');
export const noElectors = namedError('no_electors', 409, () => '这里还没有登记可以投票的人，请先登记，再开始表决。');
export const notOwners = namedError('not_owners', 409, () => '这次表决不是业主表决，不用登记业主。');
export const tooLateToOpen = namedError('too_late_to_open', 409, () => '截止时间已经过了，请重新发起一次表决。');
export const notYet = namedError('not_open_yet', 409, () => '还没有到投票时间，请到时候再投。');
export const over = namedError('ballot_over', 409, () => '投票已经截止，不能再投了。');
export const notOver = namedError('not_closed_yet', 409, () => '投票还没有截止，截止以后再来办。');
export const noVoice = namedError(
  'no_vote_here',
  403,
  () => '这次表决的名单里没有您。觉得不对的话，请联系社区工作人员。',
);
export const whichVoice = namedError('which_elector', 422, () => '您可以替不止一户投票，请选是替哪一户投的。');
export const alreadyVoted = namedError(
  'already_voted',
  409,
  () => '这一票已经投过了，每一票只能投一次。不是您家投的，请联系社区工作人员。',
);
export const receiptNeeded = namedError('receipt_needed', 422, () => '不记名投票要先领一张回执，请重新打开页面再投。');
export const receiptNotYours = namedError(
  'receipt_not_yours',
  422,
  () => '这张回执不是您在这次投票里领的，请自己领一张再投。',
);
export const papersUnresolved = namedError(
  'papers_unresolved',
  409,
  (papers: number) => `还有${papers}张纸质票没有两个人录成一样，请核对以后再计票。`,
);
export const morePapersThanVoters = namedError(
  'too_many_papers',
  409,
  () => '录入的纸质票比登记交纸质票的多：编号录错的请撤回，漏了登记的请先登记。',
);
export const papersOutstanding = namedError(
  'papers_outstanding',
  409,
  (papers: number) => `还有${papers}张登记交了的纸质票没有录好，录好了再计票；没有交来的，请撤销登记。`,
);
export const goesWithTopic = namedError(
  'goes_with_topic',
  409,
  () => '这次表决是议题里的一步，请到那条议题的页面上办。',
);
export const paperSettled = namedError('paper_settled', 409, () => '这张纸质票已经有两个人录好了，不用再录。');
export const paperMissing = namedError(
  'paper_missing',
  404,
  () => '没有录入过这个编号的纸质票，请核对编号；刚刚撤回过的，不用再撤。',
);
export const paperEntered = namedError(
  'paper_entered',
  409,
  () => '纸质票已经录入，不能撤销登记。录错了的，请先撤回录入，再撤销登记。',
);
export const notAttending = namedError(
  'not_attending',
  409,
  () => '这次表决只算到会的，请先签到，再投票。没有到会的不能投。',
);
export const sameOwnerTwice = namedError(
  'same_owner_twice',
  422,
  (line: number, name: string, before: number) =>
    `名单第${line}行“${name}”和第${before}行是同一个账号。一位业主只写一行，几套房子的面积加在一起。`,
);
export const ownersChanged = namedError(
  'owners_changed',
  409,
  () => '业主名单刚被别人改过，您这一步没有记上。请看看最新的名单，再做一次。',
);
export const notOnPaper = namedError('not_on_paper', 409, () => '这一户没有登记交纸质票，请先核对名单。');
