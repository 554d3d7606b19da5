/** Where the socket of an engine lies that runs inside a process. */
import { chmod, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PREFIX = 'haolin-store-';
/** The name of the socket in its folder. */
export const SOCKET = 'store.sock';
/** A younger folder may be one whose engine is about to listen. */
const YOUNG_MS = 60_000;

/** A temporary folder only this user may enter; undefined where unix sockets are not to be had. */
export async function socketRoom(): Promise<string | undefined> {
  if (process.platform === 'win32') return undefined;
  await removeLeft();
  const room = await mkdtemp(join(tmpdir(), PREFIX));
  // The path of a unix socket is limited to about 104 bytes; a long TMPDIR would exceed it.
  if (room.length > 90) {
    await rm(room, { recursive: true, force: true });
    return undefined;
  }
  await chmod(room, 0o700);
  return room;
}

/** Removes the folders of processes that were killed: their sockets are there, and nobody listens. */
async function removeLeft(): Promise<void> {
  const names = await readdir(tmpdir()).catch(() => []);
  for (const name of names) {
    if (!name.startsWith(PREFIX)) continue;
    const room = join(tmpdir(), name);
    // Another user's cannot be looked into, nor removed.
    const made = await stat(join(room, SOCKET)).catch(() => undefined);
    if (made === undefined || Date.now() - made.mtimeMs < YOUNG_MS || !(await isDeaf(join(room, SOCKET)))) continue;
    await rm(room, { recursive: true, force: true }).catch(() => undefined);
  }
}

function isDeaf(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(false);
    });
    socket.once('error', ({ code }: NodeJS.ErrnoException) => resolve(code === 'ECONNREFUSED'));
  });
}
