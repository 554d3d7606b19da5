import type { MoveName } from './moves';
import { isoDay } from './when';
import { CATEGORIES } from './wish-form';

/** One thing a form asks for. */
export type Field =
  | {
      kind: 'text';
      name: string;
      label: string;
      hint: string;
      most: number;
      needed: boolean;
      long?: boolean;
      why?: string;
    }
  | { kind: 'day'; name: string; label: string; needed: boolean }
  | { kind: 'score'; name: 'score'; label: string }
  | { kind: 'photos'; name: 'photos'; label: string }
  | { kind: 'money'; name: string; label: string }
  | { kind: 'number'; name: string; label: string; hint: string }
  | {
      kind: 'choice';
      name: string;
      label: string;
      options: { value: string | boolean; label: string; face?: string }[];
      needed?: true;
      /** Few, each with a face: large enough to be pressed without glasses. */
      big?: true;
    }
  | { kind: 'person'; name: string; label: string; needed: boolean };

/** A move's form, as its page shows it. */
export interface MoveForm {
  title: string;
  /** A sentence above the fields: what happens when this is done. */
  lead: string;
  fields: Field[];
  button: string;
  /** Of these fields one has to be filled in, whichever. */
  either?: { names: readonly string[]; says: string };
}

export const text = (
  name: string,
  label: string,
  hint: string,
  needed: boolean,
  more: { most?: number; long?: boolean; why?: string } = {},
): Field => ({
  kind: 'text',
  name,
  label,
  hint,
  needed,
  most: more.most ?? 200,
  ...(more.long && { long: true }),
  ...(more.why && { why: more.why }),
});
export const reason = (hint: string, needed = true): Field => text('reason', '原因', hint, needed);

/** The forms of all moves that ask for something. */
export const MOVE_FORMS: Partial<Record<MoveName, MoveForm>> = {
  rate: {
    title: '办得怎么样？',
    lead: '不满意就照实说，会请原来的人重新办。',
    fields: [{ kind: 'score', name: 'score', label: '您满意吗' }, text('words', '想说的话', '可以不写', false)],
    button: '交给社区',
  },
  publish: {
    title: '受理并公开',
    lead: '下面是心愿墙上所有人能看到的话。能认出是谁的话、病情、家事请改掉。',
    fields: [
      text('title', '墙上的标题', '', true, { most: 30 }),
      text('text', '墙上的内容', '', true, { most: 500, long: true }),
      {
        kind: 'choice',
        name: 'category',
        label: '类别',
        options: CATEGORIES.map(({ category, label }) => ({ value: category, label })),
      },
    ],
    button: '公开',
  },
  claim: {
    title: '我来帮忙',
    lead: '认领后请在几天内联系许愿人；超期没联系会自动退回。',
    fields: [
      text('promise', '想对许愿人说的话', '例如：明天上午给您送去。可以不写', false),
      text('group', '几个人一起办？写个小组名', '一个人办就不写', false, { most: 20 }),
    ],
    button: '认领',
  },
  contact: {
    title: '已经联系',
    lead: '记下第一次联系，许愿人会收到一条消息。',
    fields: [text('note', '说好了什么', '例如：约好周六上午上门。可以不写', false)],
    button: '记下',
  },
  done: {
    title: '办好了',
    lead: '许愿人会收到消息，看看满不满意。',
    fields: [
      text('note', '是怎么办的', '例如：新电饭煲已送到家，教会了怎么用', true, { most: 500, long: true }),
      { kind: 'photos', name: 'photos', label: '照片（可以不传）' },
      { kind: 'money', name: 'cost', label: '花了多少钱（元，可以不填）' },
    ],
    button: '办好了',
  },
  partial: {
    title: '解决了一部分',
    lead: '写明办好的和还差的，许愿人看了决定。',
    fields: [
      text('note', '办好了什么', '', true, { most: 500, long: true }),
      text('left', '还差什么', '', true),
      { kind: 'photos', name: 'photos', label: '照片（可以不传）' },
      { kind: 'money', name: 'cost', label: '花了多少钱（元，可以不填）' },
    ],
    button: '记下',
  },
  extend: {
    title: '延期',
    lead: '最多延两次，许愿人会看到原因。',
    fields: [{ kind: 'day', name: 'until', label: '延到哪一天', needed: true }, reason('例如：零件下周才到货')],
    button: '延期',
  },
  release: {
    title: '退回',
    lead: '心愿会重新公开，请别人来帮忙。',
    fields: [reason('例如：家里有急事，办不了了')],
    button: '退回',
  },
  decline: {
    title: '不予受理',
    lead: '许愿人会看到原因，请写得客气、清楚，最好说明可以找谁。',
    fields: [reason('例如：这件事归社保所办，电话……')],
    button: '不受理',
  },
  withdraw: {
    title: '撤回心愿',
    lead: '撤回后不再办理；还想要的话可以重新许。',
    fields: [reason('可以不写', false)],
    button: '撤回',
  },
  merge: {
    title: '合并',
    lead: '和更早的那条是同一件事时合并。两边的人照样看到进展，看不到对方是谁。',
    fields: [{ kind: 'number', name: 'into', label: '合并到几号心愿', hint: '例如：12' }, reason('可以不写', false)],
    button: '合并',
  },
  refer: {
    title: '转办',
    lead: '转给 12345 或别的部门，写下受理编号好查进度。',
    fields: [
      text('to', '转给谁', '例如：12345、区民政局', true, { most: 30 }),
      text('number', '受理编号', '', true, { most: 40 }),
      reason('可以不写', false),
    ],
    button: '转办',
  },
  conclude: {
    title: '转办有结果',
    lead: '把部门的答复告诉许愿人，请许愿人看看满不满意。',
    fields: [text('note', '结果', '', true, { most: 500, long: true })],
    button: '写好了',
  },
  assign: {
    title: '指派',
    lead: 'TA 会收到消息，和自己认领一样有联系期限。',
    fields: [
      { kind: 'person', name: 'to', label: '派给谁', needed: true },
      text('note', '交代几句', '可以不写', false),
    ],
    button: '指派',
  },
};

export type Values = Record<string, unknown>;

/** Whether a field is typed into, and not chosen from. */
export const isTyped = (form: MoveForm, name: string): boolean =>
  form.fields.some((field) => field.name === name && ['text', 'money', 'number'].includes(field.kind));

const filled = (value: unknown) => (typeof value === 'string' ? value.trim() !== '' : value !== undefined);

/** What is still missing, as a sentence; nothing when it can be sent. */
export function missingIn(form: MoveForm, values: Values): string | undefined {
  for (const field of form.fields) {
    const needed = field.kind === 'score' || field.kind === 'number' || ('needed' in field && field.needed);
    if (needed && !filled(values[field.name]))
      return field.kind === 'score' ? '请点一个表情。' : `请填“${field.label}”。`;
    const trouble = field.kind === 'money' && filled(values[field.name]) && costTrouble(String(values[field.name]));
    if (trouble) return trouble;
    if (field.kind === 'number' && !/^\d{1,7}$/.test(String(values[field.name]).trim()))
      return `请填“${field.label}”，只写数字。`;
  }
  const { either } = form;
  return either && !either.names.some((name) => filled(values[name])) ? either.says : undefined;
}

/** As the house takes a cost. */
const MOST_YUAN = 100_000;

function costTrouble(written: string): string | undefined {
  if (!/^\d+(\.\d{1,2})?$/.test(written.trim())) return '花费请只写数字，例如 89 或 89.5。';
  return Number(written) > MOST_YUAN ? '这个数太大了，花费最多写到十万元，请看看是不是多写了几位。' : undefined;
}

/** The values as the house takes them: nothing empty, texts trimmed, money a number. `merge` still needs the wish's id. */
export function inputOf(move: string, form: MoveForm, values: Values): Values {
  const given = form.fields.flatMap((field): [string, unknown][] => {
    const value = values[field.name];
    if (!filled(value)) return [];
    if (field.kind === 'money') return [[field.name, Number(value)]];
    return [[field.name, typeof value === 'string' ? value.trim() : value]];
  });
  const input = Object.fromEntries(given);
  if (move !== 'publish') return input;
  const { category, ...wall } = input;
  return { wall, ...(category !== undefined && { category }) };
}

const DAY_MS = 86_400_000;
/** As the house grants it. */
const LONGEST_EXTENSION_DAYS = 30;

/** The first and the last day something may be put off to. @param dueAt by when it is to be done as things stand, ISO */
export function daysToExtend(
  dueAt: string | undefined,
  now: Date,
  longest = LONGEST_EXTENSION_DAYS,
): { firstDay: string; lastDay: string } {
  const from = Math.max(dueAt === undefined ? 0 : Date.parse(dueAt), now.getTime());
  const dayAfter = (days: number) => isoDay(new Date(from + days * DAY_MS));
  return { firstDay: dayAfter(1), lastDay: dayAfter(longest) };
}

/** What stands under a field that takes no more, since the phone cuts off what is beyond without a word. */
export const fullWord = (written: string, most: number): string =>
  written.length < most ? '' : `最多${most}字，已经写满了，多出来的没有收进去。`;
