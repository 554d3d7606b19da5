import type { Answer, Body } from '../../api/ask';

export type Care = Answer<'getCareById'>;
export type CareRow = Answer<'getCare'>['items'][number];
type ConsentBy = Body<'postCare'>['consent']['by'];

export const CONSENTS: Record<ConsentBy, string> = { self: '本人同意', guardian: '监护人同意', statutory: '依法登记' };
