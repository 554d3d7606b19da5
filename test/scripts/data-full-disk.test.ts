/** What is on a full disk can be saved elsewhere. */
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Document } from 'mongodb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { copyStore } from '../../scripts/data-move/copy.ts';
import { openFolder, type Place } from '../../scripts/data-move/place.ts';
import { checkFolder } from '../../src/storage/embedded/engine.ts';

let room: string;
let disk: string;
let mounted: boolean;

beforeEach(async () => {
  room = await mkdtemp(join(tmpdir(), 'haolin-full-'));
  disk = join(room, 'disk');
  await mkdir(disk);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=32m', 'tmpfs', disk], { stdio: 'ignore' });
    mounted = true;
  } catch {
    mounted = false;
  }
});
afterEach(async () => {
  if (mounted) execFileSync('umount', ['-l', disk]);
  await rm(room, { recursive: true, force: true });
});

/** A store with documents. */
async function fill(): Promise<Place> {
  const place = await openFolder(join(disk, 'store'), true);
  const many = Array.from({ length: 1000 }, (_, n) => ({ n, text: 'x'.repeat(500) }));
  await place.client.db('t').collection<Document>('k').insertMany(many);
  return place;
}

async function leaveNothing(): Promise<void> {
  const { bavail, bsize } = await statfs(disk);
  await writeFile(join(disk, 'ballast'), Buffer.alloc(bavail * bsize));
  expect((await statfs(disk)).bavail).toBe(0);
}

test.for(['open', 'closed'])('a store on a full disk is copied while it is %s', async (state, { skip }) => {
  if (!mounted) skip('needs the right to mount');
  const place = await fill();
  if (state === 'closed') await place.close();
  await leaveNothing();
  const copy = join(room, 'copy');
  await copyStore(join(disk, 'store'), copy);
  if (state === 'open') await place.close();
  const { collections, faults } = await checkFolder(copy);
  expect([...faults, ...collections.flatMap((one) => one.faults)]).toEqual([]);
  expect(collections).toEqual([expect.objectContaining({ namespace: 't.k', records: 1000 })]);
});

test('a store on a full disk is opened to be exported', async ({ skip }) => {
  if (!mounted) skip('needs the right to mount');
  await (await fill()).close();
  await leaveNothing();
  const place = await openFolder(join(disk, 'store'), false);
  expect(await place.client.db('t').collection('k').countDocuments()).toBe(1000);
  await place.close();
});
