/**
 * Regular expressions that cannot hold the store up: JavaScript tries all the ways an expression may meet a text, which
 * may take years, and nothing else is done meanwhile.
 */
import { createContext, Script } from 'node:vm';
import { refusal } from '../errors.ts';

/** What a compiled expression is asked. */
export interface Pattern {
  readonly expression: RegExp;
  test(text: string): boolean;
  /** Does what is to be done with the expression on a text, as `inTime` does where it may take long. */
  on<T>(text: string, work: () => T): T;
}

/** How long one test may take at most. */
const MOST_MS = 500;
/** So many ways to meet a text are tried in no time. */
const MOST_WAYS = 1e8;

const place: { work: (() => unknown) | undefined } = { work: undefined };
const context = createContext(place);
const timed = new Script('work()');

/**
 * An expression whose tests are ended when they take too long, which costs so much that it is done only where they may.
 * `source` is its JavaScript source without what can be met in one way only. A test that is ended throws: see `inTime`.
 */
export function bounded(expression: RegExp, source: string): Pattern {
  const most = longestAtEase(source);
  const on = <T>(text: string, work: () => T): T => (text.length <= most ? work() : inTime(work));
  return { expression, on, test: (text) => on(text, () => expression.test(text)) };
}

/** The length up to which a text is surely met or missed at once. */
function longestAtEase(source: string): number {
  const bare = source
    .replace(/\\[\s\S]/g, 'x')
    .replace(/\[[^\]]*\]/g, 'x')
    .replaceAll('(?', '(');
  const counted = (marks: RegExp) => bare.match(marks)?.length ?? 0;
  const choices = counted(/[*+?{]/g) + (bare.includes('(') ? counted(/\|/g) : 0);
  // Inside what is repeated there is a choice at each character; else a place for each choice, and one to begin at.
  const repeated = choices > 1 && /\)[*+{]/.test(bare);
  return Math.floor(repeated ? Math.log(MOST_WAYS) / Math.log(choices + 1) : MOST_WAYS ** (1 / (choices + 1)));
}

/**
 * Does work with regular expressions that changes nothing, since it may be broken off anywhere; in about 0.2 ms more than
 * without. Throws code 51156 when it takes too long, MongoDB's for an expression that comes to its own bound.
 */
function inTime<T>(work: () => T): T {
  place.work = work;
  try {
    return timed.runInContext(context, { timeout: MOST_MS }) as T;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    throw refusal(51156, `Error occurred while executing the regular expression: it took longer than ${MOST_MS} ms`);
  } finally {
    place.work = undefined;
  }
}
