/** Partial and sparse indexes: which filters they may have, and which queries they hold every document for. */
import type { Index } from '../disk/catalog.ts';
import type { Collation } from '../values/collation.ts';
import { CommandError } from '../values/errors.ts';
import { isOperatorDocument, isTrue } from '../values/matcher/field-operators.ts';
import { compileFilter } from '../values/matcher.ts';
import { compareValues, type ValueBounds } from '../values/order.ts';
import { show } from '../values/show.ts';
import { type Document, isDocument, Rank, rankOf } from '../values/types.ts';
import type { Constraint, Constraints } from './constraints.ts';

const OPERATORS = new Set([
  '$eq',
  '$gt',
  '$gte',
  '$lt',
  '$lte',
  '$in',
  '$exists',
  '$type',
  '$geoWithin',
  '$geoIntersects',
]);

/** Refuses (code 67) the conditions MongoDB allows no partial index: anything negated, patterns, arrays, scripts. */
export function checkPartialFilter(filter: Document): void {
  for (const name of Object.keys(filter)) {
    const condition = filter[name];
    if (name === '$and' || name === '$or') {
      if (Array.isArray(condition)) for (const branch of condition) if (isDocument(branch)) checkPartialFilter(branch);
    } else if (name.startsWith('$') || !mayStand(condition)) {
      throw new CommandError(
        67,
        'CannotCreateIndex',
        `Expression not supported in partial index: ${show({ [name]: condition })}`,
      );
    }
  }
}

function mayStand(condition: unknown): boolean {
  if (rankOf(condition) === Rank.regex) return false;
  if (!isOperatorDocument(condition)) return true;
  return Object.keys(condition).every(
    (operator) => OPERATORS.has(operator) && (operator !== '$exists' || isTrue(condition[operator])),
  );
}

/** Whether the index holds every document the query can match. */
export function holdsAll(index: Index, byPath: Constraints['byPath']): boolean {
  if (index.partialFilter !== undefined && !implies(byPath, index.partialFilter, index.collation)) return false;
  if (!index.sparse) return true;
  return index.fields.some((field) => byPath.get(field)?.some(excludesMissing) === true);
}

function excludesMissing(constraint: Constraint): boolean {
  if (constraint.kind === 'points') return constraint.points.every((value) => compareValues(value, null) > 0);
  // From MinKey and up to MaxKey missing values are found too.
  const rank = (bound: unknown) => (bound === undefined ? undefined : rankOf(bound));
  return (
    constraint.kind !== 'range' ||
    Object.values(constraint.bounds).every((bound) => rank(bound) !== Rank.minKey && rank(bound) !== Rank.maxKey)
  );
}

/** Whether every document that meets the constraints matches `wanted`; false when that cannot be seen. */
function implies(byPath: Constraints['byPath'], wanted: Document, collation: Collation | undefined): boolean {
  return Object.keys(wanted).every((name) => {
    const condition = wanted[name];
    const branch = (part: unknown) => isDocument(part) && implies(byPath, part, collation);
    if (name === '$and' && Array.isArray(condition)) return condition.every(branch);
    if (name === '$or' && Array.isArray(condition)) return condition.some(branch);
    if (name.startsWith('$')) return false;
    return impliesField(byPath.get(name) ?? [], condition, collation);
  });
}

function impliesField(
  constraints: readonly Constraint[],
  condition: unknown,
  collation: Collation | undefined,
): boolean {
  const operators = isOperatorDocument(condition) ? condition : { $eq: condition };
  return Object.keys(operators).every((operator) => {
    const operand = operators[operator];
    if (operator === '$exists') return constraints.some(excludesMissing);
    const single = compileFilter({ v: { [operator]: operand } }, { collation });
    return constraints.some((one) => {
      if (one.kind === 'points') return one.points.every((value) => single.test({ v: value }));
      return one.kind === 'range' && rangeWithin(one.bounds, operator, operand);
    });
  });
}

/** Whether all values within `bounds` meet a comparison. Values of another type never do. */
function rangeWithin(bounds: ValueBounds, operator: string, operand: unknown): boolean {
  const low = 'gt' in bounds ? { value: bounds.gt, open: true } : { value: bounds.gte, open: false };
  const high = 'lt' in bounds ? { value: bounds.lt, open: true } : { value: bounds.lte, open: false };
  const order = ({ value }: { value: unknown }) =>
    value === undefined || rankOf(value) !== rankOf(operand) ? undefined : compareValues(value, operand);
  const lower = order(low);
  const upper = order(high);
  switch (operator) {
    case '$gt':
      return lower !== undefined && (lower > 0 || (lower === 0 && low.open));
    case '$gte':
      return lower !== undefined && lower >= 0;
    case '$lt':
      return upper !== undefined && (upper < 0 || (upper === 0 && high.open));
    case '$lte':
      return upper !== undefined && upper <= 0;
    default:
      return false;
  }
}
