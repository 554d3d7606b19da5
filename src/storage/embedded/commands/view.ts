/** Views: collections that are another one seen through a pipeline. */
import { stagesOf } from '../aggregate/pipeline.ts';
import type { Seen } from '../aggregate/source.ts';
import type { Spec } from '../aggregate/stage.ts';
import type { Catalog } from '../disk/catalog.ts';
import { CommandError } from '../values/errors.ts';

/** The longest chain of views upon views, as in MongoDB. */
const DEEPEST = 20;

/**
 * Refuses a view that would lead back to itself (code 5), or whose chain of views would be too long (165). `name` is the view
 * to be made, `on` what it is to look at.
 */
export function checkViews(catalog: Catalog, database: string, name: string, on: string): void {
  const chain = [name];
  for (let next: unknown = on; typeof next === 'string'; next = catalog.find(database, next)?.options.viewOn) {
    if (next === name) {
      const names = [...chain, name].map((one) => `${database}.${one}`).join(' => ');
      throw new CommandError(5, 'GraphContainsCycle', `View cycle detected: ${names}.`);
    }
    if (chain.length > DEEPEST) throw tooDeep();
    chain.push(next);
  }
}

const tooDeep = () =>
  new CommandError(165, 'ViewDepthLimitExceeded', `View depth limit exceeded; maximum depth is ${DEEPEST}`);

/** Follows views down to the collection they look at. */
export function seen(catalog: Catalog, database: string, name: string): Seen {
  let collection = catalog.find(database, name);
  let stages: Spec[] = [];
  for (let depth = 0; collection?.options.viewOn !== undefined; depth++) {
    if (depth === DEEPEST) throw tooDeep();
    stages = [...stagesOf(collection.options.pipeline as unknown[]), ...stages];
    collection = catalog.find(database, collection.options.viewOn as string);
  }
  return { collection, stages };
}
