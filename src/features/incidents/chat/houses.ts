import { readNumeral } from '../../../core/numerals.ts';

/** The buildings words name, be they in no register: 3栋, 三号楼, 3-2-501 and 建设路26号 in one script each. Pure. */
export function housesIn(text: string): Set<string> {
  const found = [...text.matchAll(HOUSE)].map(({ groups = {} }) => {
    const { house = groups.dashed ?? groups.street ?? '' } = groups;
    return `${readNumeral(house) ?? house.toUpperCase()}${groups.street === undefined ? '栋' : '号'}`;
  });
  return new Set(found);
}

const N = '\\d{1,4}|[零〇一二三四五六七八九十百]{1,5}|[A-Za-z]';
const HOUSE = new RegExp(
  `(?<house>${N})\\s?(?:号楼|号院|[栋幢座]|#楼?)|(?<![\\d-])(?<dashed>\\d{1,3}|[A-Za-z])-\\d{1,2}-\\d{3,4}(?![\\d-])|(?<=[路街巷])\\s?(?<street>\\d{1,4}|[零〇一二三四五六七八九十百]{1,5})\\s?号`,
  'gu',
);
