import { shortened } from './letters.ts';
import { maskPersonal } from './personal.ts';
import { replaceSeen } from './seen.ts';
import { namedSelf } from './strangers.ts';

/**
 * What somebody wrote, as it is said back to them or shown in a line of a list: telephone and identity numbers and
 * the like are masked, and so are names that are given as names (我叫王桂芳, 联系人李强). A screen is read over shoulders.
 */
export const inEcho = (text: string): string => replaceSeen(maskPersonal(text), namedSelf);

/** The same as a line has room for it. Masked first: half a number is no longer known for one, and tells as much. */
export const shown = (text: string, most: number): string => shortened(inEcho(text), most);
