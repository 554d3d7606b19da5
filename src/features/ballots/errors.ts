import { namedError } from '../../core/errors.ts';

export const numbersDisagree = namedError(
  'numbers_disagree',
  422,
  () => '人数或者面积对不上：投票的不能多于参加的，参加的不能多于应参加的，请核对后再算。',
);
