/** `maxTimeMS`: how long a command may take. */
import { CommandError } from '../values/errors.ts';
import type { Work } from '../work.ts';
import { type Call, countField } from './command.ts';

const EXPIRED = new CommandError(50, 'MaxTimeMSExpired', 'operation exceeded time limit');
const NOTHING = new Uint8Array(0);

/**
 * What a command's `run` gave, ended with code 50 at the first pause after its time is over; `since` is when it came, in
 * milliseconds of `performance.now()`. For getMore the field says how long a tail waits, which is its own business.
 */
export function bounded(call: Call, since: number, result: Uint8Array | Work): Uint8Array | Work {
  if (result instanceof Uint8Array || call.name === 'getMore') return result;
  const most = countField(call.body, 'maxTimeMS') || undefined;
  return most === undefined ? result : endedAt(since + most, result);
}

function* endedAt(until: number, work: Work): Work {
  try {
    let step = work.next();
    while (!step.done) {
      yield step.value;
      // Thrown where it paused, so that it takes back what a refusal takes back.
      step = performance.now() > until ? work.throw(EXPIRED) : work.next();
    }
    return step.value;
  } finally {
    work.return(NOTHING);
  }
}
