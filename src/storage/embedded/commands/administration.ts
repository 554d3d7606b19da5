/** What tools and drivers ask of a server beside its data: users, profiles. Much of it has nothing to do here. */
import { type Collection, checkThere } from '../disk/catalog.ts';
import { errorReply, okReply } from '../reply.ts';
import type { Document } from '../values/bson.ts';
import { CommandError, refusal } from '../values/errors.ts';
import { asNumber } from '../values/numbers.ts';
import { Partway, type Work } from '../work.ts';
import { type Call, type Command, countField } from './command.ts';
import { trimmed } from './kinds.ts';
import { documentBytes } from './stats.ts';

const fixed = (fields: Document): Command => ({ writes: false, run: () => okReply(fields) });

/** Commands that have nothing to do in this store, and say so by succeeding. */
export const IDLE: readonly (readonly [string, Command])[] = [
  ['refreshSessions', fixed({})],
  ['fsync', fixed({ numFiles: 1 })],
  ['usersInfo', fixed({ users: [] })],
  ['rolesInfo', fixed({ roles: [] })],
  ['dropAllUsersFromDatabase', fixed({ n: 0 })],
  ['dropAllRolesFromDatabase', fixed({ n: 0 })],
  ['logout', fixed({})],
  ['planCacheClear', fixed({})],
  [
    'getDefaultRWConcern',
    fixed({ defaultReadConcern: { level: 'local' }, defaultWriteConcern: { w: 1, wtimeout: 0 } }),
  ],
];

/** Tells that nothing is profiled; refuses (code 115) to begin, which MongoDB would write into `system.profile`. */
export const profile: Command = {
  writes: false,
  run({ body }) {
    if ((asNumber(body.profile) ?? 0) > 0) {
      throw new CommandError(115, 'CommandNotSupported', 'this store keeps no profile of its commands');
    }
    return okReply({ was: 0, slowms: 100, sampleRate: 1 });
  },
};

/** The bytes and the number of a collection's documents. */
export const dataSize: Command = {
  writes: false,
  *run(call): Work {
    const collection = named(call, call.body.dataSize);
    const size = yield* documentBytes(call, collection);
    checkThere(collection);
    return okReply({ size, numObjects: collection.count, millis: 0 });
  },
};

function named({ catalog }: Call, namespace: unknown): Collection {
  const text = String(namespace);
  const dot = text.indexOf('.');
  const found = catalog.find(text.slice(0, dot), text.slice(dot + 1));
  if (found === undefined) throw refusal(26, `ns does not exist: ${text}`);
  return found;
}

const PARTWAY = new Partway({ reply: errorReply });
/** Makes the indexes of a collection anew, which a tree that never degrades does not need: it tells which there are. */
export const reIndex: Command = {
  writes: false,
  run(call) {
    const { indexes } = named(call, `${call.database}.${String(call.body.reIndex)}`);
    const n = indexes.length;
    return okReply({ nIndexesWas: n, nIndexes: n, indexes: indexes.map(({ spec }) => spec) });
  },
};

/** Makes a collection capped, which loses its oldest documents when it is too large. */
export const convertToCapped: Command = {
  writes: true,
  *run(call): Work {
    const collection = named(call, `${call.database}.${String(call.body.convertToCapped)}`);
    const size = countField(call.body, 'size');
    if (size === undefined)
      throw new CommandError(72, 'InvalidOptions', 'Capped collection size must be greater than zero');
    for (const _ of trimmed(call, collection, { ...collection.options, size })) yield PARTWAY;
    call.catalog.setOptions(collection, { ...collection.options, capped: true, size });
    return okReply({});
  },
};
