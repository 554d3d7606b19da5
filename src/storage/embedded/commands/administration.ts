/** What tools and drivers ask of a server beside its data: settings, users. Much of it has nothing to do here. */
import { type Collection, checkThere } from '../disk/catalog.ts';
import { setMemoryLimit } from '../query/memory.ts';
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
  ['currentOp', fixed({ inprog: [] })],
  ['fsync', fixed({ numFiles: 1 })],
  ['profile', fixed({ was: 0, slowms: 100, sampleRate: 1 })],
  ['usersInfo', fixed({ users: [] })],
  ['rolesInfo', fixed({ roles: [] })],
  ['logout', fixed({})],
  ['planCacheClear', fixed({})],
  [
    'getDefaultRWConcern',
    fixed({ defaultReadConcern: { level: 'local' }, defaultWriteConcern: { w: 1, wtimeout: 0 } }),
  ],
];

/** Sets how much memory one blocking stage may take; MongoDB has a parameter for sorting and one for grouping. */
export const setParameter: Command = {
  writes: false,
  run({ body }) {
    for (const name of ['internalQueryMaxBlockingSortMemoryUsageBytes', 'internalDocumentSourceGroupMaxMemoryBytes']) {
      if (body[name] === undefined) continue;
      return okReply({ was: setMemoryLimit(asNumber(body[name])) });
    }
    const unknown = Object.keys(body).find(
      (name) => name !== 'setParameter' && !name.startsWith('$') && name !== 'lsid',
    );
    throw refusal(72, `attempted to set unrecognized parameter [${unknown ?? ''}], use help:true to see options`);
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
