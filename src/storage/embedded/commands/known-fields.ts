/** Which fields each command knows; any other is refused as MongoDB does, rather than passed over in silence. */
import type { Document } from '../values/bson.ts';
import { badValue, CommandError, refusal, typeMismatch } from '../values/errors.ts';
import { asNumber } from '../values/numbers.ts';
import { isDocument, typeName } from '../values/types.ts';

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

const MAX_INT = 2_147_483_647;

function checkMaxTime({ maxTimeMS }: Document): void {
  if (maxTimeMS === undefined) return;
  const number = asNumber(maxTimeMS);
  if (number === undefined)
    throw typeMismatch(`BSON field 'maxTimeMS' is the wrong type '${typeName(maxTimeMS)}', expected a number`);
  if (number < 0 || number > MAX_INT) throw badValue(`${number} value for maxTimeMS is out of range [0, ${MAX_INT}]`);
  if (!Number.isInteger(number)) throw badValue('maxTimeMS has non-integral value');
}

/** Refuses (code 40415) a field neither `known` to the command nor common to all. */
export function checkFields(body: Document, name: string, input: string, known: ReadonlySet<string>): void {
  for (const field of Object.keys(body)) {
    if (field === name || known.has(field) || isGeneric(field)) continue;
    throw refusal(40415, `BSON field '${input}.${field}' is an unknown field.`);
  }
}

/** Refuses what only several servers together can do (transactions, more copies than one, a snapshot of them all), and a `maxTimeMS` that is no time. */
export function checkSingleServer(body: Document): void {
  if ('autocommit' in body || 'startTransaction' in body) {
    throw new CommandError(
      20,
      'IllegalOperation',
      'Transaction numbers are only allowed on a replica set member or mongos',
    );
  }
  checkConcerns(body);
  checkMaxTime(body);
}

const WRITE_CONCERN = new Set(['w', 'j', 'fsync', 'wtimeout', 'wElectionId', 'wOpId', 'getLastError', 'provenance']);
const READ_CONCERN = new Set([
  'level',
  'afterOpTime',
  'afterClusterTime',
  'atClusterTime',
  'provenance',
  'allowTransactionTableSnapshot',
  'waitLastStableRecoveryTimestamp',
]);
const LEVELS: ReadonlySet<unknown> = new Set(['local', 'majority', 'linearizable', 'available', 'snapshot']);

/** Refuses what a single server cannot promise: more copies than one, a snapshot of several. */
function checkConcerns(body: Document): void {
  const write = concern(body, 'writeConcern', WRITE_CONCERN);
  if (write !== undefined) {
    const { w } = write;
    const number = asNumber(w);
    if (number !== undefined && number > 1) throw badValue("cannot use 'w' > 1 when a host is not replicated");
    if (typeof w === 'string' && w !== 'majority') {
      throw badValue(`cannot use non-majority 'w' mode "${w}" when a host is not a member of a replica set`);
    }
  }
  const read = concern(body, 'readConcern', READ_CONCERN);
  if (read?.level === undefined) return;
  const { level } = read;
  if (typeof level !== 'string')
    throw typeMismatch(`BSON field 'readConcern.level' is the wrong type '${typeName(level)}', expected type 'string'`);
  if (!LEVELS.has(level))
    throw badValue(`Enumeration value '${level}' for field 'readConcern.level' is not a valid value.`);
  if (level === 'snapshot' || level === 'linearizable') {
    throw new CommandError(123, 'NotAReplicaSet', 'node needs to be a replica set member to use read concern');
  }
}

function concern(body: Document, name: string, known: ReadonlySet<string>): Document | undefined {
  const given = body[name];
  if (given === undefined) return undefined;
  if (!isDocument(given))
    throw typeMismatch(`BSON field '${name}' is the wrong type '${typeName(given)}', expected type 'object'`);
  for (const field of Object.keys(given)) {
    if (!known.has(field)) throw refusal(40415, `BSON field '${name}.${field}' is an unknown field.`);
  }
  return given;
}
