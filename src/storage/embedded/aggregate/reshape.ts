/** The stages that change each document by itself: `$project`, `$addFields`, `$unset`, `$replaceRoot`, `$unwind`. */

import { compileExpression } from '../expressions/expression.ts';
import type { Expression } from '../expressions/scope.ts';
import type { Document } from '../values/bson.ts';
import { refusal } from '../values/errors.ts';
import { fieldAt, parsePath } from '../values/paths.ts';
import { compileProjection } from '../values/projection.ts';
import { show } from '../values/show.ts';
import { isDocument, setField, typeName } from '../values/types.ts';
import { fieldPath } from './placing.ts';
import { each, type Maker, optionsOf } from './stage.ts';

export const project: Maker = (spec, context) => {
  if (!isDocument(spec)) throw refusal(15969, '$project specification must be an object');
  if (Object.keys(spec).length === 0)
    throw refusal(51272, 'Invalid $project :: caused by :: projection specification must have at least one field');
  const projection = compileProjection(spec, optionsOf(context));
  return each((document) => [projection.apply(document)]);
};

export const addFields: Maker = (spec, context) => {
  if (!isDocument(spec))
    throw refusal(40272, `$addFields specification stage must be an object, got ${typeName(spec)}`);
  if (Object.keys(spec).length === 0) throw refusal(40177, '$addFields specification must have at least one field');
  const fields = Object.keys(spec).flatMap((path) => fieldsWithin(fieldPath(path), spec[path]));
  checkDistinct(fields.map(({ names }) => names.join('.')));
  return each((document) => {
    const result = { ...document };
    for (const { names, value } of fields) put(result, names, 0, value({ root: document, ...context }));
    return [result];
  });
};

/** The fields a specification sets: a document within it that is no operator sets fields of the document that is there. */
function fieldsWithin(names: readonly string[], spec: unknown): { names: readonly string[]; value: Expression }[] {
  const inner = isDocument(spec) ? Object.keys(spec) : [];
  if (!isDocument(spec) || inner.length === 0) return [{ names, value: compileExpression(spec) }];
  if (inner.some((name) => name.startsWith('$'))) {
    if (inner.length > 1)
      throw refusal(
        40181,
        `an expression specification must contain exactly one field, the name of the expression. Found ${inner.length} fields in ${show(spec)}`,
      );
    return [{ names, value: compileExpression(spec) }];
  }
  return inner.flatMap((name) => {
    if (name.includes('.'))
      throw refusal(40183, `cannot use dotted field name '${name}' in a sub object: ${show(spec)}`);
    return fieldsWithin([...names, ...fieldPath(name)], spec[name]);
  });
}

/** Refuses (code 40176) two paths of which one leads through the other. */
function checkDistinct(paths: readonly string[]): void {
  paths.forEach((path, at) => {
    const other = paths
      .slice(0, at)
      .find((one) => one === path || one.startsWith(`${path}.`) || path.startsWith(`${one}.`));
    if (other !== undefined)
      throw refusal(
        40176,
        `specification contains two conflicting paths. Cannot specify both '${path}' and '${other}'`,
      );
  });
}

/** Sets a field at a path in a document already copied; documents on the way are copied, arrays element by element. */
export function put(target: Document, names: readonly string[], at: number, value: unknown): void {
  const name = names[at] as string;
  if (at === names.length - 1) {
    if (value === undefined) delete target[name];
    else setField(target, name, value);
    return;
  }
  const current = Object.hasOwn(target, name) ? target[name] : undefined;
  setField(target, name, putInto(current, names, at + 1, value));
}

function putInto(current: unknown, names: readonly string[], at: number, value: unknown): unknown {
  if (Array.isArray(current)) return current.map((element) => putInto(element, names, at, value));
  const inner = isDocument(current) ? { ...current } : {};
  put(inner, names, at, value);
  return inner;
}

export const unset: Maker = (spec) => {
  const paths = Array.isArray(spec) ? spec : [spec];
  if (!Array.isArray(spec) && typeof spec !== 'string')
    throw refusal(31002, '$unset specification must be a string or an array');
  if (paths.length === 0)
    throw refusal(31119, '$unset specification must be a string or an array with at least one field');
  if (paths.some((path) => typeof path !== 'string'))
    throw refusal(31120, '$unset specification must be a string or an array containing only string values');
  const projection = compileProjection(Object.fromEntries(paths.map((path) => [path as string, 0])));
  return each((document) => [projection.apply(document)]);
};

function checkNewRoot(spec: unknown): void {
  if (!isDocument(spec))
    throw refusal(40229, `expected an object as specification for $replaceRoot stage, got ${typeName(spec)}`);
  for (const name of Object.keys(spec)) {
    if (name !== 'newRoot')
      throw refusal(40230, `unrecognized option to $replaceRoot stage: ${name}, only valid option is 'newRoot'.`);
  }
  if (spec.newRoot === undefined) throw refusal(40231, 'no newRoot specified for the $replaceRoot stage');
}

export const replaceRoot =
  (name: '$replaceRoot' | '$replaceWith'): Maker =>
  (spec, context) => {
    if (name === '$replaceRoot') checkNewRoot(spec);
    const value = compileExpression(name === '$replaceRoot' ? (spec as Document).newRoot : spec);
    return each((document) => {
      const made = value({ root: document, ...context });
      if (!isDocument(made)) {
        throw refusal(
          40228,
          `'newRoot' expression must evaluate to an object, but resulting value was of type ${typeName(made)}`,
        );
      }
      return [made];
    });
  };

export const unwind: Maker = (spec) => {
  const options = typeof spec === 'string' ? { path: spec } : spec;
  if (!isDocument(options))
    throw refusal(15981, 'expected either a string or an object as specification for $unwind stage');
  for (const name of Object.keys(options)) {
    if (!['path', 'includeArrayIndex', 'preserveNullAndEmptyArrays'].includes(name))
      throw refusal(28811, `unrecognized option to $unwind stage: ${name}`);
  }
  const { path, includeArrayIndex, preserveNullAndEmptyArrays } = options;
  if (preserveNullAndEmptyArrays !== undefined && typeof preserveNullAndEmptyArrays !== 'boolean')
    throw refusal(28809, 'expected a boolean for the preserveNullAndEmptyArrays option to $unwind stage');
  if (includeArrayIndex !== undefined && (typeof includeArrayIndex !== 'string' || includeArrayIndex === ''))
    throw refusal(28810, 'expected a non-empty string for the includeArrayIndex option to $unwind stage');
  if (typeof includeArrayIndex === 'string' && includeArrayIndex.startsWith('$'))
    throw refusal(
      28822,
      `includeArrayIndex option to $unwind stage should not be prefixed with a '$': ${includeArrayIndex}`,
    );
  if (path === undefined) throw refusal(28812, 'no path specified to $unwind stage');
  if (typeof path !== 'string') throw refusal(28808, 'expected a string as the path for $unwind stage');
  if (!path.startsWith('$') || path.length < 2)
    throw refusal(28818, `path option to $unwind stage should be prefixed with a '$': ${path}`);
  const names = path.slice(1).split('.');
  const segments = parsePath(path.slice(1));
  const indexPath = typeof includeArrayIndex === 'string' ? includeArrayIndex.split('.') : undefined;
  const keepsEmpty = preserveNullAndEmptyArrays === true;
  return each(function* spread(document) {
    let value: unknown = document;
    for (const segment of segments) value = isDocument(value) ? fieldAt(value, segment) : undefined;
    const made = (element: unknown, index: number | null): Document => {
      const result = { ...document };
      put(result, names, 0, element);
      if (indexPath !== undefined) put(result, indexPath, 0, index);
      return result;
    };
    if (Array.isArray(value)) {
      if (value.length === 0 && keepsEmpty) yield made(undefined, null);
      for (let i = 0; i < value.length; i++) yield made(value[i], i);
    } else if (value !== undefined && value !== null) yield indexPath === undefined ? document : made(value, null);
    else if (keepsEmpty) yield indexPath === undefined ? document : made(value, null);
  });
};
