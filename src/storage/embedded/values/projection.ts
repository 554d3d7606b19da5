import { refusal } from './errors.ts';
import type { FilterOptions } from './matcher.ts';
import { type Branch, type Node, parseProjection } from './projection/parse.ts';
import { type Document, field, isDocument, setField } from './types.ts';

/** A compiled projection. */
export interface Projection {
  /** Whether `apply` needs the position the query's filter found (`path.$`). */
  readonly positional: boolean;
  /** The top-level fields `apply` looks at, where it is known to look at no others. */
  readonly fields?: ReadonlySet<string> | undefined;
  /** The projected document; the given one is never modified. */
  apply(document: Document, position?: number): Document;
}

/** What one application knows. */
interface Run {
  readonly document: Document;
  readonly position: number | undefined;
  readonly compute: (expression: unknown) => unknown;
}

/** Compiles a projection as `find` and `findAndModify` take it. */
export function compileProjection(projection: Document, options: FilterOptions = {}): Projection {
  const { root, inclusion, withId, positional } = parseProjection(projection, options);
  if (root.children.size === 0 && withId && !inclusion) return { positional: false, apply: (document) => document };
  root.children.set('_id', root.children.get('_id') ?? { kind: withId ? 'include' : 'exclude' });
  const { expr } = options;
  const variables = options.let ?? {};
  const runOn = (document: Document, position: number | undefined): Run => ({
    document,
    position,
    compute: (expression) => {
      if (expr === undefined) throw refusal(224, 'expressions are not allowed in this projection');
      return expr(expression, document, variables);
    },
  });
  if (!inclusion)
    return { positional, apply: (document, position) => exclude(root, document, runOn(document, position)) };
  return {
    positional,
    fields: positional || computes(root) ? undefined : new Set(root.children.keys()),
    apply: (document, position) => include(root, document, runOn(document, position)),
  };
}

/** Whether anything is made by an expression, which may look at any field. */
function computes({ children }: Branch): boolean {
  for (const node of children.values()) {
    if (node.kind === 'computed' || (node.kind === 'branch' && computes(node))) return true;
  }
  return false;
}

function include(branch: Branch, document: Document, run: Run): Document {
  const result: Document = {};
  for (const name of Object.keys(document)) {
    const node = branch.children.get(name);
    if (node === undefined) continue;
    const value = includedValue(node, document[name], run, false);
    if (value !== undefined) setField(result, name, value);
  }
  for (const [name, node] of branch.children) addMade(name, node, document, result, run);
  return result;
}

function includedValue(node: Node, value: unknown, run: Run, cut: boolean): unknown {
  switch (node.kind) {
    case 'include':
      return value;
    case 'slice':
      return sliced(value, node.skip, node.limit);
    case 'branch':
      return includedBranch(node, value, run, cut);
    default:
      return undefined;
  }
}

function includedBranch(branch: Branch, value: unknown, run: Run, cut: boolean): unknown {
  if (Array.isArray(value)) {
    const elements = branch.positional && !cut ? [foundElement(value, run)] : value;
    if (branch.children.size === 0) return elements;
    return elements
      .map((element) => includedBranch(branch, element, run, true))
      .filter((element) => element !== undefined);
  }
  if (branch.children.size === 0) return value;
  return isDocument(value) ? include(branch, value, run) : undefined;
}

function foundElement(array: readonly unknown[], { position }: Run): unknown {
  if (position === undefined || position >= array.length) {
    throw refusal(
      51246,
      "Executor error during find command :: caused by :: positional operator '.$' couldn't find a matching element in the array",
    );
  }
  return array[position];
}

/** Adds what is not copied but made: computed fields, elements chosen by `$elemMatch`, and documents around such. */
function addMade(name: string, node: Node, document: Document, result: Document, run: Run): void {
  if (node.kind === 'computed') {
    const value = run.compute(node.expression);
    if (value !== undefined) setField(result, name, value);
  } else if (node.kind === 'match') {
    const element = firstMatch(field(document, name), node.test);
    if (element !== undefined) setField(result, name, element);
  } else if (node.kind === 'branch' && field(result, name) === undefined && makesFields(node)) {
    // Within a missing or plain value the made fields still appear.
    setField(result, name, include(node, {}, run));
  }
}

function makesFields(branch: Branch): boolean {
  for (const node of branch.children.values()) {
    if (node.kind === 'computed' || (node.kind === 'branch' && makesFields(node))) return true;
  }
  return false;
}

function exclude(branch: Branch, document: Document, run: Run): Document {
  const result: Document = {};
  const made: [string, unknown][] = [];
  for (const name of Object.keys(document)) {
    const node = branch.children.get(name);
    const value = document[name];
    if (node === undefined || node.kind === 'include') setField(result, name, value);
    else if (node.kind === 'slice') setField(result, name, sliced(value, node.skip, node.limit));
    else if (node.kind === 'branch') setField(result, name, excludedBranch(node, value, run));
    else if (node.kind === 'match') made.push([name, firstMatch(value, node.test)]);
  }
  for (const [name, value] of made) if (value !== undefined) setField(result, name, value);
  return result;
}

function excludedBranch(branch: Branch, value: unknown, run: Run): unknown {
  if (Array.isArray(value)) return value.map((element) => excludedBranch(branch, element, run));
  return isDocument(value) ? exclude(branch, value, run) : value;
}

function firstMatch(value: unknown, test: (wrapped: Document) => boolean): unknown[] | undefined {
  if (!Array.isArray(value)) return undefined;
  // The filter asks `$elemMatch` of a field named "element"; one element at a time tells which one it was.
  const found = value.find((element) => test({ element: [element] }));
  return found === undefined ? undefined : [found];
}

function sliced(value: unknown, skip: number | undefined, limit: number): unknown {
  if (!Array.isArray(value)) return value;
  if (skip === undefined) return limit < 0 ? value.slice(limit) : value.slice(0, limit);
  const start = skip < 0 ? Math.max(0, value.length + skip) : skip;
  return value.slice(start, start + limit);
}
