import { badValue, refusal } from '../errors.ts';
import { isTrue } from '../matcher/field-operators.ts';
import { compileFilter, type FilterOptions } from '../matcher.ts';
import { asNumber, isNumeric } from '../numbers.ts';
import { showField } from '../show.ts';
import { type Document, isDocument } from '../types.ts';

/** What a projection does with one field. */
export type Node =
  | { readonly kind: 'include' }
  | { readonly kind: 'exclude' }
  /** Keeps a stretch of an array. */
  | { readonly kind: 'slice'; readonly skip: number | undefined; readonly limit: number }
  /** Keeps the first element of an array that meets a filter. */
  | { readonly kind: 'match'; readonly test: (wrapped: Document) => boolean }
  | { readonly kind: 'computed'; readonly expression: unknown }
  | Branch;

/** The fields below a field. */
export interface Branch {
  readonly kind: 'branch';
  readonly children: Map<string, Node>;
  /** Whether the first array met here is cut to the element the query found (`path.$`). */
  positional: boolean;
}

/** A parsed projection. */
export interface Parsed {
  readonly root: Branch;
  readonly inclusion: boolean;
  readonly withId: boolean;
  readonly positional: boolean;
}

interface Reading extends FilterOptions {
  root: Branch;
  inclusion: boolean | undefined;
  id: boolean | undefined;
  positional: boolean;
  matches: boolean;
  slices: boolean;
}

const branch = (): Branch => ({ kind: 'branch', children: new Map(), positional: false });

/** Reads a projection as `find` takes it. */
export function parseProjection(projection: Document, options: FilterOptions): Parsed {
  const reading: Reading = {
    ...options,
    root: branch(),
    inclusion: undefined,
    id: undefined,
    positional: false,
    matches: false,
    slices: false,
  };
  for (const path of Object.keys(projection)) readField(reading, path, projection[path]);
  if (reading.positional && reading.matches) {
    throw refusal(31255, 'Cannot specify positional operator and $elemMatch.');
  }
  const inclusion =
    reading.inclusion ?? (reading.matches && !reading.slices ? true : reading.id === true && !reading.slices);
  return {
    root: reading.root,
    inclusion,
    withId: reading.id ?? true,
    positional: reading.positional,
  };
}

function readField(reading: Reading, path: string, value: unknown): void {
  if (value === undefined) return;
  const positional = path.endsWith('.$');
  const names = (positional ? path.slice(0, -2) : path).split('.');
  checkNames(path, names);
  if (positional) {
    readPositional(reading, names, value, path);
    return;
  }
  if (isNumeric(value) || typeof value === 'boolean') {
    readFlag(reading, names, path, isTrue(value));
    return;
  }
  if (!isDocument(value)) {
    addComputed(reading, names, path, value);
    return;
  }
  const [operator] = Object.keys(value);
  if (operator === undefined) {
    throw refusal(51270, `An empty sub-projection is not a valid value. Found empty object at path ${path}`);
  }
  if (!operator.startsWith('$')) {
    for (const name of Object.keys(value)) readField(reading, `${path}.${name}`, value[name]);
    return;
  }
  readOperator(reading, names, path, operator, value);
}

function readOperator(
  reading: Reading,
  names: readonly string[],
  path: string,
  operator: string,
  value: Document,
): void {
  switch (operator) {
    case '$elemMatch': {
      if (names.length > 1) throw refusal(31275, 'Cannot use $elemMatch projection on a nested field.');
      if (!isDocument(value.$elemMatch))
        throw refusal(31274, 'elemMatch: Invalid argument, object required, but got it otherwise');
      reading.matches = true;
      put(reading, names, path, { kind: 'match', test: compileFilter({ element: value }, reading).test });
      return;
    }
    case '$slice': {
      const slice = sliceOf(value.$slice);
      if (slice === undefined) {
        addComputed(reading, names, path, value);
        return;
      }
      reading.slices = true;
      put(reading, names, path, slice);
      return;
    }
    case '$meta':
      throw refusal(40218, `query requires ${String(value.$meta)} metadata, but it is not available`);
    default:
      addComputed(reading, names, path, value);
  }
}

function checkNames(path: string, names: readonly string[]): void {
  if (path === '') throw refusal(40352, 'FieldPath cannot be constructed with empty string');
  if (path.endsWith('.')) throw refusal(40353, "FieldPath must not end with a '.'.");
  for (const name of names) {
    if (name === '') throw refusal(15998, 'FieldPath field names may not be empty strings.');
    if (name === '$') {
      throw refusal(
        31394,
        `As of 4.4, it's illegal to specify positional operator in the middle of a path.Positional projection may only be used at the end, for example: a.b.$. If the query previously used a form like a.b.$.d, remove the parts following the '$' and the results will be equivalent.`,
      );
    }
    if (name.startsWith('$') && !['$id', '$ref', '$db'].includes(name)) {
      throw refusal(16410, "FieldPath field names may not start with '$'. Consider using $getField or $setField.");
    }
  }
}

function readFlag(reading: Reading, names: readonly string[], path: string, included: boolean): void {
  if (path === '_id') {
    reading.id = included;
    if (reading.root.children.has('_id')) throw refusal(31250, 'Path collision at _id');
    return;
  }
  setMode(reading, included, path);
  put(reading, names, path, { kind: included ? 'include' : 'exclude' });
}

function setMode(reading: Reading, inclusion: boolean, path: string): void {
  if (reading.inclusion !== undefined && reading.inclusion !== inclusion) {
    throw inclusion
      ? refusal(31253, `Cannot do inclusion on field ${path} in exclusion projection`)
      : refusal(31254, `Cannot do exclusion on field ${path} in inclusion projection`);
  }
  reading.inclusion = inclusion;
}

function addComputed(reading: Reading, names: readonly string[], path: string, expression: unknown): void {
  if (reading.inclusion === false) {
    throw refusal(31252, 'Cannot use expression other than $meta in exclusion projection');
  }
  reading.inclusion = true;
  put(reading, names, path, { kind: 'computed', expression });
}

function readPositional(reading: Reading, names: readonly string[], value: unknown, path: string): void {
  if (!isTrue(value) || reading.inclusion === false) {
    throw refusal(31395, 'positional projection cannot be used with exclusion');
  }
  if (isDocument(value)) throw refusal(31271, 'positional projection cannot be used with an expression or sub object');
  if (reading.positional) throw refusal(31276, 'Cannot specify more than one positional projection per query.');
  reading.positional = true;
  reading.inclusion = true;
  put(reading, names, path, { kind: 'include' });
  let node = reading.root;
  for (const name of names.slice(0, -1)) {
    const child = node.children.get(name) as Branch;
    child.positional = true;
    node = child;
  }
  const last = names.at(-1) as string;
  // A branch of its own, so that the array itself can be cut.
  node.children.set(last, { kind: 'branch', children: new Map(), positional: true });
}

function put(reading: Reading, names: readonly string[], path: string, node: Node): void {
  let current = reading.root;
  for (let i = 0; i < names.length; i++) {
    const name = names[i] as string;
    const child = current.children.get(name);
    if (i === names.length - 1) {
      if (child !== undefined) throw refusal(31250, `Path collision at ${path}`);
      current.children.set(name, node);
    } else if (child === undefined) {
      const next = branch();
      current.children.set(name, next);
      current = next;
    } else if (child.kind === 'branch' && (child.children.size > 0 || !child.positional)) current = child;
    else throw refusal(31249, `Path collision at ${path} remaining portion ${names.slice(i + 1).join('.')}`);
  }
}

function sliceOf(operand: unknown): Node | undefined {
  if (isNumeric(operand)) return { kind: 'slice', skip: undefined, limit: whole(operand) };
  if (!Array.isArray(operand)) {
    throw refusal(
      28667,
      `Invalid $slice syntax. The given syntax { ${showField('$slice', operand)} } did not match the find() syntax`,
    );
  }
  const [skip, limit] = operand;
  // Anything but two numbers is the aggregation expression of the same name.
  if (operand.length !== 2 || !isNumeric(skip) || !isNumeric(limit)) return undefined;
  if (whole(limit) <= 0) throw refusal(28724, 'First argument to $slice must be an array, but is of type: int');
  return { kind: 'slice', skip: whole(skip), limit: whole(limit) };
}

function whole(value: unknown): number {
  const number = Math.trunc(asNumber(value) as number);
  if (Number.isNaN(number)) throw badValue('$slice needs a number');
  return number;
}
