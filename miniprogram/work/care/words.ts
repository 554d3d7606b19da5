import type { Answer, Body } from '../../api/ask';

export type Care = Answer<'getCareById'>;
export type CareRow = Answer<'getCare'>['items'][number];
export type Colour = Care['colour'];
type ConsentBy = Body<'postCare'>['consent']['by'];

export const CONSENTS: Record<ConsentBy, string> = { self: '本人同意', guardian: '监护人同意', statutory: '依法登记' };
export const COLOURS: Record<Colour, string> = { red: '红色', yellow: '黄色', green: '绿色' };
/** How each colour is told by a tag; its word stands in it. */
export const TONES: Record<Colour, string> = { red: 'tag-late', yellow: 'tag-soon', green: 'tag-good' };
