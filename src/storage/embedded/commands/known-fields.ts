/** Which fields each command knows; any other is refused as MongoDB does, rather than passed over in silence. */
import type { Document } from '../values/bson.ts';
import { badValue, CommandError, refusal } from '../values/errors.ts';
import { asNumber } from '../values/numbers.ts';
import { isDocument } from '../values/types.ts';

const GENERIC = new Set([
  'lsid',
  '$db',
  '$readPreference',
  '$clusterTime',
  '$audit',
  '$client',
  '$configServerState',
  'txnNumber',
  'autocommit',
  'startTransaction',
  'apiVersion',
  'apiStrict',
  'apiDeprecationErrors',
  'writeConcern',
  'readConcern',
  'comment',
  'maxTimeMS',
  'maxTimeMSOpOnly',
  'stmtId',
  'help',
  'rawData',
  'allowImplicitCollectionCreation',
  'mayBypassWriteBlocking',
]);

/** Whether a command's field is one that all commands have. */
export function isGeneric(field: string): boolean {
  return GENERIC.has(field);
}

/** Refuses (code 40415) a field neither `known` to the command nor common to all. */
export function checkFields(body: Document, name: string, input: string, known: ReadonlySet<string>): void {
  for (const field of Object.keys(body)) {
    if (field === name || known.has(field) || isGeneric(field)) continue;
    throw refusal(40415, `BSON field '${input}.${field}' is an unknown field.`);
  }
}

/** Refuses what only several servers together can do: transactions, more copies than one, a snapshot of them all. */
export function checkSingleServer(body: Document): void {
  if ('autocommit' in body || 'startTransaction' in body) {
    throw new CommandError(
      20,
      'IllegalOperation',
      'Transaction numbers are only allowed on a replica set member or mongos',
    );
  }
  checkConcerns(body);
}

const LEVELS = ['local', 'available', 'majority', 'linearizable', 'snapshot'] as const;

/** Refuses what a single server cannot promise: more copies than one, a snapshot of several. */
function checkConcerns({ writeConcern, readConcern }: Document): void {
  if (isDocument(writeConcern)) {
    const { w } = writeConcern;
    const number = asNumber(w);
    if (number !== undefined && number > 1) throw badValue("cannot use 'w' > 1 when a host is not replicated");
    if (typeof w === 'string' && w !== 'majority') {
      throw badValue(`cannot use non-majority 'w' mode "${w}" when a host is not a member of a replica set`);
    }
  }
  if (!isDocument(readConcern)) return;
  if (readConcern.level !== undefined && !LEVELS.some((level) => level === readConcern.level)) {
    throw badValue(
      `Enumeration value '${String(readConcern.level)}' for field 'readConcern.level' is not a valid value.`,
    );
  }
  if (readConcern.level === 'snapshot' || readConcern.level === 'linearizable') {
    throw new CommandError(123, 'NotAReplicaSet', 'node needs to be a replica set member to use read concern');
  }
}
