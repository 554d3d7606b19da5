/** Where an engine that runs inside a process listens: at a place only this user may enter. */
import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { storeWithoutSocket } from './store-error.ts';

const PREFIX = 'haolin-store-';
/** The name of the socket in its folder; a driver knows by the end of it that it is no host. */
const SOCKET = 'store.sock';
/** The system takes paths of about 104 bytes; what `mkdtemp` adds and the socket's own name must fit too. */
const LONGEST_PLACE = 104 - 1 - `/${PREFIX}xxxxxx/${SOCKET}`.length;
/** A younger folder may be one whose engine is about to listen. */
const YOUNG_MS = 60_000;

/** A socket to be listened at. */
export interface PrivateSocket {
  readonly path: string;
  /** Removes what lies around it, once nobody listens. */
  remove(): Promise<void>;
}

/**
 * A path for the socket of the store in `folder`: in a new folder only this user may enter, in the first of `places` that
 * will do. On Windows a pipe, which others cannot write to, nor guess its name.
 * @throws StoreError store_no_socket when none does
 */
export async function privateSocket(
  folder: string,
  places: readonly string[] = [tmpdir(), '/tmp', resolve(folder)],
): Promise<PrivateSocket> {
  if (process.platform === 'win32')
    return { path: `\\\\.\\pipe\\${PREFIX}${randomUUID()}.sock`, remove: async () => undefined };
  for (const place of new Set(places)) {
    if (Buffer.byteLength(place) > LONGEST_PLACE) continue;
    await removeLeft(place);
    const room = await mkdtemp(join(place, PREFIX)).catch(() => undefined);
    if (room === undefined) continue;
    await chmod(room, 0o700);
    return { path: join(room, SOCKET), remove: () => rm(room, { recursive: true, force: true }) };
  }
  throw storeWithoutSocket(places[0] ?? '', LONGEST_PLACE);
}

/** Removes the folders of processes that were killed: their sockets are there, and nobody listens. */
async function removeLeft(place: string): Promise<void> {
  const names = await readdir(place).catch(() => []);
  for (const name of names) {
    if (!name.startsWith(PREFIX)) continue;
    const room = join(place, name);
    // Another user's cannot be looked into, nor removed.
    const made = await stat(join(room, SOCKET)).catch(() => undefined);
    if (made === undefined || Date.now() - made.mtimeMs < YOUNG_MS || !(await isDeaf(join(room, SOCKET)))) continue;
    await rm(room, { recursive: true, force: true }).catch(() => undefined);
  }
}

function isDeaf(path: string): Promise<boolean> {
  return new Promise((told) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      told(false);
    });
    socket.once('error', ({ code }: NodeJS.ErrnoException) => told(code === 'ECONNREFUSED'));
  });
}
