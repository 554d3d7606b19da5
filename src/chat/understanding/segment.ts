import { cutterOf, type Frequencies } from './cutter.ts';
import { DOMAIN_WORDS } from './lexicon/index.ts';
import { MODEL } from './model.ts';

/** Domain words are kept whole rather than cut where general usage would. */
const DOMAIN_FREQUENCY = 2_000;

let segmenter: ((text: string) => string[]) | undefined;

/**
 * Cuts a text into words. The dictionary is the part of jieba's that the model has ever seen, with jieba's frequencies,
 * and the domain's own words: a word outside it would carry no weight anyway, and the whole of jieba's dictionary would
 * cost 0.3 s of start-up and 60 MB.
 */
export function segment(text: string): string[] {
  segmenter ??= cutterOf(withDomain(MODEL.words));
  return segmenter(text);
}

/** These words with their frequencies, and the domain's. */
export function withDomain(words: Readonly<Record<string, number>>): Frequencies {
  const all = new Map(Object.entries(words));
  for (const word of DOMAIN_WORDS) if (!all.has(word)) all.set(word, DOMAIN_FREQUENCY);
  return all;
}
