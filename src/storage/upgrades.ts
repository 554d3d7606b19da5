import type { mongo } from 'mongoose';
import { rawCollection } from '../core/aggregate.ts';
import type { Upgrade } from '../core/feature.ts';
import type { House } from '../core/house.ts';
import type { Aggregate } from '../core/lifecycle.ts';
import { startRounds } from '../core/rounds.ts';
import { MINUTE } from '../core/time.ts';

/** How far an upgrade has come. */
export interface UpgradeMark {
  _id: string;
  /** The last document it has seen, in the order of ids. */
  after: string;
  seen: number;
  changed: number;
  startedAt: Date;
  /** Absent until every document was seen. */
  doneAt?: Date;
}

const BATCH = 100;
const AT_ONCE = 8;
/** How long another process waits for one that died at it. */
const HELD_MS = MINUTE;
/** What failed, or is another process's, is looked at again after this. */
const EVERY_MS = 10 * MINUTE;

export const marksOf = ({ db }: Pick<House, 'db'>) =>
  db.collection('upgrades') as unknown as mongo.Collection<UpgradeMark>;

/**
 * Carries out what upgrades are left, one after the other, while the house is open: in batches, each marked as done with the
 * next one to come, so that whoever starts after a crash goes on there. One process at a time is at one.
 */
export function startUpgrades(house: House, upgrades: readonly Upgrade[]) {
  let stopped = false;

  async function work(): Promise<void> {
    for (const upgrade of upgrades) {
      const mark = await marksOf(house).findOne({ _id: upgrade.name });
      if (mark?.doneAt || stopped) continue;
      await house.coordination.lock(`upgrade:${upgrade.name}`, HELD_MS, () => carryOn(upgrade));
    }
  }

  async function carryOn({ name, model, one }: Upgrade): Promise<void> {
    const marks = marksOf(house);
    const documents = rawCollection(house.model<Aggregate>(model));
    const total = await documents.estimatedDocumentCount();
    for (let mark = await begun(name); !mark.doneAt && !stopped; ) {
      const batch = await documents
        .find({ _id: { $gt: mark.after } })
        .sort({ _id: 1 })
        .limit(BATCH)
        .toArray();
      let changed = 0;
      for (let at = 0; at < batch.length; at += AT_ONCE) {
        const done = await Promise.all(batch.slice(at, at + AT_ONCE).map((document) => one(document, house)));
        changed += done.filter(Boolean).length;
      }
      mark = {
        ...mark,
        after: batch.at(-1)?._id ?? mark.after,
        seen: mark.seen + batch.length,
        changed: mark.changed + changed,
        ...(batch.length < BATCH && { doneAt: house.clock.now() }),
      };
      await marks.replaceOne({ _id: name }, mark);
      const { seen, changed: all } = mark;
      if (batch.length > 0) house.log.info({ upgrade: name, seen, of: total, changed: all }, 'documents were upgraded');
    }
  }

  async function begun(name: string): Promise<UpgradeMark> {
    const first = { after: '', seen: 0, changed: 0, startedAt: house.clock.now() };
    const mark = await marksOf(house).findOneAndUpdate(
      { _id: name },
      { $setOnInsert: first },
      { upsert: true, returnDocument: 'after' },
    );
    return mark ?? { _id: name, ...first };
  }

  const rounds = startRounds({
    work,
    everyMs: EVERY_MS,
    onTrouble: (error) => house.log.error({ err: error }, 'an upgrade could not go on; it is tried again'),
  });

  return {
    async stop(): Promise<void> {
      stopped = true;
      await rounds.stop();
    },
  };
}
