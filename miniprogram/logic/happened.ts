import type { Answer } from '../api/ask';
import type { Field, Option } from '../work/components/fields/field';
import type { DutyPack } from './duty-packs';
import { dateWord, isoDay } from './when';

export type Happening = Answer<'postDutyEvents'>;

const DAY_MS = 24 * 3_600_000;
const LONGEST_AGO_DAYS = 90;

/** What can be reported by the rules that hold; a rule nobody has checked says so. */
export function happeningsOf(packs: readonly DutyPack[]): Option[] {
  const found = packs
    .filter(({ inForce }) => inForce)
    .flatMap(({ items, verified }) =>
      items.flatMap(({ rule, title }) =>
        rule && 'on' in rule ? [[rule.on, `${title}${verified ? '' : '（未核实）'}`] as const] : [],
      ),
    );
  return [...new Map(found)].map(([value, label]) => ({ value, label }));
}

/** The rules of which nothing can be reported here before an admin fills them in. */
export const unfilled = (packs: readonly DutyPack[]): string[] => [
  ...new Set(
    packs
      .filter(({ inForce }) => inForce)
      .filter(
        ({ placeholder, items }) => placeholder && items.some(({ kind }) => kind === 'arrive' || kind === 'report'),
      )
      .map(({ title }) => title),
  ),
];

export function happenedFields(
  { events, places, people }: { events: readonly Option[]; places: readonly Option[]; people: readonly Option[] },
  now: Date,
): Field[] {
  const first = isoDay(new Date(now.getTime() - LONGEST_AGO_DAYS * DAY_MS));
  return [
    { name: 'event', kind: 'choice', label: '出了什么事', options: events },
    { name: 'area', kind: 'choice', label: '在哪个社区、网格', options: places },
    { name: 'place', kind: 'line', label: '具体在哪里', free: true, hint: '例如：2栋3单元501', most: 60 },
    {
      name: 'what',
      kind: 'text',
      label: '出了什么情况',
      free: true,
      hint: '例如：三楼冒烟，人都下来了',
      note: '只有去的人看得到，推送里不写。',
      most: 200,
    },
    { name: 'day', kind: 'day', label: '哪天', first, last: isoDay(now) },
    { name: 'time', kind: 'time', label: '几点' },
    {
      name: 'bearer',
      kind: 'choice',
      label: '请谁去',
      free: true,
      options: people,
      note: '可以不选：规则写了该谁去就请谁，没写的请那个网格的网格员。',
    },
  ];
}

/** The minute as the clocks of China have it, 09:05. */
export const clockOf = (now: Date): string => new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(11, 16);

/** Who is told, and by when they have to have come. */
export function happenedWords({ bearer, by, title }: Happening, reader: string, now: Date): string {
  const who = bearer.id === reader ? '由您去' : `已经告诉${bearer.name}`;
  return `“${title}”记下了，${who}${by === undefined ? '' : `，最晚${dateWord(by, now)}`}。`;
}
