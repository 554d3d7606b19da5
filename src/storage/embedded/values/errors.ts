import type { Document } from './types.ts';

/** A refusal as MongoDB words it: the number, its name and the sentence a driver shows; `extra` adds fields to the reply. */
export class CommandError extends Error {
  readonly code: number;
  readonly codeName: string;
  readonly extra?: Document;

  constructor(code: number, codeName: string, message: string, extra?: Document) {
    super(message);
    this.name = 'CommandError';
    this.code = code;
    this.codeName = codeName;
    if (extra !== undefined) this.extra = extra;
  }
}

/** The names MongoDB gives the codes used here; any other code is named `Location<code>`. */
const NAMES: Readonly<Record<number, string>> = {
  2: 'BadValue',
  9: 'FailedToParse',
  14: 'TypeMismatch',
  15: 'Overflow',
  16: 'InvalidLength',
  22: 'InvalidBSON',
  26: 'NamespaceNotFound',
  27: 'IndexNotFound',
  28: 'PathNotViable',
  34: 'CannotBackfillArray',
  40: 'ConflictingUpdateOperators',
  52: 'DollarPrefixedFieldName',
  53: 'InvalidIdField',
  54: 'NotSingleValueField',
  55: 'InvalidDBRef',
  56: 'EmptyFieldName',
  57: 'DottedFieldName',
  66: 'ImmutableField',
  72: 'InvalidOptions',
  115: 'CommandNotSupported',
  168: 'InvalidPipelineOperator',
  171: 'CannotIndexParallelArrays',
  175: 'QueryPlanKilled',
  224: 'QueryFeatureNotAllowed',
  238: 'NotImplemented',
  291: 'NoQueryExecutionPlans',
  10334: 'BSONObjectTooLarge',
};

/** The refusal with MongoDB's own name for `code`. */
export function refusal(code: number, message: string, extra?: Document): CommandError {
  return new CommandError(code, NAMES[code] ?? `Location${code}`, message, extra);
}

/** Code 2. */
export const badValue = (message: string): CommandError => refusal(2, message);

/** Code 9. */
export const failedToParse = (message: string): CommandError => refusal(9, message);

/** Code 14. */
export const typeMismatch = (message: string): CommandError => refusal(14, message);
