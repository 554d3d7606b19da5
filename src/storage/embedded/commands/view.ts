/** Views: collections that are another one seen through a pipeline. */
import { stagesOf } from '../aggregate/pipeline.ts';
import type { Seen } from '../aggregate/source.ts';
import type { Spec } from '../aggregate/stage.ts';
import type { Catalog } from '../disk/catalog.ts';
import { CommandError } from '../values/errors.ts';

/** The longest chain of views upon views, as in MongoDB. */
const DEEPEST = 20;

/** Follows views down to the collection they look at. */
export function seen(catalog: Catalog, database: string, name: string): Seen {
  let collection = catalog.find(database, name);
  let stages: Spec[] = [];
  for (let depth = 0; collection?.options.viewOn !== undefined; depth++) {
    if (depth === DEEPEST)
      throw new CommandError(165, 'ViewDepthLimitExceeded', `View depth limit exceeded; maximum depth is ${DEEPEST}`);
    stages = [...stagesOf(collection.options.pipeline as unknown[]), ...stages];
    collection = catalog.find(database, collection.options.viewOn as string);
  }
  return { collection, stages };
}
