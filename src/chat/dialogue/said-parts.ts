import { NUMERAL } from '../../core/numerals.ts';

/** Places, people and amounts as they stand in what was read back, and words that say one of them anew. Pure. */

export interface Span {
  start: number;
  end: number;
}

export const putAt = (text: string, { start, end }: Span, words: string): string =>
  `${text.slice(0, start)}${words}${text.slice(end)}`;

// ── Places ──────────────────────────────────────────────────────────────────────────────────────────────────────────

const BUILDING = `(?:${NUMERAL}|[A-Za-z](?![A-Za-z]))\\s?(?:栋|幢|座|号楼|号院)`;
const UNIT = `${NUMERAL}\\s?单元`;
const FLOOR = `${NUMERAL}\\s?[楼层](?![道梯顶])`;
const ROOM = '(?<![\\d.])\\d{3,4}(?:室|号房)';
/** Beside something that is named, or else of nothing. */
const BESIDE =
  '(?:后面|前面|旁边|边上|对面|隔壁|背后|里面|外面|门口|楼[下上顶道梯]|楼道里|屋顶|[左右东南西北][边侧面]|转角|拐角|架空层|地下室|电梯[口里]|入口|出口|大厅|附近)';
const GATE = '(?:[东南西北中正前后侧大小]{1,2}门口?)';
const SPOT =
  '(?:路口|巷口|坝子|院子|院坝|车库|车棚|停车场|花园|花坛|广场|活动室|卫生室|垃圾[站房池]|配电房|保安亭|岗亭|篮球场|健身区)';
const CALLED =
  '(?:小区|家属院|大道|[路街巷弄]|广场|公园|市场|超市|商店|药店|饭店|餐馆|学校|小学|中学|幼儿园|医院|诊所|车站|桥头|家(?=[门楼院屋后前旁对隔]))';
/** A name has no end but its kind and no beginning but the one of the words. */
const NAMED = `(?<=^|[，,。、；;\\s在是到])[\\p{Script=Han}]{0,8}?${CALLED}(?!灯|面|口)`;
const KINDS = {
  building: BUILDING,
  unit: UNIT,
  floor: FLOOR,
  room: ROOM,
  named: NAMED,
  beside: BESIDE,
  gate: GATE,
  spot: SPOT,
} as const;
type Kind = keyof typeof KINDS;
const PIECE = new RegExp(
  Object.entries(KINDS)
    .map(([kind, pattern]) => `(?<${kind}>${pattern})`)
    .join('|'),
  'gu',
);
/** What may stand between two pieces of one place. */
const JOINT = /^[的\s]{0,2}$/u;
const INTRODUCED = /^(?:(?:就|应该|其实|我说的?)?(?:是|在|是在)){0,2}/u;
const ENDING = /(?:那边|那里|那儿|这边|这里|这儿|那个?地方|的|附近)*$/u;

interface Piece extends Span {
  kind: Kind;
  said: string;
}

/** Pieces of places that stand together, each run one place: 3栋2单元楼道. */
function placesIn(text: string): Piece[][] {
  const runs: Piece[][] = [];
  for (const match of text.matchAll(PIECE)) {
    const kind = (Object.keys(KINDS) as Kind[]).find((name) => match.groups?.[name] !== undefined) ?? 'spot';
    const piece: Piece = { kind, said: match[0], start: match.index, end: match.index + match[0].length };
    const before = runs.at(-1)?.at(-1);
    if (before && JOINT.test(text.slice(before.end, piece.start))) runs.at(-1)?.push(piece);
    else runs.push([piece]);
  }
  return runs;
}

/** Whether a text says where anything is. */
export const namesPlace = (text: string): boolean => placesIn(text).length > 0;

/** 在3栋2单元门口: whether words say where, and nothing else. */
export const isPlace = (words: string): boolean => onlyPlace(words) !== undefined;

/** The place that words say, when they say nothing else: 是5栋后面, 在东门. */
function onlyPlace(words: string): { said: string; pieces: Piece[] } | undefined {
  const said = words.replace(INTRODUCED, '').replace(ENDING, '');
  const [pieces, ...others] = placesIn(said);
  if (!pieces || others.length > 0) return undefined;
  const covers = pieces[0]?.start === 0 && pieces.at(-1)?.end === said.length;
  return covers ? { said, pieces } : undefined;
}

const NUMBERED: ReadonlySet<Kind> = new Set(['building', 'unit', 'floor', 'room']);

/**
 * The whole with the place that words say in the stead of its own: all of it, or the part that is said anew (5栋, of
 * 3栋2单元). Where it names no place it is added. Nothing when words say anything else.
 */
export function placedAnew(whole: string, words: string, add = true): string | undefined {
  const place = onlyPlace(words);
  if (!place) return undefined;
  const { said, pieces } = place;
  const run = likestRun(placesIn(whole), pieces);
  if (!run) return add ? `${whole}，在${said}` : undefined;
  const same = run.filter(({ kind }) => pieces.some((one) => one.kind === kind));
  const [first, last] = [same[0] ?? run[0], same.at(-1) ?? run.at(-1)];
  if (!first || !last) return undefined;
  const numbers = pieces.every(({ kind }) => NUMBERED.has(kind));
  const beside = pieces.every(({ kind }) => kind === 'beside');
  // 后面, of 3栋: it is still the third.
  if (beside && same.length === 0 && run.some(({ kind }) => kind !== 'gate')) {
    const at = run.at(-1)?.end ?? 0;
    return putAt(whole, { start: at, end: at }, said);
  }
  const gate = pieces.every(({ kind }) => kind === 'gate');
  const part = same.length > 0 && (numbers || beside || gate);
  const span = part ? { start: first.start, end: last.end } : { start: run[0]?.start ?? 0, end: run.at(-1)?.end ?? 0 };
  return putAt(whole, span, said);
}

/** Of several places the one that has most in common with what is said. */
function likestRun(runs: readonly Piece[][], pieces: readonly Piece[]): Piece[] | undefined {
  const [only] = runs;
  if (runs.length < 2) return only;
  const alike = (run: readonly Piece[]) =>
    run.filter((one) => pieces.some(({ kind, said }) => kind === one.kind && (NUMBERED.has(kind) || said === one.said)))
      .length;
  const most = Math.max(...runs.map(alike));
  const likest = runs.filter((run) => alike(run) === most);
  return most > 0 && likest.length === 1 ? likest[0] : undefined;
}

// ── People ──────────────────────────────────────────────────────────────────────────────────────────────────────────

const TITLE =
  '(?:大爷|大伯|大妈|大娘|大姐|大哥|大叔|婆婆|奶奶|爷爷|嬢嬢|孃孃|嬢|孃|阿姨|叔叔|叔|伯伯|伯|婶|师傅|老师|书记|主任|医生|老人)';
const KIN =
  '(?:妈妈|妈|母亲|爸爸|爸|父亲|奶奶|爷爷|外婆|外公|姥姥|姥爷|婆婆|公公|岳母|岳父|老伴|老公|老婆|爱人|儿子|女儿|孙子|孙女|外孙女|外孙|姐姐|哥哥|弟弟|妹妹|姑妈|姨妈|舅舅|舅妈)';
const PERSON = `(?:(?:隔壁|对门|对面|楼上|楼下)的?)?(?:我们?家?的?${KIN}|(?<![我你他她的家])[\\p{Script=Han}]${TITLE}|老${TITLE})`;
const PEOPLE = new RegExp(PERSON, 'gu');
const ONLY_PERSON = new RegExp(
  `^(?:就|应该|其实)?(?:是|给|帮|替|为){0,3}(?<who>${PERSON})(?:家里?|屋头)?(?:的|要的?|用的?|报的?|说的?)?$`,
  'u',
);

/** The whole with somebody else in the stead of the one it names: 李奶奶, of 王奶奶家水管漏水. */
export function namedAnew(whole: string, words: string): string | undefined {
  const who = ONLY_PERSON.exec(words)?.groups?.who;
  if (who === undefined) return undefined;
  const named = [...whole.matchAll(PEOPLE)];
  const [only, ...others] = named;
  if (!only || others.length > 0) return undefined;
  return putAt(whole, { start: only.index, end: only.index + only[0].length }, who);
}

/** 给我妈的, 是王奶奶要的: for whom it is, and nothing else. */
export const saysWhose = (words: string): boolean => ONLY_PERSON.test(words);

// ── Numbers ─────────────────────────────────────────────────────────────────────────────────────────────────────────

const COUNTER =
  '(?:户|家|次|位|人|个|床|双|副|张|把|台|斤|袋|桶|只|套|块|盏|本|条|箱|瓶|根|棵|件|支|对|辆|处|岁|米|元|块钱|天|个月|小时|分钟)';
const COUNT = new RegExp(`(${NUMERAL})\\s?(${COUNTER})`, 'gu');
const ONLY_COUNT = new RegExp(`^(?:是|要|就是|只有|一共|应该是)?(${NUMERAL})\\s?(${COUNTER})的?$`, 'u');
const ONLY_NUMBER = /^(?:就|应该|其实)?是?(\d{1,11})的?$/u;
const LONG = 3;

/** 4户, of 今天走访了3户，都正常: the only count of that kind; 502, of 3栋501: the only number of that length. */
export function countedAnew(whole: string, words: string): string | undefined {
  const [, number, kind] = ONLY_COUNT.exec(words) ?? [];
  if (kind !== undefined) {
    const counted = [...whole.matchAll(COUNT)].filter(([, , other]) => other === kind);
    return onlyAt(whole, counted, `${number}${kind}`);
  }
  const [, digits] = ONLY_NUMBER.exec(words) ?? [];
  if (digits === undefined) return undefined;
  const numbers = [...whole.matchAll(/\d+/gu)];
  const alike = numbers.filter(([one]) => (digits.length < LONG ? one.length < LONG : one.length === digits.length));
  return onlyAt(whole, alike, digits);
}

function onlyAt(whole: string, found: readonly RegExpExecArray[], words: string): string | undefined {
  const [only, ...others] = found;
  if (!only || others.length > 0) return undefined;
  return putAt(whole, { start: only.index, end: only.index + only[0].length }, words);
}
