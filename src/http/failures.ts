import { maskPersonal } from '../core/text.ts';

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

/** An error as the log may hold it. */
export interface Described {
  type: string;
  code?: string | number;
  message: string;
  stack: string;
  cause?: Described;
}

/**
 * An error with where it happened but without whom it happened to: databases and parsers quote the values they choke on,
 * and those are people's words and numbers.
 */
export function describeError(thrown: unknown, depth = 0): Described {
  if (!(thrown instanceof Error)) return { type: typeof thrown, message: 'something other than an error', stack: '' };
  const { code } = thrown as { code?: unknown };
  return {
    type: thrown.name,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    message: withoutValues(thrown.message),
    stack: (thrown.stack ?? '')
      .split('\n')
      .filter((line) => /^\s+at /.test(line))
      .join('\n'),
    ...(thrown.cause instanceof Error && depth < DEEPEST ? { cause: describeError(thrown.cause, depth + 1) } : {}),
  };
}

function withoutValues(message: string): string {
  return maskPersonal(
    message
      .slice(0, 1_000)
      .replace(/dup key: \{.*/s, 'dup key: {…}')
      .replace(/"[^"]*"/g, '"…"'),
  );
}
