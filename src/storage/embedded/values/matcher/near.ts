import { badValue } from '../errors.ts';
import { nearDistance } from '../geo/queries.ts';
import { parsePath, walk } from '../paths.ts';
import { type Document, isDocument } from '../types.ts';

/** How far a document is from where a `$near` query looks; undefined when it has no place within the limits. */
export type DocumentDistance = (document: Document) => number | undefined;

/** What a filter's one `$near` or `$nearSphere` asks. */
export interface Nearness {
  /** The field that holds the places. */
  readonly path: string;
  /** The kinds of index MongoDB answers it by. */
  readonly indexes: readonly string[];
  readonly distance: DocumentDistance;
}

/** Where the one `$near` of a filter is kept while the filter is compiled. */
export interface NearSlot {
  near: Nearness | undefined;
}

const NEAR = ['$near', '$nearSphere'];
const TAKEN = new Set([...NEAR, '$maxDistance', '$minDistance']);

/** Whether a field's conditions ask for nearness. */
export function hasNear(conditions: Document): boolean {
  return NEAR.some((name) => name in conditions);
}

/** Takes `$near` or `$nearSphere` out of a field's conditions; answers the conditions left. */
export function takeNear(path: string, conditions: Document, slot: NearSlot): Document {
  if (slot.near !== undefined) throw badValue('Too many geoNear expressions');
  const name = '$near' in conditions ? '$near' : '$nearSphere';
  const operand = conditions[name];
  const geometry = isDocument(operand) && '$geometry' in operand;
  slot.near = {
    path,
    indexes: geometry ? ['2dsphere'] : name === '$near' ? ['2d'] : ['2d', '2dsphere'],
    distance: distanceAt(path, nearDistance(name, operand, conditions)),
  };
  return Object.fromEntries(Object.entries(conditions).filter(([other]) => !TAKEN.has(other)));
}

/** The distance of the nearest value at a path. */
function distanceAt(path: string, distance: (value: unknown) => number | undefined): DocumentDistance {
  const segments = parsePath(path);
  return (document) => {
    let least: number | undefined;
    walk(document, segments, 0, true, (value) => {
      const one = distance(value);
      if (one !== undefined && (least === undefined || one < least)) least = one;
      return false;
    });
    return least;
  };
}
