import { rawCollection } from '../../core/aggregate.ts';
import type { Told } from '../../core/feature.ts';
import type { House } from '../../core/house.ts';
import { atCivil } from '../../core/time.ts';
import type { TalkDoc } from './model.ts';

const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];

/** Whether at least one of the talks a secretary is reminded of is still to be held. */
export async function stillLeft({ data }: Told, house: House): Promise<boolean> {
  const workers = texts(data.workers);
  const talks = rawCollection(house.model<TalkDoc>('talk'));
  if (typeof data.id === 'string') {
    return (await talks.countDocuments({ _id: data.id, state: { $in: ['asked', 'scheduled'] } })) > 0;
  }
  const held = await talks
    .find({ 'worker.id': { $in: workers }, heldIn: data.quarter })
    .project({ 'worker.id': 1 })
    .toArray();
  const done = new Set((held as unknown as Pick<TalkDoc, 'worker'>[]).map(({ worker }) => worker.id));
  return workers.some((worker) => !done.has(worker));
}

/** When two are to meet: a Shanghai day and hour. */
export function meetsAt({ day, time }: Pick<NonNullable<TalkDoc['meeting']>, 'day' | 'time'>): Date {
  const [hour, minute] = time.split(':').map(Number);
  return atCivil(day, hour, minute);
}

/** Whether two still mean to meet when they were told they would, and that is to come. */
export async function stillToMeet({ data, now }: Told, house: House): Promise<boolean> {
  const { id, day, time } = data;
  if (meetsAt({ day: String(day), time: String(time) }) <= now) return false;
  const talk = { _id: String(id), state: 'scheduled', 'meeting.day': day, 'meeting.time': time };
  return (await rawCollection(house.model<TalkDoc>('talk')).countDocuments(talk)) > 0;
}
