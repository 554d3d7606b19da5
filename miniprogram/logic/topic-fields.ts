import type { Field, Given, Option, Values, Venue } from './topic-form';
import { isoDay } from './when';

/** Fields of a topic's forms that depend on what there is: places, free hours, rules. */

const DAY = 24 * 3_600_000;
export const FARTHEST_DAYS = 60;
/** Of a choice that may be left. */
export const NONE = 'none';

export const dayIn = (now: Date, days: number): string => isoDay(new Date(now.getTime() + days * DAY));

/** A field for words. */
export const text = (name: string, label: string, hint: string, most: number, needed = true): Field => ({
  kind: 'text',
  name,
  label,
  hint,
  most,
  needed,
});

export const choice = (name: string, label: string, options: readonly Option[], note = '', warns = false): Field => ({
  kind: 'choice',
  name,
  label,
  options,
  needed: true,
  ...(note && { note }),
  ...(warns && { warns }),
});

export const venueOption = ({ id, name, capacity }: Venue): Option => ({
  value: id,
  label: `${name}（坐${capacity}人）`,
});

export const placeNote = ({ venue }: Values, { venues }: Given): string => {
  if (venues.length === 0) return '社区还没有登记议事场所，请先登记。';
  return venues.find(({ id }) => id === venue)?.address ?? '';
};

export function freeNote({ free }: Given): string {
  if (free === undefined) return '';
  return free.length === 0
    ? '那天这里没有空，请换一天。'
    : `这里空着的时间：${free.map(({ from, to }) => `${from}到${to}`).join('、')}`;
}

/** Which rule, with what is to be known of it, and for which matters where it makes a difference. */
export function packFields(label: string, values: Values, { packs }: Given, before: readonly Option[]): Field[] {
  const chosen = packs.find(({ code }) => code === values.pack);
  const options = packs.map(({ code, title, verified }) => ({
    value: code,
    label: verified ? title : `${title}（没核对过）`,
  }));
  const warning = [
    chosen && !chosen.verified ? `这份规则还没有核对过。${chosen.note ?? ''}` : '',
    chosen?.electorate === 'owner' ? '要先登记业主名单，才能开始投票。' : '',
  ].join('');
  const variants = (chosen?.variants ?? []).map(({ code, title, matters }) => ({
    value: code,
    label: `${title}：${matters.join('；')}`,
  }));
  return [
    choice(
      'pack',
      label,
      [...before, ...options],
      warning || (chosen ? `依据：${chosen.source.text}` : ''),
      warning !== '',
    ),
    ...(variants.length > 0
      ? [choice('variant', '是哪一类事', [{ value: NONE, label: '一般的事' }, ...variants])]
      : []),
  ];
}

const LENGTHS: readonly (readonly [hours: number, label: string])[] = [
  [1, '1小时'],
  [2, '2小时'],
  [24, '1天'],
  [72, '3天'],
  [168, '7天'],
  [720, '30天'],
];
const SECRECY: readonly Option[] = [
  { value: 'secret', label: '不记名' },
  { value: 'open', label: '记名' },
];

export function voteFields(values: Values, { packs, now }: Given): Field[] {
  const pack = packs.find(({ code }) => code === values.pack);
  if (!pack) return [];
  const lengths = LENGTHS.filter(([hours]) => hours >= pack.hours.shortest && hours <= pack.hours.longest);
  const later: Field[] =
    values.begins === 'later'
      ? [
          {
            kind: 'day',
            name: 'day',
            label: '哪天开始',
            needed: true,
            first: dayIn(now, 0),
            last: dayIn(now, FARTHEST_DAYS),
          },
          { kind: 'time', name: 'from', label: '几点开始', needed: true },
        ]
      : [];
  return [
    choice(
      'secrecy',
      '怎么投',
      SECRECY.filter(({ value }) => pack.secrecy.some((one) => one === value)),
    ),
    choice('begins', '什么时候开始', [
      { value: 'now', label: '现在' },
      { value: 'later', label: '以后' },
    ]),
    ...later,
    choice(
      'hours',
      '投多久',
      lengths.map(([hours, label]) => ({ value: String(hours), label })),
    ),
  ];
}
