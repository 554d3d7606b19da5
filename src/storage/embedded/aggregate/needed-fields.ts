/** Which fields of the stored documents the first stages of a pipeline look at, so that no others need be decoded. */
import { isDocument } from '../values/types.ts';

/** The top-level fields an expression names; false when it may look at the whole document. */
function collect(expression: unknown, fields: Set<string>): boolean {
  if (typeof expression === 'string') {
    if (!expression.startsWith('$')) return true;
    if (expression.startsWith('$$')) return expression === '$$NOW';
    fields.add(expression.slice(1).split('.', 1)[0] as string);
    return true;
  }
  if (Array.isArray(expression)) return expression.every((part) => collect(part, fields));
  if (!isDocument(expression)) return true;
  return Object.keys(expression).every((name) => {
    if (name === '$literal') return true;
    // These bind names of their own or order by paths without a dollar.
    if (name === 'sortBy' || name === '$let' || name === '$map' || name === '$filter' || name === '$reduce')
      return false;
    return collect(expression[name], fields);
  });
}

/** The fields a pipeline needs when its first stage groups; undefined when it may need any. */
export function neededFields(stages: readonly { name: string; spec: unknown }[]): ReadonlySet<string> | undefined {
  const [first] = stages;
  if (first === undefined || (first.name !== '$group' && first.name !== '$sortByCount')) return undefined;
  const fields = new Set<string>();
  return collect(first.spec, fields) ? fields : undefined;
}
