/** The bridge to mingo, which reads dates by a format. */
import type { Decimal128, Double, Long } from 'bson';
import { Aggregator } from 'mingo/aggregator';
import { Context } from 'mingo/core';
import * as accumulators from 'mingo/operators/accumulator';
import * as expressions from 'mingo/operators/expression';
import * as stages from 'mingo/operators/pipeline';
import * as projections from 'mingo/operators/projection';
import * as queries from 'mingo/operators/query';
import * as windows from 'mingo/operators/window';
import { badValue, CommandError } from '../values/errors.ts';
import { type Document, isDocument, setField, tagOf } from '../values/types.ts';

const context = Context.init({
  accumulator: { ...accumulators } as never,
  expression: { ...expressions } as never,
  pipeline: { ...stages } as never,
  projection: { ...projections } as never,
  query: { ...queries } as never,
  window: { ...windows } as never,
});

/** Evaluates one operator on operands already evaluated. */
export function applyByMingo(name: string, operands: unknown): unknown {
  return guarded(() => {
    const [result] = new Aggregator([{ $replaceWith: { v: { [name]: literals(operands) } } }], { context }).run([{}]);
    return (result as Document | undefined)?.v;
  });
}

function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw badValue(error instanceof Error ? error.message : String(error));
  }
}

/** Operands as constants, so that texts beginning with `$` are not taken for paths. */
function literals(operands: unknown): unknown {
  if (Array.isArray(operands)) return operands.map((one) => ({ $literal: plain(one) }));
  if (isDocument(operands)) {
    const result: Document = {};
    for (const name of Object.keys(operands)) setField(result, name, { $literal: plain(operands[name]) });
    return result;
  }
  return { $literal: plain(operands) };
}

/** A value with numbers as JavaScript's own. */
export function plain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(plain);
  switch (tagOf(value)) {
    case undefined:
      break;
    case 'Double':
      return (value as Double).value;
    case 'Long':
      return (value as Long).toNumber();
    case 'Decimal128':
      return Number((value as Decimal128).toString());
    default:
      return value;
  }
  if (!isDocument(value)) return value;
  const result: Document = {};
  for (const name of Object.keys(value)) setField(result, name, plain(value[name]));
  return result;
}
