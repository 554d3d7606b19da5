/** MongoDB's Stable API: a client that names a version, strictly, is given nothing that lies outside of it. */
import { CommandError, refusal, typeMismatch } from '../values/errors.ts';
import { type Document, isDocument, typeName } from '../values/types.ts';

/** The commands of version 1. */
const COMMANDS = new Set([
  'abortTransaction',
  'aggregate',
  'bulkWrite',
  'collMod',
  'commitTransaction',
  'count',
  'create',
  'createIndexes',
  'delete',
  'drop',
  'dropDatabase',
  'dropIndexes',
  'endSessions',
  'explain',
  'find',
  'findAndModify',
  'findandmodify',
  'getMore',
  'hello',
  'insert',
  'killCursors',
  'listCollections',
  'listDatabases',
  'listIndexes',
  'ping',
  'refreshSessions',
  'update',
]);

/** The stages of an aggregate that are not in version 1. */
const OUTSIDE = new Set(['$currentOp', '$indexStats', '$listLocalSessions', '$listSessions', '$planCacheStats']);

/**
 * Refuses a version other than 1 (code 322), what is not in it when it is to be kept to strictly (code 323), and strictness
 * without a version (code 4886600).
 */
export function checkApiVersion(name: string, body: Document): void {
  const { apiVersion, apiStrict, apiDeprecationErrors } = body;
  if (apiVersion === undefined) {
    if (apiStrict === undefined && apiDeprecationErrors === undefined) return;
    throw refusal(4886600, 'Provided apiStrict and/or apiDeprecationErrors without passing apiVersion');
  }
  if (typeof apiVersion !== 'string') {
    throw typeMismatch(`BSON field 'apiVersion' is the wrong type '${typeName(apiVersion)}', expected type 'string'`);
  }
  if (apiVersion !== '1') throw new CommandError(322, 'APIVersionError', 'API version must be "1"');
  if (apiStrict !== true) return;
  if (!COMMANDS.has(name)) {
    throw outside(`the command ${name} is not in API Version 1`);
  }
  if (name !== 'aggregate' || !Array.isArray(body.pipeline)) return;
  for (const stage of body.pipeline) {
    const [used = ''] = isDocument(stage) ? Object.keys(stage) : [];
    if (OUTSIDE.has(used)) throw outside(`stage ${used} is not in API Version 1`);
  }
}

function outside(why: string): CommandError {
  return new CommandError(323, 'APIStrictError', `Provided apiStrict:true, but ${why}.`);
}
