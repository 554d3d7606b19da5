import type { mongo } from 'mongoose';
import { tooBusy } from '../../core/errors.ts';
import { gather, oneFor } from '../../core/gather.ts';
import type { House } from '../../core/house.ts';
import { isDuplicate } from '../../core/insert.ts';
import type { Counter } from './model.ts';

const ATTEMPTS = 5;

/**
 * The next human number for a kind of thing in a community: 1, 2, 3 … never twice, however many ask at once.
 * @throws HaolinError busy
 */
export async function nextNumber(house: House, kind: string, community: string): Promise<number> {
  const drawn = await numbererOf(house)(`${kind}:${community}`);
  if (drawn.status === 'rejected') throw drawn.reason;
  return drawn.value;
}

/**
 * Those who ask one counter at about the same time draw their numbers with one write, in the order they asked. What fails
 * of one counter is told to those who asked it; the others keep the numbers they drew.
 */
const numbererOf = oneFor((house: House) =>
  gather(async (counters: string[]) => {
    const asked = [...new Set(counters)];
    const drawn = await Promise.allSettled(
      asked.map((counter) => draw(house, counter, counters.filter((one) => one === counter).length)),
    );
    return counters.map((counter, at): PromiseSettledResult<number> => {
      const outcome = drawn[asked.indexOf(counter)] as PromiseSettledResult<number>;
      if (outcome.status === 'rejected') return outcome;
      const after = counters.slice(at + 1).filter((one) => one === counter).length;
      return { status: 'fulfilled', value: outcome.value - after };
    });
  }),
);

/** Counts on by so many. Returns the last number. @throws HaolinError busy */
async function draw(house: House, counter: string, count: number): Promise<number> {
  const counters = house.model<Counter>('counters').collection as unknown as mongo.Collection<Counter>;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    try {
      const counted = await counters.findOneAndUpdate(
        { _id: counter },
        { $inc: { last: count } },
        { upsert: true, returnDocument: 'after' },
      );
      if (counted) return counted.last;
    } catch (error) {
      // Two first numbers at once: one upsert loses on `_id` and simply counts on.
      if (!isDuplicate(error)) throw error;
    }
  }
  throw tooBusy();
}
