import { refusal } from '../errors.ts';
import { isOperatorDocument } from '../matcher/field-operators.ts';
import { type Document, field, isDocument, Rank, rankOf, setField } from '../types.ts';

/** The document an upsert begins with: the fields whose values the filter fixes by equality. */
export function upsertSeed(filter: Document): Document {
  const fixed = new Map<string, unknown>();
  collect(filter, fixed);
  const seed: Document = {};
  for (const path of [...fixed.keys()].sort()) place(seed, path, fixed.get(path));
  return seed;
}

function collect(filter: Document, fixed: Map<string, unknown>): void {
  for (const name of Object.keys(filter)) {
    const condition = filter[name];
    if (name === '$expr') throw refusal(224, '$expr is not allowed in the query predicate for an upsert');
    if (name === '$and' || (name === '$or' && Array.isArray(condition) && condition.length === 1)) {
      if (Array.isArray(condition)) for (const branch of condition) if (isDocument(branch)) collect(branch, fixed);
    } else if (!name.startsWith('$')) {
      for (const value of fixedValues(condition)) fix(fixed, name, value);
    }
  }
}

/** The values a condition lets a field equal, when it lets it equal just one. */
function fixedValues(condition: unknown): unknown[] {
  if (!isOperatorDocument(condition)) return rankOf(condition) === Rank.regex ? [] : [condition];
  const values: unknown[] = [];
  if ('$eq' in condition) values.push(condition.$eq);
  for (const list of [condition.$in, condition.$all]) {
    if (!Array.isArray(list) || list.length !== 1) continue;
    if (rankOf(list[0]) !== Rank.regex && !isOperatorDocument(list[0])) values.push(list[0]);
  }
  return values;
}

function fix(fixed: Map<string, unknown>, path: string, value: unknown): void {
  if (fixed.has(path)) {
    throw refusal(54, `cannot infer query fields to set, path '${path}' is matched twice`);
  }
  for (const other of fixed.keys()) {
    if (other.startsWith(`${path}.`) || path.startsWith(`${other}.`)) {
      throw refusal(54, `cannot infer query fields to set, both paths '${path}' and '${other}' are matched`);
    }
  }
  fixed.set(path, value);
}

function place(seed: Document, path: string, value: unknown): void {
  const names = path.split('.');
  const last = names.pop() as string;
  let current = seed;
  for (const name of names) {
    let next = field(current, name);
    if (!isDocument(next)) {
      next = {};
      setField(current, name, next);
    }
    current = next as Document;
  }
  setField(current, last, value);
}
