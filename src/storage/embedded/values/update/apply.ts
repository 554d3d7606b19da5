import { badValue, refusal } from '../errors.ts';
import { show, showField } from '../show.ts';
import { type Document, field, isDocument, setField } from '../types.ts';
import {
  type Context,
  type ElementsNode,
  type FieldsNode,
  type LeafNode,
  merged,
  type Node,
  type Place,
  REMOVE,
} from './node.ts';

/** The test each array filter makes of an element, by identifier; '' (`$[]`) takes every element. */
export type ElementTests = ReadonlyMap<string, (element: unknown) => boolean>;

/** How many missing elements MongoDB fills with null before a position that is set. */
const MAX_PADDING = 1_500_000;

/** Applies a tree of operators; whatever they leave alone is shared with the old document, all of it when nothing changed. */
export function applyTree(tree: FieldsNode, document: Document, context: Context, tests: ElementTests): Document {
  const place: Place = { path: '', name: '' };
  return applyToDocument(tree, document, context, place, tests);
}

function applyNode(node: Node, current: unknown, context: Context, place: Place, tests: ElementTests): unknown {
  if (node.kind === 'leaf') return applyLeaf(node, current, context, place);
  if (node.kind === 'elements') return applyToElements(node, current, context, place, tests);
  if (Array.isArray(current)) return applyToArray(node, current, context, place, tests);
  if (current === undefined) {
    const made = applyToDocument(node, NOTHING, context, place, tests);
    return made === NOTHING ? undefined : made;
  }
  if (isDocument(current)) return applyToDocument(node, current, context, place, tests);
  return blocked(node, current, context, place);
}

/** Stands for a document that does not exist yet. */
const NOTHING: Document = Object.freeze({});

function applyLeaf(leaf: LeafNode, current: unknown, context: Context, place: Place): unknown {
  if (leaf.idle?.(context)) return current;
  if (current === undefined && !leaf.creates) return current;
  return leaf.change(current, context, place);
}

function applyToDocument(
  node: FieldsNode,
  document: Document,
  context: Context,
  place: Place,
  tests: ElementTests,
): Document {
  let copy: Document | undefined;
  for (const [name, child] of childrenOf(node, context, place)) {
    const current = field(document, name);
    const next = applyNode(child, current, context, below(place, name), tests);
    if (Object.is(next, current)) continue;
    copy ??= { ...document };
    if (next === REMOVE) delete copy[name];
    else setField(copy, name, next);
  }
  return copy ?? document;
}

/** The children, `$` replaced by the position it stands for. */
function childrenOf(node: FieldsNode, context: Context, place: Place): Iterable<[string, Node]> {
  if (node.positional === undefined) return node.children;
  if (context.position === undefined) {
    throw badValue('The positional operator did not find the match needed from the query.');
  }
  const name = String(context.position);
  const other = node.children.get(name);
  const children = new Map(node.children);
  children.set(name, other === undefined ? node.positional : merged(other, node.positional, below(place, name).path));
  return children;
}

function applyToArray(
  node: FieldsNode,
  array: readonly unknown[],
  context: Context,
  place: Place,
  tests: ElementTests,
): readonly unknown[] {
  let copy: unknown[] | undefined;
  for (const [name, child] of childrenOf(node, context, place)) {
    const index = /^\d+$/.test(name) ? Number(name) : -1;
    if (index < 0) {
      blockedAt(child, name, array, context, place);
      continue;
    }
    const current = (copy ?? array)[index];
    const next = applyNode(child, current, context, below(place, name), tests);
    if (Object.is(next, current)) continue;
    copy ??= [...array];
    if (index > copy.length + MAX_PADDING) throw refusal(34, `can't backfill more than ${MAX_PADDING} elements`);
    while (copy.length < index) copy.push(null);
    // Removing an element would move the ones behind it, so it becomes null.
    copy[index] = next === REMOVE ? null : next;
  }
  return copy ?? array;
}

function applyToElements(
  node: ElementsNode,
  current: unknown,
  context: Context,
  place: Place,
  tests: ElementTests,
): unknown {
  if (current === undefined) {
    throw badValue(`The path '${place.path}' must exist in the document in order to apply array updates.`);
  }
  if (!Array.isArray(current)) {
    throw badValue(`Cannot apply array updates to non-array element ${showField(place.name, current)}`);
  }
  let copy: unknown[] | undefined;
  for (let i = 0; i < current.length; i++) {
    const element: unknown = current[i];
    const at = below(place, String(i));
    const child = chosen(node, element, at, tests);
    if (child === undefined) continue;
    const next = applyNode(child, element, context, at, tests);
    if (Object.is(next, element)) continue;
    copy ??= [...current];
    copy[i] = next === REMOVE ? null : next;
  }
  return copy ?? current;
}

function chosen(node: ElementsNode, element: unknown, place: Place, tests: ElementTests): Node | undefined {
  let found: Node | undefined;
  for (const [identifier, child] of node.children) {
    if (identifier !== '' && tests.get(identifier)?.(element) !== true) continue;
    found = found === undefined ? child : merged(found, child, place.path);
  }
  return found;
}

function below(place: Place, name: string): Place {
  return { path: place.path === '' ? name : `${place.path}.${name}`, name };
}

/** A value that has no fields lies on the way: operators that make fields refuse, the others have nothing to do. */
function blocked(node: FieldsNode, current: unknown, context: Context, place: Place): unknown {
  for (const [name, child] of childrenOf(node, context, place)) blockedAt(child, name, current, context, place);
  return current;
}

function blockedAt(child: Node, name: string, current: unknown, context: Context, place: Place): void {
  for (const leaf of leavesOf(child)) {
    if (leaf.idle?.(context)) continue;
    if (leaf.creates) {
      throw refusal(28, `Cannot create field '${name}' in element {${showField(place.name, current)}}`);
    }
    if (!leaf.lenient) {
      const path = `${place.path}.${name}`;
      throw refusal(
        28,
        `Cannot use the part (${name}) of (${path}) to traverse the element ({${place.name}: ${show(current)}})`,
      );
    }
  }
}

function* leavesOf(node: Node): Generator<LeafNode> {
  if (node.kind === 'leaf') yield node;
  else {
    for (const child of node.children.values()) yield* leavesOf(child);
    if (node.kind === 'fields' && node.positional !== undefined) yield* leavesOf(node.positional);
  }
}
