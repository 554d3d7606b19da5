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
  /** Which documents could not be upgraded: tried again whenever the house opens. Absent while there is none. */
  failed?: string[];
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
  /** Those whose failed documents were tried again since the house opened. */
  const retried = new Set<string>();

  async function work(): Promise<void> {
    for (const upgrade of upgrades) {
      if (stopped) return;
      try {
        await lookAt(upgrade);
      } catch (err) {
        // The others are no less urgent for it.
        house.log.error({ err, upgrade: upgrade.name }, 'an upgrade could not go on; it is tried again');
      }
    }
  }

  async function lookAt(upgrade: Upgrade): Promise<void> {
    const mark = await marksOf(house).findOne({ _id: upgrade.name });
    if (mark?.doneAt && (!mark.failed || retried.has(upgrade.name))) return;
    await house.coordination.lock(`upgrade:${upgrade.name}`, HELD_MS, () => carryOn(upgrade));
  }

  async function carryOn(upgrade: Upgrade): Promise<void> {
    const { name, model } = upgrade;
    const marks = marksOf(house);
    const documents = rawCollection(house.model<Aggregate>(model));
    const total = await documents.estimatedDocumentCount();
    let mark = await begun(name);
    if (mark.failed && !retried.has(name)) mark = await tryFailed(upgrade, mark);
    retried.add(name);
    while (!mark.doneAt && !stopped) {
      const batch = await documents
        .find({ _id: { $gt: mark.after } })
        .sort({ _id: 1 })
        .limit(BATCH)
        .toArray();
      const { changed, failed } = await upgraded(upgrade, batch);
      mark = {
        ...mark,
        after: batch.at(-1)?._id ?? mark.after,
        seen: mark.seen + batch.length,
        changed: mark.changed + changed,
        ...(failed.length > 0 && { failed: [...(mark.failed ?? []), ...failed] }),
        ...(batch.length < BATCH && { doneAt: house.clock.now() }),
      };
      await marks.replaceOne({ _id: name }, mark);
      const { seen, changed: all } = mark;
      if (batch.length > 0) house.log.info({ upgrade: name, seen, of: total, changed: all }, 'documents were upgraded');
    }
  }

  /** @returns which documents failed: one that does not open must not keep the rest from being upgraded */
  async function upgraded({ name, one }: Upgrade, documents: readonly Aggregate[]) {
    let changed = 0;
    const failed: string[] = [];
    const each = async (document: Aggregate): Promise<void> => {
      try {
        if (await one(document, house)) changed += 1;
      } catch (err) {
        failed.push(document._id);
        house.log.error({ err, upgrade: name, id: document._id }, 'a document could not be upgraded');
      }
    };
    for (let at = 0; at < documents.length; at += AT_ONCE) {
      await Promise.all(documents.slice(at, at + AT_ONCE).map(each));
    }
    return { changed, failed };
  }

  async function tryFailed(upgrade: Upgrade, { failed: before = [], ...mark }: UpgradeMark): Promise<UpgradeMark> {
    const documents = await rawCollection(house.model<Aggregate>(upgrade.model))
      .find({ _id: { $in: before } })
      .toArray();
    const { changed, failed } = await upgraded(upgrade, documents);
    const next = { ...mark, changed: mark.changed + changed, ...(failed.length > 0 && { failed }) };
    await marksOf(house).replaceOne({ _id: upgrade.name }, next);
    return next;
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
    onTrouble: (error) => house.log.error({ err: error }, 'the upgrades could not go on; they are tried again'),
  });

  return {
    async stop(): Promise<void> {
      stopped = true;
      await rounds.stop();
    },
  };
}
