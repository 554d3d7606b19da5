/** Which fields each command knows; any other is refused as MongoDB does, rather than passed over in silence. */
import type { Document } from '../values/bson.ts';
import { CommandError, refusal } from '../values/errors.ts';

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

/** Refuses (code 40415) a field neither `known` to the command nor common to all. */
export function checkFields(body: Document, name: string, input: string, known: ReadonlySet<string>): void {
  for (const field of Object.keys(body)) {
    if (field === name || known.has(field) || GENERIC.has(field)) continue;
    throw refusal(40415, `BSON field '${input}.${field}' is an unknown field.`);
  }
}

/** Refuses transactions: this store writes each document atomically and nothing more. */
export function checkNoTransaction(body: Document): void {
  if ('autocommit' in body || 'startTransaction' in body) {
    throw new CommandError(
      20,
      'IllegalOperation',
      'Transaction numbers are only allowed on a replica set member or mongos',
    );
  }
}
