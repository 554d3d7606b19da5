/** A collection's own rule for what may be stored in it. */

import type { Collection } from '../disk/catalog.ts';
import { evaluate } from '../expressions/expression.ts';
import type { Document } from '../values/bson.ts';
import { CommandError } from '../values/errors.ts';
import { checkPlaces } from '../values/geo/indexable.ts';
import { compileFilter, type Filter } from '../values/matcher.ts';
import { isDocument } from '../values/types.ts';
import { documentField, flagField } from './command.ts';
import { brokenRules } from './failed-validation.ts';
import { checkTime } from './kinds.ts';

const compiled = new WeakMap<Document, Filter>();

/** The options of a collection that say what it accepts, checked; undefined when none is given. */
export function validationOptions(body: Document): Document | undefined {
  const given: Document = {};
  const validator = documentField(body, 'validator');
  if (validator !== undefined) {
    compileValidator(validator);
    given.validator = validator;
  }
  for (const [name, known] of [
    ['validationLevel', ['off', 'strict', 'moderate']],
    ['validationAction', ['error', 'warn', 'errorAndLog']],
  ] as const) {
    const value = body[name];
    if (value === undefined) continue;
    if (!known.some((one) => one === value))
      throw new CommandError(
        2,
        'BadValue',
        `Enumeration value '${String(value)}' for field '${name}' is not a valid value.`,
      );
    given[name] = value;
  }
  return Object.keys(given).length === 0 ? undefined : given;
}

function compileValidator(validator: Document): Filter {
  return compileFilter(validator, {
    expr: (expression, document, variables) => evaluate(expression, document, variables),
  });
}

/** Refuses (code 121) a document the collection does not accept; `before` is what it replaces. */
export function checkValid(collection: Collection, body: Document, document: Document, before?: Document): void {
  for (const { pattern, spec } of collection.indexes) checkPlaces(document, pattern, spec);
  checkTime(collection, document);
  const { validator, validationLevel, validationAction } = collection.options;
  if (!isDocument(validator) || Object.keys(validator).length === 0) return;
  if (validationLevel === 'off' || validationAction === 'warn' || flagField(body, 'bypassDocumentValidation')) return;
  let filter = compiled.get(validator);
  if (filter === undefined) {
    filter = compileValidator(validator);
    compiled.set(validator, filter);
  }
  if (filter.test(document)) return;
  if (validationLevel === 'moderate' && before !== undefined && !filter.test(before)) return;
  throw new CommandError(121, 'DocumentValidationFailure', 'Document failed validation', {
    errInfo: { failingDocumentId: document._id, details: brokenRules(validator, document) },
  });
}
