import type { Answer } from '../api/ask';

/** How urgently somebody in care is to be seen. */
export type Colour = Answer<'getCareById'>['colour'];

/** In the order of urgency. */
export const COLOURS: Record<Colour, string> = { red: '红色', yellow: '黄色', green: '绿色' };
export const COLOUR_CODES = Object.keys(COLOURS) as Colour[];
/** How each is told by a tag; its word stands in it. */
export const TONES: Record<Colour, string> = { red: 'tag-late', yellow: 'tag-soon', green: 'tag-good' };
