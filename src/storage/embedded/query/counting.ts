/** Counts what matches, reading as little as can be. */

import type { Collection } from '../disk/catalog.ts';
import { COUNTED_AT_ONCE } from '../disk/range.ts';
import { type Asked, openQuery } from './query.ts';
import type { Readable } from './readable.ts';
import { checkPlan } from './rows.ts';
import { countEntries } from './scan.ts';
import { PAUSE, type Pause } from './slice.ts';

/** How many documents match, `skip` and `limit` applied: from the catalog, from an index, or by looking. */
export function* countMatching(parts: Readable, collection: Collection, asked: Asked): Generator<Pause, number> {
  const { filter, skip = 0, limit = Number.POSITIVE_INFINITY, hint } = asked;
  const within = (found: number) => Math.min(Math.max(found - skip, 0), limit);
  if (Object.keys(filter).length === 0 && hint === undefined) return within(collection.count);
  const { plan, rows } = openQuery(parts, collection, { ...asked, skip: undefined, limit: undefined });
  let found = 0;
  if (plan.kind === 'index' && plan.exact) {
    let since = 0;
    for (const some of countEntries(parts.environment, plan)) {
      found += some;
      since += some;
      if (since < COUNTED_AT_ONCE) continue;
      since = 0;
      yield PAUSE;
      checkPlan(collection, plan);
    }
    return within(found);
  }
  try {
    while (found < skip + limit) {
      const row = rows.next();
      if (row === undefined) break;
      if (row === PAUSE) {
        rows.suspend();
        yield PAUSE;
      } else found += 1;
    }
  } finally {
    rows.suspend();
  }
  return within(found);
}
