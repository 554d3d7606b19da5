import { maskPersonal } from './personal.ts';

/** An error as the log may hold it. */
export interface Described {
  type: string;
  code?: string | number;
  message: string;
  stack: string;
  cause?: Described;
}

/** How many causes down are described. */
const DEEPEST = 5;
const LONGEST_MESSAGE = 1_000;
/** What was described already, so that it is not taken for something unknown when it reaches the log. */
const described = new WeakSet<object>();

/**
 * An error with where it happened but without whom it happened to: databases and parsers quote the values they choke on,
 * and those are people's words and numbers.
 */
export function describeError(thrown: unknown, depth = 0): Described {
  if (typeof thrown === 'object' && thrown !== null && described.has(thrown)) return thrown as Described;
  const description = thrown instanceof Error ? ofError(thrown, depth) : ofAnythingElse(thrown);
  described.add(description);
  return description;
}

function ofError(error: Error, depth: number): Described {
  const { code } = error as { code?: unknown };
  return {
    type: error.name,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    message: withoutValues(error.message),
    stack: (error.stack ?? '')
      .split('\n')
      .filter((line) => /^\s+at /.test(line))
      .join('\n'),
    ...(error.cause instanceof Error && depth < DEEPEST ? { cause: describeError(error.cause, depth + 1) } : {}),
  };
}

const ofAnythingElse = (thrown: unknown): Described => ({
  type: typeof thrown,
  message: 'something other than an error',
  stack: '',
});

/** Our own messages are English and name no one: what is Chinese, quoted or a long number was somebody's. */
function withoutValues(message: string): string {
  return maskPersonal(
    message
      .slice(0, LONGEST_MESSAGE)
      .replace(/dup key: \{.*/s, 'dup key: {…}')
      .replace(/"[^"]*"/g, '"…"')
      .replace(/\p{Script=Han}+/gu, '…')
      .replace(/\d{7,}/g, '…'),
  );
}
