import { compareStrings } from '../order/compare.ts';

/** The identifier of a path part `$[identifier]`, '' for `$[]`, undefined for any other part. */
export function identifierOf(name: string): string | undefined {
  return name.startsWith('$[') && name.endsWith(']') ? name.slice(2, -1) : undefined;
}

/** The order in which MongoDB works on the fields of one level: array positions by their number, everything else by its bytes. */
export function compareFieldNames(a: string, b: string): number {
  if (POSITION.test(a) && POSITION.test(b)) return a.length - b.length || compareStrings(a, b);
  return compareStrings(a, b);
}

const POSITION = /^(?:0|[1-9]\d*)$/;
