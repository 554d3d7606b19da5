import { maskPersonal } from '../../core/text.ts';
import { WALL_WORDS } from './messages.ts';
import { WISH_CATEGORIES, type WishCategory } from './model.ts';

/** What must not be readable on the wall. */
export interface Secrets {
  names: readonly string[];
  addresses: readonly string[];
}

interface Wording {
  title: string;
  text: string;
  category: WishCategory;
  under14: boolean;
}

/**
 * A wish as strangers may read it: no name, phone, exact address, and of a child under 14 nothing but the kind of help.
 * What is known to be personal is removed wherever it stands; what merely looks like a house number is removed too.
 */
export function wallText(
  { title, text, category, under14 }: Wording,
  secrets: Secrets,
): { title: string; text: string } {
  if (under14) return { title: `${WALL_WORDS.child}：${WISH_CATEGORIES[category]}`, text: WALL_WORDS.childText };
  const clean = (words: string) => withoutSecrets(words, secrets);
  return { title: clean(title) || WISH_CATEGORIES[category], text: clean(text) };
}

const NUMERAL = '[\\dA-Za-z一二三四五六七八九十百零〇]{1,5}';
/** 3栋2单元501, 五号楼三楼, 12号院 … */
const BUILDING = new RegExp(
  `(?:${NUMERAL}\\s?(?:号楼|号院|号房|栋|幢|单元|室|层|楼|户)\\s?)+(?:\\d{1,4}(?:号|室)?(?!\\d))?`,
  'gu',
);
/** 人民路12号 */
const STREET_NUMBER = new RegExp(`[\\p{Script=Han}]{1,6}(?:路|街|巷|弄|道)\\s?${NUMERAL}\\s?号`, 'gu');
/** 3-2-501 */
const DASHED = /\d{1,3}\s?[-－—]\s?\d{1,2}\s?[-－—]\s?\d{2,4}/gu;
/** What masking leaves of a number is still too much for strangers. */
const MASKED_NUMBER = /[\dA-Za-z一二三四五六七八九零〇幺@.-]*\*{3,}[\dA-Za-z一二三四五六七八九零〇幺@.-]*/gu;
const HONORIFICS = '奶奶|爷爷|婆婆|大爷|大妈|大娘|阿姨|叔叔|伯伯|孃孃|嬢嬢|老师|师傅|先生|女士|老人家|嬢|孃|叔|伯';

function withoutSecrets(words: string, { names, addresses }: Secrets): string {
  let clean = words;
  for (const address of longestFirst(addresses)) clean = clean.replace(spaced(address), WALL_WORDS.place);
  for (const name of longestFirst(names)) clean = withoutName(clean, name);
  return maskPersonal(clean)
    .replace(MASKED_NUMBER, WALL_WORDS.number)
    .replace(STREET_NUMBER, WALL_WORDS.place)
    .replace(BUILDING, WALL_WORDS.place)
    .replace(DASHED, WALL_WORDS.place);
}

/** The whole name, then the given name alone, then the surname before 奶奶, 师傅 … */
function withoutName(words: string, name: string): string {
  const letters = [...name.trim()];
  if (letters.length < 2) return words;
  let clean = words.replace(spaced(name), WALL_WORDS.someone);
  if (letters.length > 2) clean = clean.replace(spaced(letters.slice(-2).join('')), WALL_WORDS.someone);
  return clean.replace(new RegExp(`${escaped(letters[0] ?? '')}(?=${HONORIFICS})`, 'gu'), '');
}

const longestFirst = (all: readonly string[]) =>
  [...all].filter((one) => one.trim().length > 1).sort((a, b) => b.length - a.length);

const escaped = (letters: string) => letters.replace(/[\\^$.*+?()[\]{}|/-]/gu, '\\$&');

/** A text found even when somebody wrote it with spaces between the characters. */
const spaced = (words: string) => new RegExp([...words.replace(/\s+/gu, '')].map(escaped).join('\\s*'), 'giu');
