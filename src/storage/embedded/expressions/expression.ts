/** Aggregation expressions, compiled to functions. Operators are evaluated with BSON's own numbers. */

import type { Document } from '../values/bson.ts';
import type { Collation } from '../values/collation.ts';
import { CommandError, failedToParse, refusal } from '../values/errors.ts';
import { fieldAt, parsePath, type Segment } from '../values/paths.ts';
import { isDocument, setField } from '../values/types.ts';
import { OPERATORS } from './operators.ts';
import type { Expression } from './scope.ts';

const compiled = new WeakMap<object, Expression>();

/** The value of an expression on a document. */
export function evaluate(expression: unknown, document: Document, variables: Document, collation?: Collation): unknown {
  return compileExpression(expression)({ root: document, variables, collation });
}

/** Compiles an expression. Unknown operators are refused with code 168. */
export function compileExpression(expression: unknown): Expression {
  if (typeof expression === 'string' && expression.startsWith('$')) return compilePath(expression);
  if (typeof expression !== 'object' || expression === null) return () => expression;
  const known = compiled.get(expression);
  if (known !== undefined) return known;
  const made = compileObject(expression);
  compiled.set(expression, made);
  return made;
}

function compileObject(expression: object): Expression {
  if (Array.isArray(expression)) {
    const parts = expression.map(compileExpression);
    return (scope) => parts.map((part) => part(scope) ?? null);
  }
  if (!isDocument(expression)) return () => expression;
  const names = Object.keys(expression);
  const [first] = names;
  if (first?.startsWith('$')) {
    if (names.length > 1) {
      throw refusal(15983, `an object representing an expression must have exactly one field: ${names.join(', ')}`);
    }
    return compileOperator(first, expression[first]);
  }
  const fields = names.map((name): [string, Expression] => [name, compileExpression(expression[name])]);
  return (scope) => {
    const result: Document = {};
    for (const [name, field] of fields) {
      const value = field(scope);
      if (value !== undefined) setField(result, name, value);
    }
    return result;
  };
}

function compileOperator(name: string, operand: unknown): Expression {
  if (name === '$literal' || name === '$const') return () => operand;
  const own = OPERATORS.get(name);
  if (own !== undefined) return own(operand, compileExpression);
  if (name === '$function' || name === '$accumulator') throw refusal(115, `${name} is not supported by this store`);
  throw new CommandError(168, 'InvalidPipelineOperator', `Unrecognized expression '${name}'`);
}

const SYSTEM = new Set(['ROOT', 'CURRENT', 'NOW', 'REMOVE', 'CLUSTER_TIME', 'DESCEND', 'PRUNE', 'KEEP', 'USER_ROLES']);

function compilePath(text: string): Expression {
  if (!text.startsWith('$$')) {
    const path = checkedPath(text.slice(1));
    return ({ root }) => valueAt(root, path, 0);
  }
  const [variable = '', ...rest] = text.slice(2).split('.');
  if (variable === '') throw failedToParse('empty variable names are not allowed');
  const path = rest.length === 0 ? [] : checkedPath(rest.join('.'));
  return ({ root, variables }) => valueAt(variableOf(variable, root, variables), path, 0);
}

function variableOf(name: string, root: unknown, variables: Document): unknown {
  if (name === 'CURRENT') return 'CURRENT' in variables ? variables.CURRENT : root;
  if (name === 'ROOT') return 'ROOT' in variables ? variables.ROOT : root;
  if (name === 'REMOVE') return undefined;
  if (Object.hasOwn(variables, name)) return variables[name];
  if (SYSTEM.has(name)) return undefined;
  throw refusal(17276, `Use of undefined variable: ${name}`);
}

function checkedPath(path: string): readonly Segment[] {
  if (path === '') throw refusal(16872, "'$' by itself is not a valid FieldPath");
  if (path.split('.').includes('')) throw refusal(15998, 'FieldPath field names may not be empty strings.');
  return parsePath(path);
}

/** The value at a path as expressions see it: through an array it is the array of what its documents have there. */
function valueAt(from: unknown, path: readonly Segment[], at: number): unknown {
  let current = from;
  for (let i = at; i < path.length; i++) {
    if (Array.isArray(current)) {
      const values: unknown[] = [];
      for (const element of current) {
        if (!isDocument(element)) continue;
        const value = valueAt(element, path, i);
        if (value !== undefined) values.push(value);
      }
      return values;
    }
    if (!isDocument(current)) return undefined;
    current = fieldAt(current, path[i] as Segment);
  }
  return current;
}
