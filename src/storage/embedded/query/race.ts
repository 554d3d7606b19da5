/** Tells which of several plans answers a query with the least reading, by letting them run side by side for a while. */

import { COUNTED_AT_ONCE } from '../disk/range.ts';
import { decode } from '../values/bson.ts';
import type { Filter } from '../values/matcher.ts';
import type { Candidate } from './plan.ts';
import type { Source } from './rows.ts';
import { countEntries, IndexScan } from './scan.ts';

/** How many entries a plan reads before the next has its turn. */
const TURN = 32;
/** How many entries each plan reads at most; after that the winner is reckoned. */
const MOST = 1024;

/** One plan under way. */
class Runner {
  readonly candidate: Candidate;
  readonly #source: Source;
  readonly #scan: IndexScan;
  readonly #filter: Filter;
  readonly #wanted: number;
  /** Whether its documents come in the wanted order, so that it may stop at the last one wanted. */
  readonly #stops: boolean;
  read = 0;
  #found = 0;
  finished = false;

  constructor(candidate: Candidate, source: Source, filter: Filter, wanted: number) {
    this.candidate = candidate;
    this.#source = source;
    this.#scan = new IndexScan(source.environment, candidate);
    this.#filter = filter;
    this.#wanted = wanted;
    this.#stops = candidate.sorted && Number.isFinite(wanted);
  }

  turn(): void {
    for (let i = 0; i < TURN && !this.finished; i++) {
      const record = this.#scan.next();
      if (record === undefined) this.finished = true;
      else {
        this.read += 1;
        if (this.#stops && this.#matches(record)) {
          this.#found += 1;
          this.finished = this.#found >= this.#wanted;
        }
      }
    }
  }

  #matches(record: number): boolean {
    if (this.candidate.exact) return true;
    const bytes = this.#source.records.peek(this.#source.collection, record);
    return bytes !== undefined && this.#filter.test(decode(bytes));
  }

  /** How many entries it would read in all; infinitely many when there are too many to be counted for a plan. */
  cost(): number {
    let all = 0;
    for (const some of countEntries(this.#source.environment, this.candidate)) {
      all += some;
      if (all < COUNTED_AT_ONCE) continue;
      all = Number.POSITIVE_INFINITY;
      break;
    }
    return this.#stops ? Math.min(all, (this.read * this.#wanted) / Math.max(this.#found, 0.5)) : all;
  }

  end(): void {
    this.#scan.suspend();
  }
}

function cheapest(runners: readonly Runner[], cost: (runner: Runner) => number): Candidate | undefined {
  let best = runners[0]?.candidate;
  let least = Number.POSITIVE_INFINITY;
  for (const runner of runners) {
    const own = cost(runner);
    if (own < least) [best, least] = [runner.candidate, own];
  }
  return best;
}

/** The candidate that is done first, of equals the one that stands first; `wanted` is how many documents the query wants at most. */
export function fastest(
  source: Source,
  candidates: readonly Candidate[],
  filter: Filter,
  wanted: number,
): Candidate | undefined {
  if (candidates.length < 2) return candidates[0];
  const runners = candidates.map((one) => new Runner(one, source, filter, wanted));
  try {
    for (let read = 0; read < MOST; read += TURN) {
      for (const runner of runners) runner.turn();
      const done = runners.filter(({ finished }) => finished);
      if (done.length > 0) return cheapest(done, ({ read: spent }) => spent);
    }
    return cheapest(runners, (runner) => runner.cost());
  } finally {
    for (const runner of runners) runner.end();
  }
}
