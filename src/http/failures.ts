export { describeError } from '../core/describe.ts';

const AWAY_NAMES =
  /^(?:Mongo(?:ose)?(?:ServerSelection|Network|NetworkTimeout|NotConnected|TopologyClosed|PoolClosed|PoolCleared|WaitQueueTimeout|ConnectionPoolCleared|PoolClearedOnNetwork|ClientClosed|OperationTimeout)Error|DisconnectedError|MaxRetriesPerRequestError)$/;
const AWAY_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EHOSTUNREACH', 'ETIMEDOUT', 'EPIPE']);
/** What the libraries say without a name of its own. */
const AWAY_SENTENCES =
  /buffering timed out|Connection is closed\.|Cannot use a session that has ended|client was closed/;
/** How many causes down are looked at. */
const DEEPEST = 5;

/** Whether an error means that the database or Redis cannot be reached right now. */
export function isAway(thrown: unknown): boolean {
  for (let error: unknown = thrown, depth = 0; error instanceof Error && depth < DEEPEST; depth += 1) {
    const { code } = error as { code?: unknown };
    if (AWAY_NAMES.test(error.name) || AWAY_SENTENCES.test(error.message)) return true;
    if (typeof code === 'string' && AWAY_CODES.has(code)) return true;
    error = error.cause;
  }
  return false;
}
