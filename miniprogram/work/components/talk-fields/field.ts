/** One thing a form asks for. */
export interface Field {
  name: string;
  /** `many`: any number of the options. */
  kind: 'day' | 'time' | 'line' | 'text' | 'choice' | 'many';
  label: string;
  /** May be left out. */
  free?: true;
  /** Below the field. */
  note?: string;
  hint?: string;
  options?: readonly Option[];
  /** Of a day, `2026-03-09`. */
  first?: string;
  last?: string;
  /** The longest text. */
  most?: number;
}
export interface Option {
  value: string;
  label: string;
}
export type Values = Readonly<Record<string, string | readonly string[]>>;

/** Options out of codes with their words. */
export const optionsOf = (words: Readonly<Record<string, string>>): Option[] =>
  Object.entries(words).map(([value, label]) => ({ value, label }));

const isEmpty = (value: string | readonly string[] | undefined) =>
  value === undefined || (typeof value === 'string' && value.trim() === '');

/** What is asked for and still missing, in words; empty once the form can go out. */
export function missingIn(fields: readonly Field[], values: Values): string {
  const missing = fields.find(({ name, free, kind }) => !free && kind !== 'many' && isEmpty(values[name]));
  if (!missing) return '';
  return `${missing.kind === 'line' || missing.kind === 'text' ? '请填写' : '请选择'}“${missing.label}”。`;
}

/** A form as it goes out: what was left empty is left out. */
export function bodyOf(fields: readonly Field[], values: Values): Record<string, string | readonly string[]> {
  const filled = fields.flatMap(({ name, kind }) => {
    const value = values[name] ?? (kind === 'many' ? [] : undefined);
    return value === undefined || isEmpty(value) ? [] : [[name, typeof value === 'string' ? value.trim() : value]];
  });
  return Object.fromEntries(filled);
}

/** More options than these are searched rather than looked through. */
const SHOWN = 12;

/** A field as it is drawn: which options are on, and which are shown. */
export function drawnField(field: Field, values: Values, sought: string) {
  const { name, options = [] } = field;
  const value = values[name] ?? '';
  const isOn = (option: Option) => (typeof value === 'string' ? value === option.value : value.includes(option.value));
  const searched = options.length > SHOWN;
  const shown = searched
    ? options.filter((one) => isOn(one) || one.label.includes(sought.trim())).slice(0, SHOWN)
    : options;
  const title = field.free ? `${field.label}（可以不填）` : field.label;
  return { ...field, title, value, searched, options: shown.map((one) => ({ ...one, on: isOn(one) })) };
}
