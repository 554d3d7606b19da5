import { hidePersonal } from '../../core/personal.ts';
import { HIDDEN } from './messages.ts';

/** The words as neighbours may read them: without numbers that say who somebody is. Again it changes nothing. */
export const postedWords = (words: string): string => hidePersonal(words, () => HIDDEN);
