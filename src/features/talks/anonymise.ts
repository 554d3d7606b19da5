import { hidePersonal } from '../../core/personal.ts';
import { replaceSeen, type Sought } from '../../core/seen.ts';
import { maskName } from '../../core/text.ts';

const WORKER = '本人';
const NUMBER = '（号码已隐去）';
/** What may be put between the letters of a name. */
const GAP = '[\\s·.、，,_*-]{0,2}';
const KIN = '大?(?:哥|姐|叔|姨|孃|嬢|妹|弟)|阿姨';
const TITLES = `(?:${KIN}|师傅|老师|主任|书记|支书|同志|某某?|站长|队长|组长|委员|女士|先生|小姐|工(?![作资地程人厂会伤龄期时]))`;
/** Everyday words that look like 大周 or 小方: nobody is called so. */
const EVERYDAY = '(?!大周末|小周末|大方|大家|大白天|老师|老高兴|小时|小学|小区|小心|小组)';

/**
 * The words of a difficulty without its worker: full and given name, 小张, 张姐, 阿敏 and 敏姐 become 本人, and whoever's numbers,
 * accounts and addresses of the net go. Pure. What else may point at somebody is for the writer to leave out.
 */
export function anonymise(text: string, name: string): string {
  const letters = [...name.replace(/[\s·]/gu, '')];
  const surname = maskName(name).replace('*', '');
  const given = letters.slice([...surname].length);
  const last = given.at(-1);
  const spaced = (parts: readonly string[]) => parts.map(escaped).join(GAP);
  const names = [
    spaced(letters),
    ...(given.length > 1 ? [spaced(given)] : []),
    ...(surname === '' ? [] : calledBy('[小老阿大]', surname, TITLES)),
    ...(last === undefined ? [] : calledBy('[小阿]', last, `(?:${KIN})`)),
  ];
  const sought = names.map((pattern): Sought => ({ pattern: new RegExp(pattern, 'giu'), by: () => WORKER }));
  return hidePersonal(replaceSeen(text, ...sought), () => NUMBER);
}

/** 小张 and 张姐. */
const calledBy = (before: string, part: string, after: string): string[] => [
  `${EVERYDAY}${before}${GAP}${escaped(part)}`,
  `${escaped(part)}${GAP}${after}`,
];

const escaped = (letter: string): string => letter.replace(/[\\^$.*+?()[\]{}|]/gu, '\\$&');
