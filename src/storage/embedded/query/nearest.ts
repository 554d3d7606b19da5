/** `$near` and `$nearSphere`: documents in the order of their distance. */
import type { Collection } from '../disk/collection.ts';
import { refusal } from '../values/errors.ts';
import type { Nearness } from '../values/matcher/near.ts';
import { keyString } from '../values/order.ts';
import type { Row } from './rows.ts';

/** The key by which rows sort from near to far. Refused (code 291) where MongoDB would lack the geo index to do it. */
export function distanceKey(collection: Collection, { path, indexes, distance }: Nearness): (row: Row) => Uint8Array {
  const indexed = collection.indexes.some(
    ({ pattern, building }) => !building && indexes.some((kind) => pattern[path] === kind),
  );
  if (!indexed) {
    throw refusal(
      291,
      'error processing query: planner returned error :: caused by :: unable to find index for $geoNear query',
    );
  }
  return (row) => keyString([distance(row.document)], [1]);
}
