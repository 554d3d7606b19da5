import type { Answer } from '../api/ask';
import { COLOUR_CODES, COLOURS } from './colours';
import { FLAGS } from './flags';

export type DutyPack = Answer<'getDutyPacks'>['items'][number];
export type Item = DutyPack['items'][number];
export type Rule = NonNullable<Item['rule']>;

export const KINDS: Record<Item['kind'], string> = {
  visit: '走访',
  inspection: '排查',
  arrive: '到场',
  report: '报告',
};
export const PERIODS = { week: '每周', month: '每月', quarter: '每季度' } as const;
export const BEARERS: Partial<Record<NonNullable<Item['who']>[number], string>> = {
  worker: '社区工作者',
  grid_worker: '网格员',
  secretary: '书记',
  care_keeper: '关爱专员',
  social_worker: '社工',
};

type Within = Extract<Rule, { on: string }>['within'];
const withinWords = (within: Within): string =>
  'hours' in within ? `${within.hours}小时` : 'workdays' in within ? `${within.workdays}个工作日` : `${within.days}天`;

/** What one duty asks for, in a sentence; 待填写 as long as nobody has said it. */
export function ruleWords({ rule, kind, who = [], flags = [], restDays }: Item): string {
  if (!rule) return '待填写';
  const rest = restDays ? '，休息日也要做' : '';
  if ('per' in rule) {
    const whose = who.map((role) => BEARERS[role] ?? '').filter((word) => word !== '');
    return `${whose.join('、')}${PERIODS[rule.per]}${KINDS[kind]}${rule.times}次${rest}`;
  }
  if ('everyDays' in rule) {
    const whom = flags.length > 0 ? flags.map((flag) => FLAGS[flag]).join('、') : '关爱对象';
    const often = COLOUR_CODES.flatMap((colour) => {
      const days = rule.everyDays[colour];
      return days === undefined ? [] : [`${COLOURS[colour]}${days}天一次`];
    });
    return `${whom}：${often.join('，')}${rest}`;
  }
  return `事情发生后${withinWords(rule.within)}内${KINDS[kind]}${rest}`;
}

const TO_FILL = /（待填写）$/u;

/** What a duty is called; of one nobody has named yet, how many-th it is. */
export const nameOf = ({ title, rule }: Pick<Item, 'title' | 'rule'>): string =>
  rule === undefined ? title.replace(TO_FILL, '') : title;

/** Whether it has no name of its own yet. */
export const isUnnamed = ({ title, rule }: Pick<Item, 'title' | 'rule'>): boolean =>
  rule === undefined && TO_FILL.test(title);

/** One version of a rule as whoever checks it reads it. */
export interface PackCard {
  /** Code, area and version. */
  id: string;
  title: string;
  version: string;
  where: string;
  source: string;
  /** Whether it holds now, and whether somebody compared it with its source. */
  tags: { word: string; tone: string }[];
  items: { code: string; title: string; rule: string; open: boolean }[];
  /** The last of its kind: the one that is changed. */
  latest: boolean;
  /** Can be confirmed: it says something, and nobody has compared it yet. */
  unchecked: boolean;
}

export const idOf = ({ code, area = '', version }: DutyPack): string => `${code}:${area}:${version}`;

const isSame = (one: DutyPack, other: DutyPack) => one.code === other.code && one.area === other.area;

/** The last version of a rule, in all places or in one of its own. */
export const latestOf = (packs: readonly DutyPack[], code: string, area?: string): DutyPack | undefined =>
  packs
    .filter((pack) => pack.code === code && pack.area === area)
    .reduce<DutyPack | undefined>((best, pack) => (best && best.version > pack.version ? best : pack), undefined);

const hasBegun = ({ effectiveFrom }: DutyPack, today: string) => effectiveFrom <= today;

/** How it is with a version today: it holds, it will, or another holds instead. */
function standing(pack: DutyPack, packs: readonly DutyPack[], today: string): { word: string; tone: string } {
  if (!hasBegun(pack, today)) return { word: '还没生效', tone: '' };
  if (pack.effectiveTo !== undefined && pack.effectiveTo < today) return { word: '到期了', tone: '' };
  const later = packs.some((other) => isSame(other, pack) && other.version > pack.version && hasBegun(other, today));
  return later ? { word: '换新版了', tone: '' } : { word: '现在用的', tone: 'tag-good' };
}

/** The day in words: 2026年3月9日. */
export const dayWords = (day: string): string => {
  const [year, month, date] = day.split('-').map(Number);
  return `${year}年${month}月${date}日`;
};

/** @param names of the areas that have rules of their own, by code */
export function packCard(
  pack: DutyPack,
  packs: readonly DutyPack[],
  names: Readonly<Record<string, string>>,
  today: string,
): PackCard {
  const { title, version, effectiveFrom, effectiveTo, area, source, verified, placeholder, items } = pack;
  const until = effectiveTo === undefined ? '起' : `到${dayWords(effectiveTo)}`;
  return {
    id: idOf(pack),
    title,
    version: `第${version}版，${dayWords(effectiveFrom)}${until}`,
    where: area === undefined ? '' : `只在${names[area] ?? area}用`,
    source,
    tags: [
      ...(placeholder ? [{ word: '待填写', tone: 'tag-late' }] : [standing(pack, packs, today)]),
      verified ? { word: '核实过', tone: 'tag-good' } : { word: '未核实', tone: 'tag-soon' },
    ],
    items: placeholder
      ? [{ code: '', title: '', rule: `${items.length}项都还没有填写`, open: true }]
      : items.map((item) => ({
          code: item.code,
          title: nameOf(item),
          rule: ruleWords(item),
          open: item.rule === undefined,
        })),
    latest: latestOf(packs, pack.code, area) === pack,
    // What is not filled in nobody can have compared.
    unchecked: !verified && items.every(({ rule }) => rule !== undefined),
  };
}

/** What holds everywhere first, then what single places have of their own; of each the newest version first. */
export const inOrder = (packs: readonly DutyPack[]): DutyPack[] => {
  const codes = [...new Set(packs.map(({ code }) => code))];
  const rank = ({ code, area = '', version }: DutyPack) =>
    `${String(codes.indexOf(code)).padStart(3, '0')} ${area} ${String(999 - version).padStart(3, '0')}`;
  return [...packs].sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
};
