/** A disk a store can fill: a small one of its own where the test may mount, else a limit on the size of the store's files. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdir, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cutToPages } from '../storage/data-file.ts';
import type { StoreProcess } from './store-process.ts';

/** One way of having a disk filled. `room` is the folder that holds the store as `store`. */
export interface SmallDisk {
  name: string;
  /** Whether this machine lets us. */
  possible: boolean;
  make(room: string): Promise<void>;
  /** Leaves so many bytes of room to the store, which is open and idle. */
  leave(room: string, store: StoreProcess, bytes: number): Promise<void>;
  free(room: string, store: StoreProcess): Promise<void>;
}

const canMount =
  process.getuid?.() === 0 &&
  spawnSync('sh', ['-c', 'd=$(mktemp -d) && mount -t tmpfs tmpfs $d && umount $d; rmdir $d'], { stdio: 'ignore' })
    .status === 0;
const canLimit = spawnSync('prlimit', ['--version'], { stdio: 'ignore' }).status === 0;

const dataFile = (room: string) => join(room, 'store', 'data.mdb');

const ownDisk: SmallDisk = {
  name: 'a disk of its own',
  possible: canMount,
  async make(room) {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=160m', 'tmpfs', room]);
    await mkdir(join(room, 'store'));
  },
  async leave(room, _, bytes) {
    cutToPages(dataFile(room));
    const { bavail, bsize } = await statfs(room);
    await writeFile(join(room, 'ballast'), Buffer.alloc(bavail * bsize - bytes));
  },
  free: (room) => rm(join(room, 'ballast')),
};

function limit(store: StoreProcess, bytes: string): void {
  execFileSync('prlimit', ['--pid', String(store.pid), `--fsize=${bytes}:`]);
}

const limitedFiles: SmallDisk = {
  name: 'files that may grow no further',
  possible: canLimit,
  make: async () => {},
  async leave(room, store, bytes) {
    cutToPages(dataFile(room));
    const { size } = await stat(dataFile(room));
    limit(store, String(size + bytes));
  },
  free: async (_, store) => limit(store, 'unlimited'),
};

export const SMALL_DISKS: readonly SmallDisk[] = [ownDisk, limitedFiles];
