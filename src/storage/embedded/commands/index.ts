/** Every command this store answers, by the name a client sends. */
import { searchNotEnabled } from '../aggregate/pipeline.ts';
import { okReply } from '../reply.ts';
import type { Document } from '../values/bson.ts';
import { CommandError } from '../values/errors.ts';
import * as server from './about-server.ts';
import { convertToCapped, dataSize, IDLE, profile, reIndex } from './administration.ts';
import { aggregate } from './aggregate.ts';
import { bulkWrite } from './bulk-write.ts';
import { collMod } from './coll-mod.ts';
import { drop, dropDatabase, renameCollection } from './collections.ts';
import type { Command } from './command.ts';
import { count, distinct } from './count.ts';
import { create } from './create.ts';
import { currentOp } from './current-op.ts';
import { remove } from './delete.ts';
import { explain } from './explain.ts';
import { find, getMore, killCursors } from './find.ts';
import { findAndModify } from './find-and-modify.ts';
import * as indexes from './indexes.ts';
import { insert } from './insert.ts';
import { listCollections, listDatabases } from './listing.ts';
import { getParameter, setParameter } from './parameters.ts';
import * as sessions from './sessions.ts';
import { collStats, dbStats } from './stats.ts';
import { update } from './update.ts';
import { validate } from './validate.ts';

/** Names and gives what it needs; the commands of a help text. */
const listCommands: Command = {
  writes: false,
  run: () => okReply({ commands: Object.fromEntries([...COMMANDS.keys()].map((name) => [name, { help: '' }])) }),
};

const COMMANDS: ReadonlyMap<string, Command> = new Map<string, Command>([
  ...IDLE,
  ['currentOp', currentOp],
  ['profile', profile],
  ['startSession', sessions.startSession],
  ['endSessions', sessions.endSessions],
  ['killSessions', sessions.killSessions],
  ['killAllSessions', sessions.killAllSessions],
  ['killAllSessionsByPattern', sessions.killAllSessionsByPattern],
  ['setParameter', setParameter],
  ['dataSize', dataSize],
  ['reIndex', reIndex],
  ['convertToCapped', convertToCapped],
  ['listCommands', listCommands],
  ['find', find],
  ['getMore', getMore],
  ['killCursors', killCursors],
  ['insert', insert],
  ['update', update],
  ['delete', remove],
  ['findAndModify', findAndModify],
  ['findandmodify', findAndModify],
  ['aggregate', aggregate],
  ['bulkWrite', bulkWrite],
  ['count', count],
  ['distinct', distinct],
  ['explain', explain],
  ['create', create],
  ['drop', drop],
  ['dropDatabase', dropDatabase],
  ['renameCollection', renameCollection],
  ['listCollections', listCollections],
  ['listDatabases', listDatabases],
  ['collStats', collStats],
  ['collstats', collStats],
  ['dbStats', dbStats],
  ['dbstats', dbStats],
  ['validate', validate],
  ['createIndexes', indexes.createIndexes],
  ['dropIndexes', indexes.dropIndexes],
  ['deleteIndexes', indexes.dropIndexes],
  ['listIndexes', indexes.listIndexes],
  ['collMod', collMod],
  ['hello', server.hello],
  ['isMaster', server.hello],
  ['ismaster', server.hello],
  ['ping', server.ping],
  ['buildInfo', server.buildInfo],
  ['buildinfo', server.buildInfo],
  ['getParameter', getParameter],
  ['getCmdLineOpts', server.getCmdLineOpts],
  ['getLog', server.getLog],
  ['getFreeMonitoringStatus', server.getFreeMonitoringStatus],
  ['connectionStatus', server.connectionStatus],
  ['hostInfo', server.hostInfo],
  ['serverStatus', server.serverStatus],
  ['whatsmyuri', server.whatsmyuri],
]);

const SEARCH_COMMANDS = new Set(['createSearchIndexes', 'updateSearchIndex', 'dropSearchIndex', 'listSearchIndexes']);
/** There are no users, so nobody can log in as one. */
const LOGIN_COMMANDS = new Set(['saslStart', 'saslContinue', 'authenticate']);
const TRANSACTION_COMMANDS = new Set([
  'commitTransaction',
  'abortTransaction',
  'startTransaction',
  'prepareTransaction',
]);

/** The command of that name; refused with code 59 when there is none. */
export function commandNamed(name: string): Command {
  const found = COMMANDS.get(name);
  if (found !== undefined) return found;
  if (TRANSACTION_COMMANDS.has(name)) {
    throw new CommandError(
      20,
      'IllegalOperation',
      'Transaction numbers are only allowed on a replica set member or mongos',
    );
  }
  if (LOGIN_COMMANDS.has(name)) throw new CommandError(18, 'AuthenticationFailed', 'Authentication failed.');
  if (SEARCH_COMMANDS.has(name)) throw searchNotEnabled;
  throw new CommandError(59, 'CommandNotFound', `no such command: '${name}'`);
}

/** Whether a command must run inside a transaction. */
export function mustWrite(command: Command, body: Document): boolean {
  return typeof command.writes === 'boolean' ? command.writes : command.writes(body);
}
