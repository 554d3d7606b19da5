import { type ConditionsMatcher, type MongoQuery, mongoQueryMatcher } from '@casl/ability';

type Plain = string | number | boolean;

/**
 * CASL's matcher, with a shortcut for what nearly every rule says: these fields equal these values. A page of wishes asks
 * some hundreds of times, and reading the general language each time would cost more than all else on the page.
 * Anything but plain equality goes to CASL's own.
 */
export const matchConditions: ConditionsMatcher<MongoQuery> = (conditions) => {
  const fields = Object.entries(conditions);
  if (!fields.every((field): field is [string, Plain] => isEquality(...field))) return mongoQueryMatcher(conditions);
  const equalities = fields.map(([path, value]) => ({ path: path.split('.'), value: value as Plain }));
  return (document) => equalities.every(({ path, value }) => holds(document, path, 0, value));
};

function isEquality(path: string, value: unknown): boolean {
  // `a.0.b` may mean a place in a list.
  if (path.startsWith('$') || /(?:^|\.)\d+(?:\.|$)/u.test(path)) return false;
  return typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && !Number.isNaN(value));
}

/** As MongoDB has it: a field with a list equals whatever the list holds, and a path goes through lists. */
function holds(node: unknown, path: readonly string[], at: number, value: Plain): boolean {
  const name = path[at];
  if (name === undefined) return node === value || (Array.isArray(node) && node.includes(value));
  if (Array.isArray(node)) return node.some((one) => !Array.isArray(one) && holds(one, path, at, value));
  if (typeof node !== 'object' || node === null) return false;
  return holds((node as Record<string, unknown>)[name], path, at + 1, value);
}
