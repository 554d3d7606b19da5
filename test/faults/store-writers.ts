/** What all writers on a store that may be killed have in common. */
import { type Db, MongoServerError } from 'mongodb';

/** Some writers, who know what the store must hold after a kill. */
export interface Writers {
  readonly tally: Tally;
  /** Makes what they need, before the first kill. */
  prepare(db: Db): Promise<void>;
  /** Writes until the store is gone or `going` says no. */
  start(db: Db, going: () => boolean): Promise<void>[];
  /** What is wrong in the store opened again. */
  verify(db: Db): Promise<string[]>;
}

/** What became of the writes. */
export class Tally {
  acknowledged = 0;
  cutOff = 0;
  readonly surprises: string[] = [];

  /** Writes again and again, until a write is not answered. */
  async repeat(going: () => boolean, write: () => Promise<void>): Promise<void> {
    while (going()) {
      try {
        await write();
        this.acknowledged += 1;
      } catch (error) {
        // An answer nobody expected; anything else is the connection's end.
        if (error instanceof MongoServerError && typeof error.code === 'number') this.surprises.push(String(error));
        else this.cutOff += 1;
        return;
      }
    }
  }
}

export function upTo(end: number): number {
  return Math.floor(Math.random() * end);
}

export function chance(probability: number): boolean {
  return Math.random() < probability;
}

export function pick<T>(from: readonly T[]): T {
  return from[upTo(from.length)] as T;
}
