/** What a driver asks of a server before and beside its work. */
import { hostname } from 'node:os';
import { Long } from 'bson';
import { okReply } from '../reply.ts';
import { MAX_MESSAGE_BYTES } from '../wire.ts';
import type { Command } from './command.ts';
import { MAX_DOCUMENT_BYTES, MAX_ITEMS } from './writes.ts';

/** The version of MongoDB whose behaviour this store follows. */
export const VERSION = '8.2.0';
/** Its wire protocol: 25 and up promise the bulkWrite command, 27 the `rawData` field. */
const WIRE_VERSION = 27;

/** The handshake. */
export const hello: Command = {
  writes: false,
  run: ({ now, connection, name }) =>
    okReply({
      helloOk: true,
      ...(name === 'hello' ? { isWritablePrimary: true } : { ismaster: true }),
      maxBsonObjectSize: MAX_DOCUMENT_BYTES,
      maxMessageSizeBytes: MAX_MESSAGE_BYTES,
      maxWriteBatchSize: MAX_ITEMS,
      localTime: now(),
      logicalSessionTimeoutMinutes: 30,
      connectionId: connection,
      minWireVersion: 0,
      maxWireVersion: WIRE_VERSION,
      readOnly: false,
    }),
};

const fixed = (fields: Parameters<typeof okReply>[0]): Command => ({ writes: false, run: () => okReply(fields) });

/** Commands whose answer is always the same. */
export const ping = fixed({});
export const buildInfo = fixed({
  version: VERSION,
  gitVersion: 'haolin',
  modules: [],
  versionArray: VERSION.split('.').map(Number).concat(0),
  bits: 64,
  debug: false,
  maxBsonObjectSize: MAX_DOCUMENT_BYTES,
  storageEngines: ['lmdb'],
});
export const getCmdLineOpts = fixed({ argv: [], parsed: {} });
export const getLog = fixed({ totalLinesWritten: 0, log: [] });
export const connectionStatus = fixed({ authInfo: { authenticatedUsers: [], authenticatedUserRoles: [] } });
export const getFreeMonitoringStatus = fixed({ state: 'disabled' });

/** The machine. */
export const hostInfo: Command = {
  writes: false,
  run: ({ now }) =>
    okReply({
      system: { currentTime: now(), hostname: hostname(), cpuAddrSize: 64 },
      os: { type: process.platform },
      extra: {},
    }),
};

/** How the store is doing. */
export const serverStatus: Command = {
  writes: false,
  run: ({ now, startedAt, cursors }) => {
    const uptime = (now().getTime() - startedAt.getTime()) / 1000;
    return okReply({
      host: hostname(),
      version: VERSION,
      process: 'haolin-store',
      pid: Long.fromNumber(process.pid),
      uptime,
      uptimeMillis: Long.fromNumber(Math.round(uptime * 1000)),
      localTime: now(),
      mem: { bits: 64, resident: Math.round(process.memoryUsage.rss() / 1_048_576) },
      metrics: { cursor: { open: { total: Long.fromNumber(cursors.size) } } },
      storageEngine: { name: 'lmdb', persistent: true },
    });
  },
};

/** Who am I speaking from. */
export const whatsmyuri: Command = {
  writes: false,
  run: ({ connection }) => okReply({ you: `127.0.0.1:${connection}` }),
};
