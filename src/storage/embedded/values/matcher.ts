import type { Collation } from './collation.ts';
import { badValue, refusal, typeMismatch } from './errors.ts';
import { type Compiling, fieldOperator, isTrue } from './matcher/field-operators.ts';
import { hasNear, type Nearness, type NearSlot, takeNear } from './matcher/near.ts';
import { every, onPath, type Predicate, some } from './matcher/operator.ts';
import { schemaLeaf } from './matcher/schema.ts';
import { asNumber } from './numbers.ts';
import { NOWHERE, OUTSIDE, parsePath } from './paths.ts';
import { type Document, isDocument, typeName } from './types.ts';

/** A compiled filter. */
export interface Filter {
  /** Whether the document meets the filter. */
  test(document: Document): boolean;
  /** The array position by which a matching document met it, which is what `$` in an update or projection means. */
  position(document: Document): number | undefined;
  /** For `$near` and `$nearSphere`: by what the found documents must be ordered, nearest first. */
  readonly near: Nearness | undefined;
}

/** What a filter may need from outside. */
export interface FilterOptions {
  /** The command's `let` variables, handed to `expr`. */
  readonly let?: Document;
  /** Evaluates an aggregation expression on a document, for `$expr`. */
  readonly expr?: (expression: unknown, document: Document, variables: Document, collation?: Collation) => unknown;
  /** How texts are compared, where not by their bytes. */
  readonly collation?: Collation | undefined;
  /** Whether the caller orders by `Filter.near`; otherwise `$near` is refused. */
  readonly near?: boolean;
}

/** Compiles a query filter. Whatever is not understood is refused with MongoDB's code, never ignored. */
export function compileFilter(filter: Document, options: FilterOptions = {}): Filter {
  const slot: NearSlot = { near: undefined };
  const predicate = compileDocument(filter, options, slot);
  if (slot.near !== undefined && options.near !== true) {
    throw refusal(
      5626500,
      '$geoNear, $near, and $nearSphere are not allowed in this context, as these operators require sorting geospatial data. If you do not need sort, consider using $geoWithin instead.',
    );
  }
  return {
    test: (document) => predicate(document) !== NOWHERE,
    position: (document) => {
      const found = predicate(document);
      return found >= 0 ? found : undefined;
    },
    near: slot.near,
  };
}

const always: Predicate = () => OUTSIDE;

/** `slot` is given where a `$near` may stand: at the top and in `$and` at the top. */
function compileDocument(filter: Document, options: FilterOptions, slot?: NearSlot): Predicate {
  const predicates: Predicate[] = [];
  const compile = { whole: (nested: Document) => compileDocument(nested, options), collation: options.collation };
  for (const name of Object.keys(filter)) {
    const condition = filter[name];
    if (condition === undefined || name === '$comment') continue;
    if (name.startsWith('$') && !isReferencePart(name)) predicates.push(topLevel(name, condition, options, slot));
    else predicates.push(...onField(name, condition, slot, compile));
  }
  return predicates.length === 0 ? always : every(predicates);
}

/** The predicates of one field: of its `$near`, if it has one, and of all else. */
function onField(name: string, condition: unknown, slot: NearSlot | undefined, compile: Compiling): Predicate[] {
  if (slot !== undefined && isDocument(condition) && hasNear(condition)) {
    const rest = takeNear(name, condition, slot);
    return [withinReach(slot), ...(Object.keys(rest).length > 0 ? onField(name, rest, undefined, compile) : [])];
  }
  return [onPath(fieldOperator(name, condition, compile), parsePath(name))];
}

/** Inside `$elemMatch` a DBRef's own fields may be asked for. */
function isReferencePart(name: string): boolean {
  return name === '$ref' || name === '$id' || name === '$db';
}

function withinReach({ near }: NearSlot): Predicate {
  return (document) => (near?.distance(document) === undefined ? NOWHERE : OUTSIDE);
}

function topLevel(name: string, condition: unknown, options: FilterOptions, slot: NearSlot | undefined): Predicate {
  switch (name) {
    case '$and':
      return every(branches(name, condition, options, slot));
    case '$or':
      return some(branches(name, condition, options));
    case '$nor': {
      const any = some(branches(name, condition, options));
      return (document) => (any(document) === NOWHERE ? OUTSIDE : NOWHERE);
    }
    case '$expr':
      return expression(condition, options);
    case '$jsonSchema': {
      if (!isDocument(condition)) throw typeMismatch('$jsonSchema must be an object');
      const valid = schemaLeaf(condition);
      return (document) => (valid(document) ? OUTSIDE : NOWHERE);
    }
    case '$alwaysTrue':
      return always;
    case '$alwaysFalse':
      return () => NOWHERE;
    case '$sampleRate':
      return sampling(condition);
    case '$where':
      throw badValue('no globalScriptEngine in $where parsing');
    case '$not':
      throw badValue('unknown top level operator: $not. If you are trying to negate an entire expression, use $nor.');
    case '$text':
      throw refusal(27, 'text index required for $text query');
    default:
      throw badValue(
        `unknown top level operator: ${name}. If you have a field name that starts with a '$' symbol, consider using $getField or $setField.`,
      );
  }
}

/** A share of all documents, taken by chance. */
function sampling(rate: unknown): Predicate {
  const share = asNumber(rate);
  if (share === undefined) throw badValue(`argument to $sampleRate must be a numeric type, not ${typeName(rate)}`);
  if (!(share >= 0 && share <= 1)) throw badValue(`numeric argument to $sampleRate must be in [0, 1], not ${share}`);
  return () => (Math.random() < share ? OUTSIDE : NOWHERE);
}

function branches(name: string, condition: unknown, options: FilterOptions, slot?: NearSlot): Predicate[] {
  if (!Array.isArray(condition)) throw badValue(`${name} must be an array`);
  if (condition.length === 0) throw badValue('$and/$or/$nor must be a nonempty array');
  return condition.map((branch) => {
    if (!isDocument(branch)) throw badValue('$or/$and/$nor entries need to be full objects');
    return compileDocument(branch, options, slot);
  });
}

function expression(condition: unknown, options: FilterOptions): Predicate {
  const { expr, collation } = options;
  if (expr === undefined) throw refusal(224, '$expr is not allowed in this context');
  const variables = options.let ?? {};
  return (document) => (isTrue(expr(condition, document, variables, collation)) ? OUTSIDE : NOWHERE);
}
