import type { mongo } from 'mongoose';
import { rawCollection, readAggregate } from '../../core/aggregate.ts';
import type { House } from '../../core/house.ts';
import type { CareDoc } from './model.ts';

/** The driver's own collection of people in care. */
export const cares = (house: House): mongo.Collection<CareDoc> =>
  rawCollection(house.model<CareDoc>('care')) as unknown as mongo.Collection<CareDoc>;

/** A document of care by its id. Do not change what is returned. */
export const findCare = (house: House, id: string): Promise<CareDoc | undefined> =>
  readAggregate(house.model<CareDoc>('care'), id);

/** Those of these people who are in care now. */
export async function keptOf(house: House, persons: readonly string[]): Promise<CareDoc[]> {
  if (persons.length === 0) return [];
  return cares(house)
    .find({ state: 'kept', person: { $in: [...new Set(persons)] } })
    .project<CareDoc>({ history: 0, outbox: 0, notes: 0 })
    .toArray();
}
