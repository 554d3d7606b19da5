import { normalise } from '../../core/text.ts';
import type { Listed } from './list.ts';

const MARKS = /[\s\p{P}\p{S}]+/gu;
/** 的 and what people put around a name: 开一个我爸的健在证明. */
const ENDING = /(?:证明书?|证明材料|证明信)$/u;

/** A name as it is compared: without marks and without 证明 at its end. */
const keyOf = (name: string): string => normalise(name).replace(MARKS, '').replace(ENDING, '');
const keysOf = ({ name, aliases }: Listed): string[] => [name, ...aliases].map(keyOf).filter((key) => key !== '');

/**
 * The certificate a name means: the one called that, else the one whose name it ends with (父母健在证明), the longest name
 * first. Nothing looser: to somebody sent to the wrong counter a human's answer is worth more. Pure.
 */
export function certificateNamed(name: string, known: readonly Listed[]): Listed | undefined {
  const key = keyOf(name);
  if (key === '') return undefined;
  let best: { one: Listed; length: number } | undefined;
  for (const one of known) {
    for (const own of keysOf(one)) {
      if (own === key) return one;
      if (key.endsWith(own) && own.length > (best?.length ?? 1)) best = { one, length: own.length };
    }
  }
  return best?.one;
}

/** Every certificate a text names by 证明 after one of its names, in the order of the text. Pure. */
export function certificatesIn(text: string, known: readonly Listed[]): Listed[] {
  const parts = normalise(text).replace(MARKS, '').split('证明').slice(0, -1);
  const found = parts.flatMap((part) => certificateNamed(part, known) ?? []);
  return [...new Set(found)];
}

/** What a search shows: those with the words in a name they go by, the ones called so first. Pure. */
export function searched(words: string, known: readonly Listed[]): Listed[] {
  const key = keyOf(words);
  if (key === '') return words.trim() === '' ? [...known] : [];
  const meant = certificateNamed(words, known);
  const like = known.filter((one) => one !== meant && keysOf(one).some((own) => own.includes(key)));
  return [...(meant ? [meant] : []), ...like];
}
