/** `$redact`: keeps or leaves out documents, and the documents within them, by what an expression says of each. */

import { compileExpression } from '../expressions/expression.ts';
import type { Document } from '../values/bson.ts';
import { refusal } from '../values/errors.ts';
import { isDocument, setField } from '../values/types.ts';
import { each, type Maker } from './stage.ts';

const VERDICTS = { DESCEND: 'descend', PRUNE: 'prune', KEEP: 'keep' };

export const redact: Maker = (spec, context) => {
  const judge = compileExpression(spec);
  return each((document) => {
    const variables = { ...context.variables, ...VERDICTS, ROOT: document };
    const left = redacted(document);
    return left === undefined ? [] : [left];

    function redacted(within: Document): Document | undefined {
      switch (judge({ ...context, root: within, variables })) {
        case VERDICTS.KEEP:
          return within;
        case VERDICTS.PRUNE:
          return undefined;
        case VERDICTS.DESCEND:
          break;
        default:
          throw refusal(17053, '$redact must resolve to $$KEEP, $$PRUNE, or $$DESCEND');
      }
      const result: Document = {};
      for (const name of Object.keys(within)) {
        const [value] = descended(within[name]);
        if (value !== undefined) setField(result, name, value);
      }
      return result;
    }

    /** What is left of a value: nothing, or one. */
    function descended(value: unknown): unknown[] {
      if (Array.isArray(value)) return [value.flatMap(descended)];
      if (!isDocument(value)) return [value];
      const inner = redacted(value);
      return inner === undefined ? [] : [inner];
    }
  });
};
