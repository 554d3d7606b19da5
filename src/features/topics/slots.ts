import type { mongo } from 'mongoose';
import mongoose from 'mongoose';
import { rawCollection } from '../../core/aggregate.ts';
import type { House } from '../../core/house.ts';
import { insertNew } from '../../core/insert.ts';
import { MINUTE } from '../../core/time.ts';
import type { TopicDoc } from './model.ts';

/**
 * Slots of a person, each taken by one topic before that begins: an `_id` goes in once, from however many processes, so that
 * of several sent at the same moment no more begin than there are slots. A slot says nothing of when it is free again: its
 * topic does, so that nothing has to be given back.
 */
export interface Slot {
  /** `kind:person:number` */
  _id: string;
  topic: string;
  at: Date;
}

/** A topic begins at once or never: after a crash in between its slot is free again so much later. */
const BEGINS_WITHIN = 2 * MINUTE;
const ATTEMPTS = 20;

type Begun = Pick<TopicDoc, 'state' | 'createdAt'>;

const slotsOf = (house: House): mongo.Collection<Slot> =>
  house.model<Slot>('topic_slots').collection as unknown as mongo.Collection<Slot>;

/**
 * Takes one of so many slots for a topic that is about to begin. Done again for the same topic it changes nothing.
 * @param slots whose and of what kind, how many, and whether a topic that has begun still holds its own
 * @returns the topics that hold all of them, when others do; otherwise `undefined`
 */
export async function takeSlot(
  house: House,
  slots: { name: string; count: number; holds(topic: Begun): boolean },
  topic: string,
  now: Date,
): Promise<Slot[] | undefined> {
  const taken: Slot[] = [];
  for (let number = 0; number < slots.count; number += 1) {
    const slot = await taking(house, { _id: `${slots.name}:${number}`, topic, at: now }, slots.holds);
    if (slot.topic === topic) return undefined;
    taken.push(slot);
  }
  return taken;
}

/** Gives a slot back that a topic took which will not begin. */
export async function giveSlotBack(house: House, name: string, topic: string): Promise<void> {
  await slotsOf(house).deleteMany({ _id: { $gte: `${name}:`, $lt: `${name};` }, topic });
}

/** @returns the slot as it is afterwards: one's own, or another's who holds it */
async function taking(house: House, mine: Slot, holds: (topic: Begun) => boolean): Promise<Slot> {
  const { _id, topic, at } = mine;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if ((await insertNew(slotsOf(house), [mine])) === 1) return mine;
    const slot = await slotsOf(house).findOne({ _id });
    if (!slot) continue;
    if (slot.topic === topic || (await isHeld(house, slot, at, holds))) return slot;
    const same = { _id, topic: slot.topic, at: slot.at };
    if ((await slotsOf(house).updateOne(same, { $set: { topic, at } })).modifiedCount === 1) return mine;
  }
  return { _id, topic: '', at };
}

async function isHeld(house: House, slot: Slot, now: Date, holds: (topic: Begun) => boolean): Promise<boolean> {
  const projection = { state: 1, createdAt: 1 };
  const topics = rawCollection(house.model<TopicDoc>('topic'));
  const begun = (await topics.findOne({ _id: slot.topic }, { projection })) as unknown as Begun | null;
  return begun ? holds(begun) : now.getTime() - slot.at.getTime() < BEGINS_WITHIN;
}

export function slotSchema(): mongoose.Schema {
  return new mongoose.Schema(
    {
      _id: { type: String, required: true },
      topic: { type: String, required: true },
      at: { type: Date, required: true },
    },
    { versionKey: false, minimize: false, autoIndex: false },
  );
}
