import { readNumeral } from '../../../core/numerals.ts';
import { type Gazetteer, type KnownPlace, numberIn } from './gazetteer.ts';

/** A place somebody may have meant. */
export interface Address {
  grid: string;
  /** What may be said of it: the estate and the grid. */
  label: string;
  /** All that was said, in one script: 上海城3栋2单元501. For sealing. */
  exact: string;
  /** It says which building: more than strangers may know. */
  close: boolean;
}

/** What a text says of where. */
export interface FoundAddress {
  /** Where it may be: one when that is clear, several to ask about. */
  candidates: Address[];
  /** Where it stands in the text, end exclusive. */
  start: number;
  end: number;
}

/** Numbers of houses; 两栋 counts them. */
const N = `(?:\\d{1,4}(?!\\d)|[零〇一二三四五六七八九十百]{1,5})`;
const GAP = '[\\s,，、]?';
/** 3栋楼 and 3栋房子 are three of them; 3栋楼下 is at the third. */
const COUNTED = '(?!的?(?:房子|住宅|楼房|别墅|大楼)|楼(?![下上道梯前后顶里内门口底栋]|\\d)|都|全|居民楼)';
/** After a room's number these make it an amount or a time. */
const AMOUNT = '(?![\\d零〇一二三四五六七八九十百千万亿]|\\s?(?:多?[元块户个人斤天月年点分米度万平]|多))';
const UNIT = `(?:第?(?<unit>${N})\\s?单元|(?<unitOnly>\\d{1,2})-(?=\\d{3,4}(?!\\d)))`;
const ROOM = `(?:(?<room>\\d{3,4}|[零〇一二三四五六七八九幺]{3,4})${AMOUNT}(?:\\s?(?:号房?|室|房))?|(?<floor>${N})\\s?[楼层](?![道梯顶长]))`;
const HOUSE = `(?:第\\s?)?(?<building>${N}|[A-Za-z](?![A-Za-z]))\\s?(?:号楼|号院|[栋幢座]|#楼?)${COUNTED}`;
const DASHED = `(?<dashed>\\d{1,3}|[A-Za-z])-(?<dashedUnit>\\d{1,2})-(?<dashedRoom>\\d{3,4})(?![\\d-])`;
const REST = `(?:${GAP}${UNIT})?(?:${GAP}-?${ROOM})?`;
const ALONE = new RegExp(
  `(?<![\\d\\-#第每这那几两A-Za-z零〇一二三四五六七八九十百])(?:${DASHED}|${HOUSE}${REST})`,
  'gu',
);

/** After the name of an estate a bare 3号 and 3-501 are buildings, too. */
const AFTER_ESTATE = new RegExp(
  `(?:里面|里头|里|内|的|那边|这边)?[\\s,，、:：]{0,2}(?:${DASHED}|(?:第\\s?)?(?<building>${N}|[A-Za-z](?![A-Za-z]))\\s?` +
    `(?:(?:号楼|号院|[栋幢座]|#楼?)${COUNTED}|号(?!的?(?:心愿|议题|事件|工单|线|[单件]))|(?=-\\d{3,4}(?!\\d)))${REST})`,
  'uy',
);
/** A house in a street: 建设路26号附3号2单元501. */
const AFTER_STREET = new RegExp(
  `的?\\s?(?<building>${N})\\s?号(?!线|的?(?:心愿|议题|事件|工单))(?:[附之-]\\s?${N}\\s?号?)?院?(?:${GAP}(?:${N})\\s?(?:号楼|[栋幢]))?${REST}`,
  'uy',
);

/** Where one goes, and not where one is: 去建设路买药, 从上海城过来. */
const ELSEWHERE = /(?:[去往从]|路过|经过)[了过]?\s?$/u;

/**
 * Where a text says it is: the first address in it that the gazetteer knows, in any script and shape (上海城3栋2单元501,
 * 3-2-501, 三栋二单元五零一, 3号楼2单元501室, 建设路26号, 幸福里小区门口). Nothing for a place nobody knows. Pure.
 * @param text as `normalise` leaves it
 */
export function addressIn(text: string, { places, names }: Gazetteer): FoundAddress | undefined {
  if (names === undefined) return undefined;
  let vague: FoundAddress | undefined;
  for (const match of text.matchAll(names)) {
    if (ELSEWHERE.test(text.slice(0, match.index))) continue;
    const found = namedAt(text, match, places);
    if (found === undefined) continue;
    if (found.candidates.some(({ close }) => close)) return found;
    vague ??= found;
  }
  const alone = aloneIn(text, places);
  // 住在上海城，三栋二单元: the building is said apart from the estate.
  if (alone && vague) return narrowed(alone, vague) ?? vague;
  return alone ?? vague;
}

function namedAt(text: string, match: RegExpMatchArray, places: readonly KnownPlace[]): FoundAddress | undefined {
  const start = match.index ?? 0;
  const { stem, phase } = match.groups ?? {};
  const number = phase === undefined ? undefined : readNumeral(phase);
  const called = ofPhase(
    places.filter((place) => place.stem === stem),
    number,
  );
  const pattern = called.some(({ street }) => street) ? AFTER_STREET : AFTER_ESTATE;
  pattern.lastIndex = start + match[0].length;
  const rest = pattern.exec(text);
  const end = rest ? pattern.lastIndex : start + match[0].length;
  return foundAt(called, rest?.groups ?? {}, start, end);
}

/** Those of the phase that was named; the estate as such when it was not. */
function ofPhase(called: readonly KnownPlace[], phase: number | undefined): KnownPlace[] {
  const same = called.filter((place) => place.phase === phase);
  if (same.length > 0) return same;
  return phase === undefined ? [...called] : called.filter((place) => place.phase === undefined);
}

function aloneIn(text: string, places: readonly KnownPlace[]): FoundAddress | undefined {
  const estates = places.filter(({ street }) => !street);
  for (const match of text.matchAll(ALONE)) {
    const before = text.slice(0, match.index);
    if (ELSEWHERE.test(before) || isDate(match)) continue;
    const found = foundAt(estates, match.groups ?? {}, match.index, match.index + match[0].length);
    if (found?.candidates.every(({ close }) => close)) return found;
  }
  return undefined;
}

/** 26-3-12 is no room. */
const isDate = ({ groups }: RegExpMatchArray): boolean =>
  groups?.dashedRoom !== undefined && /^20[12]\d$/u.test(groups.dashedRoom);

function foundAt(
  places: readonly KnownPlace[],
  groups: Partial<Record<string, string>>,
  start: number,
  end: number,
): FoundAddress | undefined {
  const said = groups.building ?? groups.dashed;
  const building = said === undefined ? undefined : numberIn(said);
  if (said !== undefined && building === undefined) return undefined;
  const there = building === undefined ? places : places.filter((place) => place.holds(building));
  const candidates = (there.length > 0 ? there : withoutBuilding(places, groups)).map((place) =>
    addressAt(place, building, groups),
  );
  if (candidates.length === 0) return undefined;
  const distinct = new Map(candidates.map((one) => [`${one.grid} ${one.exact}`, one]));
  return { candidates: [...distinct.values()], start, end };
}

/** A building that is in no list of the buildings there, and those in the lists that are most like it. */
export interface UnknownBuilding {
  /** As it was said, in one script: 99栋. */
  said: string;
  start: number;
  end: number;
  nearest: { building: string; address: Address }[];
}

const MOST_NEAR = 4;
const BUILDING = /(?:\d{1,4}|[零〇一二三四五六七八九十百]{1,5}|[A-Za-z])\s?(?:号楼|号院|[栋幢座]|#楼?)/u;

/**
 * The building a text says it is in, where the register knows all buildings of the estates that may be meant and it is none
 * of them: a slip, or a gap in the register. Pure.
 * @param text as `normalise` leaves it
 */
export function unknownBuildingIn(text: string, { places, names }: Gazetteer): UnknownBuilding | undefined {
  if (names === undefined) return undefined;
  const estates = places.filter(({ street }) => !street);
  for (const match of text.matchAll(ALONE)) {
    const { building: written } = match.groups ?? {};
    const before = text.slice(0, match.index);
    if (written === undefined || ELSEWHERE.test(before)) continue;
    const building = numberIn(written);
    const there = namedBefore(before, names, estates);
    if (building === undefined || there.length === 0) continue;
    if (there.some((place) => place.numbers === undefined || place.holds(building))) continue;
    const length = BUILDING.exec(match[0])?.[0].length ?? match[0].length;
    const known = there.flatMap((place) => [...(place.numbers ?? [])].map((number) => ({ place, number })));
    const nearest = known
      .sort((a, b) => farFrom(a.number, building) - farFrom(b.number, building))
      .slice(0, MOST_NEAR)
      .map(({ place, number }) => ({ building: `${number}栋`, address: addressAt(place, number, match.groups ?? {}) }));
    return { said: `${building}栋`, start: match.index, end: match.index + length, nearest };
  }
  return undefined;
}

/** The estate that was named right before a building; all of them when none was. */
function namedBefore(before: string, names: RegExp, estates: readonly KnownPlace[]): KnownPlace[] {
  const last = [...before.matchAll(names)].at(-1);
  const named = last && /^[的里内面头\s,，、:：]{0,3}$/u.test(before.slice(last.index + last[0].length));
  if (!named) return [...estates];
  const phase = last.groups?.phase;
  const called = estates.filter(({ stem }) => stem === last.groups?.stem);
  return ofPhase(called, phase === undefined ? undefined : readNumeral(phase));
}

/** How unlike two numbers are: a digit too many is the commonest slip, then the next number. */
function farFrom(one: string, other: string): number {
  const within = one.includes(other) || other.includes(one);
  const [a, b] = [one, other].map((number) => (/^\d+$/u.test(number) ? Number(number) : number.charCodeAt(0)));
  return Math.abs((a ?? 0) - (b ?? 0)) - (within ? 10_000 : 0);
}

/** A building the register does not know of lies in an estate's only grid all the same, and nowhere when no estate was named. */
function withoutBuilding(
  places: readonly KnownPlace[],
  { building, dashed }: Partial<Record<string, string>>,
): KnownPlace[] {
  if (building === undefined && dashed === undefined) return [...places];
  const oneEstate = new Set(places.map(({ estate }) => estate)).size === 1;
  return oneEstate ? [...places] : [];
}

function addressAt(
  { grid, gridName, estate, street }: KnownPlace,
  building: string | undefined,
  groups: Partial<Record<string, string>>,
): Address {
  const unit = readNumeral(groups.unit ?? groups.unitOnly ?? groups.dashedUnit ?? '');
  const room = groups.dashedRoom ?? groups.room;
  const floor = readNumeral(groups.floor ?? '');
  const exact = [
    estate,
    building === undefined ? '' : `${building}${street ? '号' : '栋'}`,
    unit === undefined ? '' : `${unit}单元`,
    room === undefined ? '' : digitsOf(room),
    room !== undefined || floor === undefined ? '' : `${floor}楼`,
  ].join('');
  return { grid, label: `${estate}（${gridName}）`, exact, close: building !== undefined };
}

/** A room's number is read digit by digit: 五零一. */
const digitsOf = (room: string): string =>
  /^\d+$/u.test(room)
    ? room
    : [...room].map((one) => (one === '幺' ? 1 : '零一二三四五六七八九'.indexOf(one.replace('〇', '零')))).join('');

/** Of the addresses without an estate those in the estate that was named elsewhere in the text. */
function narrowed(alone: FoundAddress, vague: FoundAddress): FoundAddress | undefined {
  const estates = new Set(vague.candidates.map(({ label }) => label));
  const candidates = alone.candidates.filter(({ label }) => estates.has(label));
  return candidates.length > 0 ? { ...alone, candidates } : undefined;
}
