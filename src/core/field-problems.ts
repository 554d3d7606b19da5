import type { ZodType, z } from 'zod';
import type { FieldProblem } from './errors.ts';
import { definitionOf } from './schemas.ts';

/** What a validator found, said as one person says it to another; the validator's own words are for nobody. */

type Issue = z.core.$ZodIssue;

interface Checked {
  schema: ZodType;
  given: unknown;
  /** What people call a field; empty when nobody has named it. */
  nameOf: (schema: ZodType) => string;
}

/** Of a field nobody has named; a test finds it. */
const UNNAMED = '这一项';

/** The sentences, by the stable code a program reads. */
const SAID = {
  required: (name: string) => `请填写${name}`,
  not_chosen: (name: string) => `请选择${name}`,
  not_a_choice: (name: string) => `${name}只能从列出的里面选`,
  not_text: (name: string) => `${name}要写成文字`,
  not_a_number: (name: string) => `${name}要是数字`,
  not_a_whole_number: (name: string) => `${name}要是整数`,
  not_yes_or_no: (name: string) => `${name}请选“是”或“不是”`,
  not_a_list: (name: string) => `${name}要一个一个列出来`,
  not_right: (name: string) => `${name}不对，请检查`,
  not_a_day: (name: string) => `${name}要写成年月日，例如2026-03-09，而且要有这一天`,
  not_a_moment: (name: string) => `${name}不是能看懂的时间`,
  too_short: (name: string, bound: number) => `${name}太短了，至少写${bound}个字`,
  too_long: (name: string, bound: number) => `${name}太长了，最多写${bound}个字`,
  too_small: (name: string, bound: number) => `${name}不能小于${bound}`,
  too_big: (name: string, bound: number) => `${name}不能大于${bound}`,
  too_few: (name: string, bound: number) => `${name}至少要有${bound}个`,
  too_many: (name: string, bound: number) => `${name}最多${bound}个`,
  too_many_decimals: (name: string) => `${name}最多写到小数点后两位`,
  unknown_field: () => '里面有这里认不出的内容，请更新小程序以后再试',
  not_a_form: () => '提交的内容不完整，请重新打开页面再试',
} as const;
type Code = keyof typeof SAID;

/** One problem for each field that is wrong: the last found, since a field's own bounds come after those of all numbers. */
export function problemsOf(issues: readonly Issue[], checked: Checked): FieldProblem[] {
  const byPath = new Map<string, FieldProblem>();
  for (const issue of issues) {
    const keys = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
    for (const key of keys) {
      const path = key.map(String).join('.');
      byPath.set(path, { path, ...problemOf(issue, checked) });
    }
  }
  return [...byPath.values()];
}

function said(code: Code, name = '', bound = 0): Omit<FieldProblem, 'path'> {
  return { code, problem: SAID[code](name, bound) };
}

function problemOf(issue: Issue, checked: Checked): Omit<FieldProblem, 'path'> {
  if (issue.message !== '') return { code: 'not_right', problem: issue.message };
  if (issue.code === 'unrecognized_keys') return said('unknown_field');
  if (issue.path.length === 0) return said('not_a_form');
  const { field, name } = fieldAt(checked, issue.path);
  const value = valueAt(checked.given, issue.path);
  if (value === undefined || value === null || (typeof value === 'string' && value.trim() === '')) {
    return said(CHOICES.has(kindOf(field)) ? 'not_chosen' : 'required', name);
  }
  switch (issue.code) {
    case 'invalid_type':
      return said(KINDS[issue.expected] ?? 'not_right', name);
    case 'invalid_value':
      return said(kindOf(field) === 'pipe' ? 'not_yes_or_no' : 'not_a_choice', name);
    case 'invalid_format':
      return said(FORMATS[issue.format] ?? 'not_right', name);
    case 'too_small':
      return said(BOUNDS[issue.origin]?.[0] ?? 'not_right', name, Number(issue.minimum));
    case 'too_big':
      return said(BOUNDS[issue.origin]?.[1] ?? 'not_right', name, Number(issue.maximum));
    case 'not_multiple_of':
      return said(issue.divisor === 0.01 ? 'too_many_decimals' : 'not_right', name);
    default:
      return said('not_right', name);
  }
}

const CHOICES: ReadonlySet<string> = new Set(['enum', 'literal', 'boolean', 'pipe']);

const FORMATS: Readonly<Record<string, Code>> = { date: 'not_a_day', datetime: 'not_a_moment' };

/** What is below and what is above the bounds of each kind. */
const BOUNDS: Readonly<Record<string, readonly [Code, Code]>> = {
  string: ['too_short', 'too_long'],
  array: ['too_few', 'too_many'],
  number: ['too_small', 'too_big'],
  int: ['too_small', 'too_big'],
};

const KINDS: Readonly<Record<string, Code>> = {
  string: 'not_text',
  number: 'not_a_number',
  int: 'not_a_whole_number',
  boolean: 'not_yes_or_no',
  array: 'not_a_list',
};

const kindOf = (schema: ZodType | undefined): string => schema?._zod.def.type ?? '';

/** The field a path leads to, without what only says that it may be absent, and the nearest name on the way. */
function fieldAt({ schema, nameOf }: Checked, path: readonly PropertyKey[]): { field?: ZodType; name: string } {
  let name = '';
  const inside = (outer: ZodType): ZodType => {
    let inner = outer;
    for (let next: ZodType | undefined = outer; next; next = definitionOf(next).innerType) {
      name = nameOf(next) || name;
      inner = next;
    }
    return inner;
  };
  let field: ZodType | undefined = inside(schema);
  for (const key of path) {
    const next: ZodType | undefined = field && within(field, String(key));
    field = next && inside(next);
  }
  return { ...(field && { field }), name: name || UNNAMED };
}

/** What stands under a key of a form, of any of the forms that would do, or in a list. */
function within(outer: ZodType, key: string): ZodType | undefined {
  const { element, shape, options = [] } = definitionOf(outer);
  return element ?? shape?.[key] ?? options.map((one) => within(one, key)).find((found) => found);
}

function valueAt(given: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    given,
  );
}
