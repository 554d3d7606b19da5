import { namedError } from '../../core/errors.ts';

export const noPlace = namedError(
  'no_place',
  422,
  () => '还不知道您住在哪个社区，没法转给社区的人。请直接打社区电话，或请网格员帮您登记。',
);
export const alreadyClosed = namedError('already_closed', 409, () => '这件求助已经结束了。还有事的话，请重新转人工。');
export const tooMuchSaid = namedError(
  'too_much_said',
  409,
  () => '这件求助说的话已经很多了，请直接打社区电话，或等工作人员联系您。',
);
export const tooMuchAnswered = namedError(
  'too_much_answered',
  409,
  () => '这件求助来回说得已经很多了，请直接打电话联系，或者结束它，请居民重新转人工。',
);
