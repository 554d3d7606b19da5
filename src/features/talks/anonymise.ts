import { hidePersonal } from '../../core/personal.ts';
import { replaceSeen, type Sought } from '../../core/seen.ts';
import { maskName } from '../../core/text.ts';

const WORKER = '本人';
const NUMBER = '（号码已隐去）';
/** What may be put between the letters of a name. */
const GAP = '[\\s·.、，,_*-]{0,2}';
const TITLES = '(?:哥|姐|叔|姨|孃|师傅|老师|主任|书记|同志|妹|弟|某某?|站长|委员)';

/**
 * The words of a difficulty without its worker: full and given name, 小张, 老张 and 张姐 become 本人, and whoever's numbers,
 * accounts and addresses of the net go. Pure. What else may point at somebody is for the writer to leave out.
 */
export function anonymise(text: string, name: string): string {
  const letters = [...name.replace(/[\s·]/gu, '')];
  const surname = maskName(name).replace('*', '');
  const given = letters.slice([...surname].length);
  const spaced = (parts: readonly string[]) => parts.map(escaped).join(GAP);
  const names = [
    spaced(letters),
    ...(given.length > 1 ? [spaced(given)] : []),
    ...(surname === '' ? [] : [`[小老阿大]${GAP}${escaped(surname)}`, `${escaped(surname)}${GAP}${TITLES}`]),
  ];
  const sought = names.map((pattern): Sought => ({ pattern: new RegExp(pattern, 'giu'), by: () => WORKER }));
  return hidePersonal(replaceSeen(text, ...sought), () => NUMBER);
}

const escaped = (letter: string): string => letter.replace(/[\\^$.*+?()[\]{}|]/gu, '\\$&');
