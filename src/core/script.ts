import { ConverterBuilder } from 'opencc-js/core';
import * as toSimplified from 'opencc-js/preset/t2cn';

/** Traditional characters as simplified ones. Pure. */

const FIRST = 0x4e00;
const LAST = 0x9fff;

/**
 * The simplified character of each traditional one, 0 where it is none. One by one and not word by word: then a part of a
 * text is written the same as the same part of the whole.
 */
let known: Uint16Array | undefined;

/** Made for the first text: it takes a while, and many a process never sees one. */
function table(): Uint16Array {
  known ??= tableOf(ConverterBuilder(toSimplified)({ from: 'hk', to: 'cn' }));
  return known;
}

function tableOf(convert: (text: string) => string): Uint16Array {
  const table = new Uint16Array(LAST + 1);
  for (let code = FIRST; code <= LAST; code += 1) {
    const letter = String.fromCharCode(code);
    const other = convert(letter);
    // Few become a character beyond the first plane, which nobody here writes.
    if (other !== letter && other.length === 1) table[code] = other.charCodeAt(0);
  }
  // Once is enough: what a character becomes stays as it is.
  for (let code = FIRST; code <= LAST; code += 1) {
    const other = table[code] ?? 0;
    if (table[other]) table[code] = table[other];
  }
  return table;
}

/** The text in simplified characters: 電燈壞了 is 电灯坏了. A text without a traditional one is given back as it is. */
export function inSimplified(text: string): string {
  const simplifiedOf = table();
  let result = '';
  let copied = 0;
  for (let at = 0; at < text.length; at += 1) {
    const simplified = simplifiedOf[text.charCodeAt(at)];
    if (!simplified) continue;
    result += text.slice(copied, at) + String.fromCharCode(simplified);
    copied = at + 1;
  }
  return copied === 0 ? text : result + text.slice(copied);
}

let traditional: Map<string, string> | undefined;

/** A simplified letter with every traditional one it may have been written as: 电電. */
export function formsOf(letter: string): string {
  if (!traditional) {
    traditional = new Map();
    for (let code = FIRST; code <= LAST; code += 1) {
      const simplified = table()[code];
      if (!simplified) continue;
      const key = String.fromCharCode(simplified);
      traditional.set(key, (traditional.get(key) ?? '') + String.fromCharCode(code));
    }
  }
  return letter + (traditional.get(letter) ?? '');
}
