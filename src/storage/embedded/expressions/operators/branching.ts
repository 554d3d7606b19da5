/** Comparing, deciding, naming: `$eq` and its kin, `$cond`, `$switch`, `$ifNull`, `$let`, `$and`, `$or`, `$not`. */
import type { Document } from '../../values/bson.ts';
import { refusal } from '../../values/errors.ts';
import { isDocument, setField } from '../../values/types.ts';
import type { Expression } from '../scope.ts';
import { compareMissing, isNullish, isTruthy, list, type Maker, named, unary, variableName } from './operator.ts';

function comparison(name: string, test: (order: number) => unknown): [string, Maker] {
  return [
    name,
    (operand, compile) => {
      const [a, b] = list(name, operand, compile, 2, 2) as [Expression, Expression];
      return (scope) => test(compareMissing(a(scope), b(scope), scope.collation));
    },
  ];
}

const conditional: Maker = (operand, compile) => {
  const parts = Array.isArray(operand)
    ? operand
    : (({ if: test, then: yes, else: no }) => [test, yes, no])(
        named('$cond', operand, ['if', 'then', 'else'], {
          unknown: 17083,
          missing: [
            ['if', 17080],
            ['then', 17081],
            ['else', 17082],
          ],
        }),
      );
  const [test, yes, no] = list('$cond', parts, compile, 3, 3) as [Expression, Expression, Expression];
  return (scope) => (isTruthy(test(scope)) ? yes(scope) : no(scope));
};

const choice: Maker = (operand, compile) => {
  const given = named('$switch', operand, ['branches', 'default'], { other: 40060, unknown: 40067 });
  if (given.branches !== undefined && !Array.isArray(given.branches))
    throw refusal(40061, '$switch expected an array for branches');
  if (given.branches === undefined || given.branches.length === 0)
    throw refusal(40068, '$switch requires at least one branch');
  const branches = given.branches.map((one: unknown) => {
    const branch = named('$switch', one, ['case', 'then'], {
      other: 40062,
      unknown: 40063,
      missing: [
        ['case', 40064],
        ['then', 40065],
      ],
    });
    return { test: compile(branch.case), value: compile(branch.then) };
  });
  const otherwise = 'default' in given ? compile(given.default) : undefined;
  return (scope) => {
    for (const { test, value } of branches) if (isTruthy(test(scope))) return value(scope);
    if (otherwise === undefined)
      throw refusal(40066, '$switch could not find a matching branch for an input, and no default was specified.');
    return otherwise(scope);
  };
};

const letIn: Maker = (operand, compile) => {
  const given = named('$let', operand, ['vars', 'in'], {
    other: 16874,
    unknown: 16875,
    missing: [
      ['vars', 16876],
      ['in', 16877],
    ],
  });
  if (!isDocument(given.vars)) throw refusal(10065, `invalid parameter: expected an object (vars)`);
  const variables = Object.entries(given.vars).map(([name, value]): [string, Expression] => [
    variableName(name),
    compile(value),
  ]);
  const inside = compile(given.in);
  return (scope) => {
    const values: Document = { ...scope.variables };
    for (const [name, value] of variables) setField(values, name, value(scope));
    return inside({ ...scope, variables: values });
  };
};

const ifNull: Maker = (operand, compile) => {
  const count = Array.isArray(operand) ? operand.length : 1;
  if (count < 2) throw refusal(1257300, `$ifNull needs at least two arguments, had: ${count}`);
  const parts = list('$ifNull', operand, compile, 2, Number.POSITIVE_INFINITY);
  return (scope) => {
    let value: unknown;
    for (const part of parts) {
      value = part(scope);
      if (!isNullish(value)) return value;
    }
    return value;
  };
};

const every: Maker = (operand, compile) => {
  const parts = list('$and', operand, compile, 0, Number.POSITIVE_INFINITY);
  return (scope) => parts.every((part) => isTruthy(part(scope)));
};

const some: Maker = (operand, compile) => {
  const parts = list('$or', operand, compile, 0, Number.POSITIVE_INFINITY);
  return (scope) => parts.some((part) => isTruthy(part(scope)));
};

export const BRANCHING: readonly [string, Maker][] = [
  comparison('$eq', (order) => order === 0),
  comparison('$ne', (order) => order !== 0),
  comparison('$gt', (order) => order > 0),
  comparison('$gte', (order) => order >= 0),
  comparison('$lt', (order) => order < 0),
  comparison('$lte', (order) => order <= 0),
  comparison('$cmp', (order) => Math.sign(order)),
  ['$cond', conditional],
  ['$switch', choice],
  ['$ifNull', ifNull],
  ['$let', letIn],
  ['$and', every],
  ['$or', some],
  unary('$not', (value) => !isTruthy(value)),
];
