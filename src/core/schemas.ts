import type { ZodType } from 'zod';

/** Schemas of forms as those walk them who look at one field. */

/** As much of a schema's definition as leads from a form to its fields. */
interface Definition {
  /** Of one that only says that the field may be absent, or what it is then. */
  innerType?: ZodType;
  element?: ZodType;
  shape?: Record<string, ZodType>;
  options?: ZodType[];
}

export const definitionOf = (schema: ZodType): Definition => schema._zod.def as Definition;

/** Whether people write there what they like: a text of which nothing but its length is asked. */
export function isFreeText(schema: ZodType): boolean {
  const { type, format, checks = [] } = schema._zod.def as TextDefinition;
  return type === 'string' && format === undefined && !checks.some((one) => one._zod.def.check === 'string_format');
}

interface TextDefinition {
  type: string;
  format?: string;
  checks?: { _zod: { def: { check: string } } }[];
}
