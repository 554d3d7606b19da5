/** One thing a form of the work pages asks for. */
export interface Field {
  name: string;
  /** `line` and `text`: typed, in one line or more · `many`: any number of the options · `count`: of households. */
  kind: 'line' | 'text' | 'day' | 'time' | 'choice' | 'many' | 'switch' | 'count';
  label: string;
  /** May be left out. */
  free?: true;
  /** In the empty field; of a switch, below its label. */
  hint?: string;
  /** Below the field. */
  note?: string;
  /** What is wrong with what stands in it. */
  wrong?: string;
  options?: readonly Option[];
  /** Said where there is nothing to choose from. */
  none?: string;
  /** Of a day, `2026-03-09`. */
  first?: string;
  last?: string;
  /** The longest text; of a count, the greatest. */
  most?: number;
}
export interface Option {
  value: string;
  label: string;
}
export type Value = string | readonly string[] | boolean | number;
export type Values = Readonly<Record<string, Value>>;

/** Options out of codes with their words. */
export const optionsOf = (words: Readonly<Record<string, string>>): Option[] =>
  Object.entries(words).map(([value, label]) => ({ value, label }));

const isTyped = ({ kind }: Field): boolean => kind === 'line' || kind === 'text';

/** Whether a field is typed into, and not chosen from: what is typed stays in it and needs no drawing. */
export const isTypedIn = (fields: readonly Field[], name: string): boolean =>
  fields.some((field) => field.name === name && isTyped(field));

const isEmpty = (value: Value | undefined) => value === undefined || (typeof value === 'string' && value.trim() === '');

/** What is asked for and still missing, in words; empty once the form can go out. */
export function missingIn(fields: readonly Field[], values: Values): string {
  const missing = fields.find(({ name, free, kind }) => !free && isNeeded(kind) && isEmpty(values[name]));
  if (!missing) return '';
  return `${isTyped(missing) ? '请填写' : '请选择'}“${missing.label}”。`;
}

/** Of the others, nothing is an answer too. */
const isNeeded = (kind: Field['kind']) => kind !== 'many' && kind !== 'switch' && kind !== 'count';

const BLANK = { many: [], switch: false, count: 0 } as const;
const blankOf = (kind: Field['kind']): Value | undefined => BLANK[kind as keyof typeof BLANK];

/** A form as it goes out: what was left empty is left out. */
export function bodyOf(fields: readonly Field[], values: Values): Record<string, Value> {
  const filled = fields.flatMap(({ name, kind }) => {
    const value = values[name] ?? blankOf(kind);
    return value === undefined || isEmpty(value) ? [] : [[name, typeof value === 'string' ? value.trim() : value]];
  });
  return Object.fromEntries(filled);
}

/** More options than these are searched rather than looked through. */
const SHOWN = 12;

/** A field as it is drawn: which options are on, and which are shown. Those chosen always are. */
export function drawnField(field: Field, values: Values, sought: string) {
  const { name, kind, options = [] } = field;
  const value: Value = values[name] ?? blankOf(kind) ?? '';
  const isOn = ({ value: one }: Option) => (Array.isArray(value) ? value.includes(one) : value === one);
  const searched = options.length > SHOWN;
  const chosen = options.filter(isOn);
  const others = options.filter((one) => !isOn(one) && one.label.includes(sought.trim()));
  const shown = searched ? [...chosen, ...others.slice(0, SHOWN)] : options;
  const title = field.free ? `${field.label}（可以不填）` : field.label;
  return { ...field, title, value, searched, options: shown.map((one) => ({ ...one, on: isOn(one) })) };
}
