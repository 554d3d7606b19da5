/** The stages of a pipeline that pass documents on one by one or gather them, all but those that read or write other collections. */

import { sortOf } from '../query/query.ts';
import { PAUSE, type Pause, sliceSpent } from '../query/slice.ts';
import type { Document } from '../values/bson.ts';
import { refusal } from '../values/errors.ts';
import { compileFilter } from '../values/matcher.ts';
import { asNumber } from '../values/numbers.ts';
import { sortKey } from '../values/order.ts';
import { fieldAt, parsePath } from '../values/paths.ts';
import { compileProjection } from '../values/projection.ts';
import { isDocument, setField, typeName } from '../values/types.ts';
import { compileAccumulator, keyOf } from './accumulators.ts';
import { compileExpression, evaluate } from './expression.ts';
import { Budget } from './memory.ts';

/** Documents on their way through a pipeline, with the places where others may work. */
export type Flow = Iterable<Document | Pause>;

/** One stage, ready to run. */
export type Stage = (input: Flow) => Flow;

/** What stages are compiled with. */
export interface StageContext {
  readonly variables: Document;
}

type Maker = (spec: unknown, context: StageContext) => Stage;

/** A stage that makes of each document one, none or several. */
function each(change: (document: Document) => Iterable<Document>): Stage {
  return function* run(input) {
    for (const document of input) {
      if (document === PAUSE) yield PAUSE;
      else yield* change(document);
      if (sliceSpent()) yield PAUSE;
    }
  };
}

const match: Maker = (spec, { variables }) => {
  if (!isDocument(spec)) throw refusal(15959, 'the match filter must be an expression in an object');
  const filter = compileFilter(spec, {
    expr: (expression, document, given) => evaluate(expression, document, given),
    let: variables,
  });
  return each((document) => (filter.test(document) ? [document] : []));
};

const project: Maker = (spec, { variables }) => {
  if (!isDocument(spec)) throw refusal(15969, '$project specification must be an object');
  if (Object.keys(spec).length === 0)
    throw refusal(51272, 'Invalid $project :: caused by :: projection specification must have at least one field');
  const projection = compileProjection(spec, {
    expr: (expression, document, given) => evaluate(expression, document, given),
    let: variables,
  });
  return each((document) => [projection.apply(document)]);
};

const addFields: Maker = (spec, { variables }) => {
  if (!isDocument(spec))
    throw refusal(40272, `$addFields specification stage must be an object, got ${typeName(spec)}`);
  const fields = Object.keys(spec).map((path) => ({ names: path.split('.'), value: compileExpression(spec[path]) }));
  return each((document) => {
    const result = { ...document };
    for (const { names, value } of fields) put(result, names, 0, value({ root: document, variables }));
    return [result];
  });
};

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

const unset: Maker = (spec) => {
  const paths = Array.isArray(spec) ? spec : [spec];
  if (paths.length === 0 || paths.some((path) => typeof path !== 'string'))
    throw refusal(31120, '$unset specification must be a string or an array of strings');
  const projection = compileProjection(Object.fromEntries(paths.map((path) => [path as string, 0])));
  return each((document) => [projection.apply(document)]);
};

const replaceRoot =
  (name: '$replaceRoot' | '$replaceWith'): Maker =>
  (spec, { variables }) => {
    const value = compileExpression(name === '$replaceRoot' && isDocument(spec) ? spec.newRoot : spec);
    return each((document) => {
      const made = value({ root: document, variables });
      if (!isDocument(made)) {
        throw refusal(
          40228,
          `'newRoot' expression must evaluate to an object, but resulting value was of type ${typeName(made)}`,
        );
      }
      return [made];
    });
  };

const count: Maker = (spec) => {
  if (typeof spec !== 'string' || spec === '' || spec.startsWith('$') || spec.includes('.')) {
    throw refusal(40156, 'the count field must be a non-empty string that does not start with $ nor contain a dot');
  }
  return function* run(input) {
    let n = 0;
    for (const document of input) {
      if (document === PAUSE) yield PAUSE;
      else n += 1;
    }
    if (n > 0) yield { [spec]: n };
  };
};

function amount(name: string, spec: unknown, least: number): number {
  const number = asNumber(spec);
  if (number === undefined || !Number.isInteger(number) || number < least) {
    throw refusal(
      name === '$limit' ? 15958 : 15956,
      `the ${name.slice(1)} must be ${least === 1 ? 'positive' : 'a whole number not negative'}: ${String(spec)}`,
    );
  }
  return number;
}

const limit: Maker = (spec) => {
  const most = amount('$limit', spec, 1);
  return function* run(input) {
    let n = 0;
    for (const document of input) {
      yield document;
      if (document === PAUSE) continue;
      n += 1;
      if (n >= most) return;
    }
  };
};

const skip: Maker = (spec) => {
  const over = amount('$skip', spec, 0);
  return function* run(input) {
    let n = 0;
    for (const document of input) {
      if (document === PAUSE || n >= over) yield document;
      else n += 1;
    }
  };
};

const sort: Maker = (spec) => {
  if (!isDocument(spec)) throw refusal(15973, 'the $sort key specification must be an object');
  if (sortOf(spec).length === 0) throw refusal(15976, '$sort stage must have at least one sort key');
  return function* run(input) {
    const budget = new Budget('$sort');
    const held: { key: Uint8Array; document: Document }[] = [];
    for (const document of input) {
      if (document === PAUSE) yield PAUSE;
      else {
        const key = sortKey(document, spec);
        budget.add(key.length + 64);
        budget.hold(document);
        held.push({ key, document });
      }
      if (sliceSpent()) yield PAUSE;
    }
    held.sort((a, b) => Buffer.compare(a.key, b.key));
    for (const { document } of held) yield document;
  };
};

const unwind: Maker = (spec) => {
  const options = typeof spec === 'string' ? { path: spec } : spec;
  if (!isDocument(options))
    throw refusal(15981, 'expected either a string or an object as specification for $unwind stage');
  const { path, includeArrayIndex, preserveNullAndEmptyArrays } = options;
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

const group: Maker = (spec, { variables }) => {
  if (!isDocument(spec)) throw refusal(15947, "a group's fields must be specified in an object");
  if (!('_id' in spec)) throw refusal(15955, 'a group specification must include an _id');
  const { _id, ...fields } = spec;
  const id = compileExpression(_id);
  const accumulators = Object.keys(fields).map((name) => {
    if (name.includes('.')) throw refusal(40235, `The field name '${name}' cannot contain '.'`);
    return { name, make: compileAccumulator(name, fields[name]) };
  });
  return function* run(input) {
    const budget = new Budget('$group');
    const groups = new Map<string, { id: unknown; gatherings: ReturnType<(typeof accumulators)[number]['make']>[] }>();
    for (const document of input) {
      if (document === PAUSE) yield PAUSE;
      else {
        const scope = { root: document, variables };
        const value = id(scope);
        const key = value === undefined ? '' : keyOf(value);
        let found = groups.get(key);
        if (found === undefined) {
          budget.add(key.length + 100 + 80 * accumulators.length);
          budget.hold(value);
          found = { id: value ?? null, gatherings: accumulators.map(({ make }) => make(budget)) };
          groups.set(key, found);
        }
        for (const gathering of found.gatherings) gathering.add(scope);
      }
      if (sliceSpent()) yield PAUSE;
    }
    for (const { id: value, gatherings } of groups.values()) {
      const result: Document = { _id: value };
      accumulators.forEach(({ name }, i) => {
        setField(result, name, gatherings[i]?.result());
      });
      yield result;
    }
  };
};

const sortByCount: Maker = (spec, context) => {
  const grouped = group({ _id: spec, count: { $sum: 1 } }, context);
  const sorted = sort({ count: -1 }, context);
  return (input) => sorted(grouped(input));
};

const sample: Maker = (spec) => {
  const size = isDocument(spec) ? amount('$sample', spec.size, 1) : 0;
  if (size === 0) throw refusal(28745, 'the $sample stage specification must be an object with a positive size');
  return function* run(input) {
    const budget = new Budget('$sample');
    const kept: Document[] = [];
    let seen = 0;
    for (const document of input) {
      if (document === PAUSE) {
        yield PAUSE;
        continue;
      }
      seen += 1;
      if (kept.length < size) {
        budget.hold(document);
        kept.push(document);
      } else {
        const at = Math.floor(Math.random() * seen);
        if (at < size) kept[at] = document;
      }
    }
    yield* kept;
  };
};

/** The stages by name. */
export const STAGES: ReadonlyMap<string, Maker> = new Map<string, Maker>([
  ['$match', match],
  ['$project', project],
  ['$addFields', addFields],
  ['$set', addFields],
  ['$unset', unset],
  ['$replaceRoot', replaceRoot('$replaceRoot')],
  ['$replaceWith', replaceRoot('$replaceWith')],
  ['$count', count],
  ['$limit', limit],
  ['$skip', skip],
  ['$sort', sort],
  ['$unwind', unwind],
  ['$group', group],
  ['$sortByCount', sortByCount],
  ['$sample', sample],
]);
