/** What a filter asks of single fields, in the form an index can answer. */
import { BSONRegExp } from 'bson';
import { isTrue } from '../values/matcher/field-operators.ts';
import type { ValueBounds } from '../values/order.ts';
import { type Document, isDocument, Rank, rankOf, UNDEFINED } from '../values/types.ts';

/** What one condition asks of one path. Every matching document satisfies it; `exact`: every satisfying one matches. */
export type Constraint =
  | { readonly kind: 'points'; readonly points: readonly unknown[]; readonly exact: boolean }
  | { readonly kind: 'range'; readonly bounds: ValueBounds; readonly exact: boolean; readonly sameElement: boolean }
  /** Strings that begin so, and the regular expression itself. */
  | { readonly kind: 'prefix'; readonly prefix: string; readonly regex: BSONRegExp; readonly exact: false }
  | { readonly kind: 'present'; readonly exact: false };

/** The constraints of a filter by path, and what they leave out. */
export interface Constraints {
  readonly byPath: ReadonlyMap<string, readonly Constraint[]>;
  /** True when some condition gave no constraint, so that documents must be tested. */
  readonly partial: boolean;
  /** The branches of a top-level `$or`. */
  readonly or: readonly Document[] | undefined;
}

/** Reads the constraints off a filter. Unknown operators constrain nothing; the matcher refuses them. */
export function constraintsOf(filter: Document): Constraints {
  const reader = new Reader();
  reader.read(filter, '');
  return reader;
}

class Reader implements Constraints {
  readonly byPath = new Map<string, Constraint[]>();
  partial = false;
  or: readonly Document[] | undefined;

  read(filter: Document, under: string): void {
    for (const name of Object.keys(filter)) {
      const condition = filter[name];
      if (name === '$comment') continue;
      if (name === '$and' && Array.isArray(condition)) {
        for (const part of condition) if (isDocument(part)) this.read(part, under);
      } else if (name === '$or' && under === '' && Array.isArray(condition)) {
        this.partial = true;
        this.or ??= condition.filter(isDocument);
      } else if (name.startsWith('$')) this.partial = true;
      else this.#field(under + name, condition);
    }
  }

  #add(path: string, constraint: Constraint | undefined): void {
    if (constraint === undefined || !constraint.exact) this.partial = true;
    if (constraint === undefined) return;
    const list = this.byPath.get(path);
    if (list === undefined) this.byPath.set(path, [constraint]);
    else list.push(constraint);
  }

  #field(path: string, condition: unknown): void {
    const operators = isDocument(condition) && Object.keys(condition)[0]?.startsWith('$') ? condition : undefined;
    if (operators === undefined) this.#add(path, equality([condition]));
    else this.#operators(path, operators, false);
  }

  #operators(path: string, operators: Document, sameElement: boolean): void {
    const bounds: { gt?: unknown; gte?: unknown; lt?: unknown; lte?: unknown } = {};
    let rank: number | undefined;
    for (const name of Object.keys(operators)) {
      const operand = operators[name];
      switch (name) {
        case '$eq':
          this.#add(path, equality([operand]));
          break;
        case '$in':
          this.#add(path, Array.isArray(operand) ? equality(operand) : undefined);
          break;
        case '$gt':
        case '$gte':
        case '$lt':
        case '$lte': {
          const operandRank = rankOf(operand);
          const orEqual = name === '$gte' || name === '$lte';
          if (operandRank === Rank.null && operand === null) this.#add(path, orEqual ? equality([null]) : undefined);
          else if (!comparable(operand) || (rank !== undefined && rank !== operandRank)) this.#add(path, undefined);
          else {
            rank = operandRank;
            bounds[name.slice(1) as keyof ValueBounds] = operand;
          }
          break;
        }
        case '$exists':
          this.#add(path, isTrue(operand) ? { kind: 'present', exact: false } : points([UNDEFINED, null], false));
          break;
        case '$ne':
          this.#add(path, operand === null ? { kind: 'present', exact: false } : undefined);
          break;
        case '$regex':
          this.#add(path, anchored(operand, operators.$options));
          break;
        case '$options':
        case '$comment':
          break;
        case '$all':
          this.#add(path, Array.isArray(operand) && operand.length > 0 ? inexact(equality([operand[0]])) : undefined);
          break;
        case '$elemMatch':
          this.#elements(path, operand);
          break;
        default:
          this.#add(path, undefined);
      }
    }
    if (rank === undefined) return;
    const wholeType = rank !== Rank.minKey && rank !== Rank.maxKey;
    this.#add(path, { kind: 'range', bounds, exact: wholeType && !sameElement, sameElement });
  }

  #elements(path: string, operand: unknown): void {
    this.partial = true;
    if (!isDocument(operand)) return;
    if (Object.keys(operand)[0]?.startsWith('$')) this.#operators(path, operand, true);
    else this.read(operand, `${path}.`);
  }
}

function points(values: readonly unknown[], exact: boolean): Constraint {
  return { kind: 'points', points: values, exact };
}

function inexact(constraint: Constraint | undefined): Constraint | undefined {
  return constraint?.kind === 'points' ? points(constraint.points, false) : undefined;
}

function equality(values: readonly unknown[]): Constraint | undefined {
  let exact = true;
  const wanted: unknown[] = [];
  for (const value of values) {
    if (value === null) {
      // Null also means missing, which an index cannot tell from null, and an array's undefined elements.
      exact = false;
      wanted.push(UNDEFINED, null);
    } else if (rankOf(value) === Rank.regex) {
      return values.length === 1 ? anchored(value, undefined) : undefined;
    } else if (Array.isArray(value) || value === UNDEFINED) return undefined;
    else if (isDocument(value) && Object.keys(value)[0]?.startsWith('$')) return undefined;
    else wanted.push(value);
  }
  return points(wanted, exact);
}

/** Whether an index holds the values a bound reaches as single keys in this order. */
function comparable(value: unknown): boolean {
  if (Array.isArray(value) || value === UNDEFINED) return false;
  const rank = rankOf(value);
  if (rank === Rank.number) return !Number.isNaN(Number(String(value)));
  return rank !== Rank.regex;
}

const META = new Set('\\^$.|?*+()[]{}');

/** The fixed beginning an anchored regular expression demands. */
function anchored(regex: unknown, options: unknown): Constraint | undefined {
  const pattern = typeof regex === 'string' ? regex : (regex as BSONRegExp).pattern;
  const flags = typeof options === 'string' ? options : ((regex as BSONRegExp).options ?? '');
  if (typeof pattern !== 'string' || !pattern.startsWith('^') || /[imx]/.test(flags) || pattern.includes('|')) {
    return undefined;
  }
  let prefix = '';
  let i = 1;
  for (; i < pattern.length; i++) {
    let character = pattern[i] as string;
    if (character === '\\') {
      const next = pattern[i + 1];
      if (next === undefined || !(META.has(next) || '/-'.includes(next))) break;
      character = next;
      i += 1;
    } else if (META.has(character)) break;
    prefix += character;
  }
  // A quantifier makes the character before it optional.
  if (/[?*{]/.test(pattern[i] ?? '')) prefix = prefix.slice(0, -1);
  // Half a surrogate pair is no text of its own.
  if (/[\ud800-\udbff]$/.test(prefix)) prefix = prefix.slice(0, -1);
  return prefix === '' ? undefined : { kind: 'prefix', prefix, regex: new BSONRegExp(pattern, flags), exact: false };
}
