import type { mongo } from 'mongoose';
import { tooBusy } from '../../core/errors.ts';
import { gather, oneFor } from '../../core/gather.ts';
import type { House } from '../../core/house.ts';
import type { Counter } from './model.ts';

const ATTEMPTS = 5;
const DUPLICATE_KEY = 11_000;

/** The next human number for a kind of thing in a community: 1, 2, 3 … never twice, however many ask at once. */
export async function nextNumber(house: House, kind: string, community: string): Promise<number> {
  return numbererOf(house)(`${kind}:${community}`);
}

/** Those who ask one counter at about the same time draw their numbers with one write, in the order they asked. */
const numbererOf = oneFor((house: House) =>
  gather(async (counters: string[]) => {
    const next = new Map<string, number>();
    await Promise.all(
      [...new Set(counters)].map(async (counter) => {
        const count = counters.filter((one) => one === counter).length;
        next.set(counter, (await draw(house, counter, count)) - count + 1);
      }),
    );
    return counters.map((counter) => {
      const number = next.get(counter) ?? 0;
      next.set(counter, number + 1);
      return number;
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
      if ((error as { code?: unknown }).code !== DUPLICATE_KEY) throw error;
    }
  }
  throw tooBusy();
}
