import type { Answer, Body } from '../../api/ask';

export type Care = Answer<'getCareById'>;
export type CareRow = Answer<'getCare'>['items'][number];
export type Colour = Care['colour'];
type Kind = Body<'postCare'>['kind'];
type ConsentBy = Body<'postCare'>['consent']['by'];

/** Why somebody is in care, as the house calls it. */
export const FLAGS: Record<Kind, string> = {
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
export const CONSENTS: Record<ConsentBy, string> = { self: '本人同意', guardian: '监护人同意', statutory: '依法登记' };
export const COLOURS: Record<Colour, string> = { red: '红色', yellow: '黄色', green: '绿色' };
/** How each colour is told by a tag; its word stands in it. */
export const TONES: Record<Colour, string> = { red: 'tag-late', yellow: 'tag-soon', green: 'tag-good' };
