/** The stages that gather documents: `$group`, `$sortByCount`, `$count`. */

import { compileExpression } from '../expressions/expression.ts';
import { Budget } from '../query/memory.ts';
import { PAUSE, sliceSpent } from '../query/slice.ts';
import type { Document } from '../values/bson.ts';
import { refusal } from '../values/errors.ts';
import { isDocument, setField } from '../values/types.ts';
import { compileAccumulator, keyOf } from './accumulators.ts';
import { sort } from './ordering.ts';
import type { Maker } from './stage.ts';

export const group: Maker = (spec, context) => {
  if (!isDocument(spec)) throw refusal(15947, "a group's fields must be specified in an object");
  if (!('_id' in spec)) throw refusal(15955, 'a group specification must include an _id');
  const { _id, ...fields } = spec;
  const fold = context.collation?.fold;
  const id = compileExpression(_id);
  const accumulators = Object.keys(fields).map((name) => ({ name, make: compileAccumulator(name, fields[name]) }));
  return function* run(input) {
    const budget = new Budget('$group');
    const groups = new Map<string, { id: unknown; gatherings: ReturnType<(typeof accumulators)[number]['make']>[] }>();
    for (const document of input) {
      if (document === PAUSE) yield PAUSE;
      else {
        const scope = { root: document, ...context };
        const value = id(scope);
        const key = value === undefined ? '' : keyOf(fold === undefined ? value : fold(value));
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

export const sortByCount: Maker = (spec, context) => {
  if (isDocument(spec)) {
    const [name, ...others] = Object.keys(spec);
    if (name === undefined || others.length > 0 || !name.startsWith('$'))
      throw refusal(
        40147,
        'the sortByCount field must be defined as a $-prefixed path or an expression inside an object',
      );
  } else if (typeof spec !== 'string')
    throw refusal(40149, 'the sortByCount field must be specified as a string or as an object');
  else if (!spec.startsWith('$'))
    throw refusal(
      40148,
      'the sortByCount field must be defined as a $-prefixed path or an expression inside an object',
    );
  const grouped = group({ _id: spec, count: { $sum: 1 } }, context);
  const sorted = sort({ count: -1 }, context);
  return (input) => sorted(grouped(input));
};

export const count: Maker = (spec) => {
  if (typeof spec !== 'string') throw refusal(40156, 'the count field must be a non-empty string');
  if (spec === '') throw refusal(40157, 'the count field must be a non-empty string');
  if (spec.startsWith('$')) throw refusal(40158, 'the count field cannot be a $-prefixed path');
  if (spec.includes('\0')) throw refusal(40159, 'the count field cannot contain a null byte');
  if (spec.includes('.')) throw refusal(40160, "the count field cannot contain '.'");
  return function* run(input) {
    let n = 0;
    for (const document of input) {
      if (document === PAUSE) yield PAUSE;
      else n += 1;
    }
    if (n > 0) yield { [spec]: n };
  };
};
