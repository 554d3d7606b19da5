import { badValue, refusal } from '../errors.ts';
import { compareFieldNames, identifierOf } from './names.ts';

/** What an operator knows while it changes one document. */
export interface Context {
  /** Whether the document is being made by an upsert. */
  readonly insert: boolean;
  /** The position the query's filter found, which `$` stands for. */
  readonly position: number | undefined;
  readonly now: Date;
  /** The document before the update. */
  readonly root: Readonly<Record<string, unknown>>;
}

/** Where an operator stands, for its error texts. */
export interface Place {
  /** The dotted path, array positions in it resolved. */
  readonly path: string;
  readonly name: string;
}

/** Removes the field; the answer of a `Change` that wants it gone. */
export const REMOVE = Symbol('remove');

/** What an operator does to a value (`undefined` where there is none): gives the new value, the same one for "nothing to do". */
export type Change = (current: unknown, context: Context, place: Place) => unknown;

/** An operator at the end of its path. */
export interface LeafNode {
  readonly kind: 'leaf';
  readonly change: Change;
  /** Whether the operator makes a missing path; otherwise there is nothing for it to do. */
  readonly creates: boolean;
  /** Whether a path that leads through a value that is no document is merely nothing to do. */
  readonly lenient: boolean;
  /** Tells when there is nothing to do at all, wherever the path leads. */
  readonly idle?: (context: Context) => boolean;
}

/** Fields of a document or positions of an array, in the order they are worked on. */
export interface FieldsNode {
  readonly kind: 'fields';
  readonly children: Map<string, Node>;
  /** The child under `$`. */
  positional: Node | undefined;
}

/** Elements of an array chosen by `$[]` (key '') or `$[identifier]`. */
export interface ElementsNode {
  readonly kind: 'elements';
  readonly children: Map<string, Node>;
}

export type Node = LeafNode | FieldsNode | ElementsNode;

/** An empty tree. */
export const fieldsNode = (): FieldsNode => ({ kind: 'fields', children: new Map(), positional: undefined });

/** Puts an operator into the tree at its path; two that meet are refused with code 40. */
export function plant(root: FieldsNode, path: string, leaf: LeafNode): void {
  const names = path.split('.');
  checkPath(path, names);
  let node: FieldsNode | ElementsNode = root;
  for (let i = 0; i < names.length; i++) {
    const name = names[i] as string;
    const identifier = identifierOf(name);
    const clash = () => conflict(path, names.slice(0, i + 1).join('.'));
    if ((node.kind === 'elements') !== (identifier !== undefined)) {
      throw conflict(path, names.slice(0, i).join('.'));
    }
    const child = childOf(node, name, identifier);
    if (i === names.length - 1) {
      if (child !== undefined) throw clash();
      setChild(node, name, identifier, leaf);
      return;
    }
    if (child === undefined) {
      const next: FieldsNode | ElementsNode =
        identifierOf(names[i + 1] as string) === undefined ? fieldsNode() : { kind: 'elements', children: new Map() };
      setChild(node, name, identifier, next);
      node = next;
    } else if (child.kind === 'leaf') throw clash();
    else node = child;
  }
}

function checkPath(path: string, names: readonly string[]): void {
  if (path === '') throw refusal(56, 'An empty update path is not valid.');
  if (names.includes('')) {
    throw refusal(56, `The update path '${path}' contains an empty field name, which is not allowed.`);
  }
  if (names.filter((name) => name === '$').length > 1) {
    throw badValue(`Too many positional (i.e. '$') elements found in path '${path}'`);
  }
  if (names[0] === '$') {
    throw badValue(`Cannot have positional (i.e. '$') element in the first position in path '${path}'`);
  }
  if (identifierOf(names[0] as string) !== undefined) {
    throw badValue(
      `Cannot have array filter identifier (i.e. '$[<id>]') element in the first position in path '${path}'`,
    );
  }
}

const conflict = (path: string, at: string) =>
  refusal(40, `Updating the path '${path}' would create a conflict at '${at}'`);

function childOf(node: FieldsNode | ElementsNode, name: string, identifier: string | undefined): Node | undefined {
  if (identifier !== undefined) return node.children.get(identifier);
  if (name === '$' && node.kind === 'fields') return node.positional;
  return node.children.get(name);
}

function setChild(node: FieldsNode | ElementsNode, name: string, identifier: string | undefined, child: Node): void {
  if (name === '$' && node.kind === 'fields') node.positional = child;
  else node.children.set(identifier ?? name, child);
}

/** Puts every level into the order MongoDB works in: by name, numbers in names by their value. */
export function sortTree(node: Node): void {
  if (node.kind === 'leaf') return;
  const entries = [...node.children];
  if (node.kind === 'fields') {
    entries.sort(([a], [b]) => compareFieldNames(a, b));
    node.children.clear();
    for (const [name, child] of entries) node.children.set(name, child);
    if (node.positional !== undefined) sortTree(node.positional);
  }
  for (const [, child] of entries) sortTree(child);
}

/** The operators of two branches that turn out to concern the same element. */
export function merged(a: Node, b: Node, path: string): Node {
  if (a.kind === 'leaf' || b.kind === 'leaf' || a.kind !== b.kind) {
    throw refusal(40, `Update created a conflict at '${path}'`);
  }
  const children = new Map(a.children);
  for (const [name, child] of b.children) {
    const other = children.get(name);
    children.set(name, other === undefined ? child : merged(other, child, `${path}.${name}`));
  }
  if (a.kind === 'elements') return { kind: 'elements', children };
  const other = b.kind === 'fields' ? b.positional : undefined;
  const positional =
    a.positional !== undefined && other !== undefined
      ? merged(a.positional, other, `${path}.$`)
      : (a.positional ?? other);
  const node: FieldsNode = { kind: 'fields', children, positional };
  sortTree(node);
  return node;
}
