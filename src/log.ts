import pino, { type DestinationStream } from 'pino';
import { describeError } from './core/describe.ts';
import type { Log } from './core/house.ts';

/**
 * The log of a house: a line of JSON for each event. Whatever stands under `err` is described and never quoted, so nobody
 * who logs an error has to think of the people whose data it may carry.
 * @param destination standard output when absent
 */
export function openLog(level: string, destination?: DestinationStream): Log {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: (thrown: unknown) => describeError(thrown) },
  };
  return destination ? pino(options, destination) : pino(options);
}
