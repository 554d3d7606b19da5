import type { Body } from '../api/ask';

/** Why somebody is in care, as the house calls it. */
export const FLAGS: Record<Body<'postCare'>['kind'], string> = {
  living_alone: '独居老人',
  empty_nest: '空巢老人',
  disabled: '残疾',
  left_behind: '留守儿童',
  child_in_need: '困境儿童',
  seriously_ill: '重病',
  hardship: '困难家庭',
  veteran: '退役军人',
  other: '其他',
};
