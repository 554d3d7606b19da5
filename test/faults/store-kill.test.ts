/**
 * `HAOLIN_KILLS` says how often the store is killed: without it a hundred times, or less on a machine that needs half a minute,
 * in CI a quarter of one, for less.
 */
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Db } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CollectionBuilder, IndexBuilder } from './store-builders.ts';
import { Keepers } from './store-keepers.ts';
import { bundledStore, StoreProcess } from './store-process.ts';
import { SlotRacers, VersionRacers } from './store-racers.ts';
import { chance, upTo, type Writers } from './store-writers.ts';

const { HAOLIN_KILLS, CI } = process.env;
const MOST_KILLS = Number(HAOLIN_KILLS ?? 100);
const LIMIT = 60_000 + MOST_KILLS * 10_000;
/** When no more kills are begun, in seconds. */
const ENOUGH = CI ? 15 : 30;
/** The most writes that are acknowledged between two kills, and the longest that is waited for them in milliseconds. */
const MOST_WRITES = 100;
const LONGEST = 1_000;
/** How often the store is killed while it is being opened. */
const EARLY = 0.1;

let folder: string;
let store: StoreProcess;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'haolin-store-kill-'));
  store = new StoreProcess(await bundledStore(), folder);
});
afterAll(async () => {
  await store.end();
  await rm(folder, { recursive: true, force: true });
});

/** Kills the store before it has verified, taken over and cleaned up what the last one left. */
async function killEarly(): Promise<void> {
  const opened = store.open().then(
    ({ client }) => client.close(),
    () => undefined,
  );
  await wait(Math.random() * 50);
  await store.kill();
  await opened;
}

/** Lets the writers write, and kills the store at some moment after so many writes. */
async function killUnderLoad(db: Db, writers: readonly Writers[], acknowledged: () => number): Promise<void> {
  const until = acknowledged() + upTo(MOST_WRITES);
  const latest = performance.now() + LONGEST;
  let going = true;
  const working = writers.flatMap((one) => one.start(db, () => going));
  while (acknowledged() < until && performance.now() < latest) await wait(1);
  await wait(Math.random() * 5);
  going = false;
  await store.kill();
  await db.client.close();
  await Promise.all(working);
}

describe('a store killed again and again under load', () => {
  it(
    'holds every acknowledged write, none by half, and every index agrees with the documents',
    async () => {
      const began = performance.now();
      const seconds = () => Math.round((performance.now() - began) / 1_000);
      const keepers = new Keepers(6);
      const writers: readonly Writers[] = [
        keepers,
        new SlotRacers(3),
        new VersionRacers(4, 2),
        new IndexBuilder(),
        new CollectionBuilder(),
      ];
      const sum = (of: (one: Writers) => number) => writers.reduce((total, one) => total + of(one), 0);
      const acknowledged = () => sum(({ tally }) => tally.acknowledged);
      let kills = 0;
      let early = 0;
      for (let last = false; !last; ) {
        last = kills === MOST_KILLS || (HAOLIN_KILLS === undefined && seconds() > ENOUGH);
        if (kills > 0 && !last && chance(EARLY)) {
          await killEarly();
          early += 1;
          kills += 1;
          continue;
        }
        const { client, faults } = await store.open();
        const db = client.db('city');
        expect(faults).toEqual([]);
        for (const one of writers) {
          if (kills === 0) await one.prepare(db);
          else expect(await one.verify(db)).toEqual([]);
        }
        if (last) await client.close();
        else {
          await killUnderLoad(db, writers, acknowledged);
          kills += 1;
        }
      }

      const { done, undone } = keepers.cutOff;
      const { size } = await stat(join(folder, 'store/data.mdb'));
      console.log(
        `${kills} kills in ${seconds()} s, ${early} of them while it was being opened: ${acknowledged()} acknowledged writes, ` +
          `${sum(({ tally }) => tally.cutOff)} not answered; of ${done + undone} documents under way ${done} were changed ` +
          `and ${undone} not; ${keepers.documents} documents at the end, ${Math.round(size / 1e6)} MB`,
      );
      expect(writers.flatMap(({ tally }) => tally.surprises)).toEqual([]);
      expect(acknowledged()).toBeGreaterThan(kills * 10);
      expect(done).toBeGreaterThan(0);
      expect(undone).toBeGreaterThan(0);
    },
    LIMIT,
  );
});
