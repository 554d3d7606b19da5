/** One thing a form of the work pages asks for. */
export interface Field {
  kind: 'text' | 'long' | 'day' | 'choice' | 'many' | 'switch' | 'count';
  name: string;
  label: string;
  hint?: string;
  most?: number;
  /** Of a day: the first and the last that may be chosen, as 2026-03-09. */
  first?: string;
  last?: string;
  options?: readonly Option[];
  /** Said where there is nothing to choose from. */
  none?: string;
}

export interface Option {
  value: string;
  label: string;
}

export type Values = Record<string, unknown>;

/** Whether a field is typed into, and not chosen from. */
export const isTyped = (fields: readonly Field[], name: string): boolean =>
  fields.some((field) => field.name === name && (field.kind === 'text' || field.kind === 'long'));

/** Enough to be looked through; more are searched. */
export const SHOWN = 12;

/** The options to be shown: by what is searched for, those chosen always. */
export function optionsFor(options: readonly Option[], search: string, chosen: readonly unknown[]): Option[] {
  const picked = options.filter(({ value }) => chosen.includes(value));
  const sought = options.filter((one) => one.label.includes(search.trim()) && !picked.includes(one));
  return [...picked, ...sought.slice(0, SHOWN)];
}
