/** `$geoNear`: a query by distance that writes the distance into each document. */
import type { Collection } from '../disk/collection.ts';
import { PAUSE } from '../query/slice.ts';
import type { Document } from '../values/bson.ts';
import { CommandError, failedToParse, refusal } from '../values/errors.ts';
import { compileFilter } from '../values/matcher.ts';
import { asNumber, doubleOf } from '../values/numbers.ts';
import { hasPath, valuesAt } from '../values/paths.ts';
import { isDocument } from '../values/types.ts';
import { put } from './reshape.ts';
import type { Stage } from './stage.ts';

const FIELDS = new Set([
  'near',
  'distanceField',
  'distanceMultiplier',
  'maxDistance',
  'minDistance',
  'query',
  'spherical',
  'key',
  'includeLocs',
  'uniqueDocs',
]);

/** What a `$geoNear` stage comes to: the filter that finds its documents in order, and the stage that marks them. */
export interface GeoNear {
  readonly filter: Document;
  readonly stage: Stage;
}

/** Reads the stage. Refused when it is malformed, or the collection has no single geo index to go by. */
export function geoNear(spec: unknown, collection: Collection | undefined): GeoNear {
  if (!isDocument(spec)) throw failedToParse('$geoNear requires an object argument');
  for (const name of Object.keys(spec)) {
    if (!FIELDS.has(name)) throw failedToParse(`unrecognized option to $geoNear: '${name}'`);
  }
  const { near, distanceField, query = {}, includeLocs } = spec;
  if (near === undefined) throw refusal(5860400, "$geoNear requires a 'near' argument");
  if (!isDocument(query)) throw failedToParse("$geoNear 'query' must be an object");
  const path = typeof spec.key === 'string' ? spec.key : indexedPath(collection);
  const limits = Object.fromEntries(
    [
      ['$maxDistance', spec.maxDistance],
      ['$minDistance', spec.minDistance],
    ].filter(([, value]) => value !== undefined),
  ) as Document;
  const geometry = isDocument(near) && 'coordinates' in near;
  const condition = geometry
    ? { $nearSphere: { $geometry: near, ...limits } }
    : { [spec.spherical === true ? '$nearSphere' : '$near']: near, ...limits };
  const filter = { $and: [{ [path]: condition }, query] };
  const measured = compileFilter({ [path]: condition }, { near: true }).near;
  const multiplier = asNumber(spec.distanceMultiplier) ?? 1;
  const stage: Stage = function* mark(input) {
    for (const document of input) {
      if (document === PAUSE) yield PAUSE;
      else {
        const result = { ...document };
        if (typeof distanceField === 'string') {
          put(result, distanceField.split('.'), 0, doubleOf((measured?.distance(document) ?? 0) * multiplier));
        }
        if (typeof includeLocs === 'string' && hasPath(document, path)) {
          put(result, includeLocs.split('.'), 0, valuesAt(document, path)[0]);
        }
        yield result;
      }
    }
  };
  return { filter, stage };
}

/** The field of the one geo index: a single 2dsphere index goes before a single 2d index. */
function indexedPath(collection: Collection | undefined): string {
  const patterns = (collection?.indexes ?? []).map(({ pattern }) => pattern);
  for (const kind of ['2dsphere', '2d']) {
    const paths = patterns.flatMap((pattern) => Object.keys(pattern).filter((path) => pattern[path] === kind));
    if (paths.length > 1)
      throw noIndex(`There is more than one ${kind} index on the collection; unsure which to use for $geoNear`);
    if (paths[0] !== undefined) return paths[0];
  }
  throw noIndex('$geoNear requires a 2d or 2dsphere index, but none were found');
}

const noIndex = (why: string) => new CommandError(27, 'IndexNotFound', why);
