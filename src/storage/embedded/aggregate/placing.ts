/** Which stages may stand where in a pipeline, and which names fields may be given. */
import { CommandError, refusal } from '../values/errors.ts';
import type { Spec } from './stage.ts';

const FIRST = new Set([
  '$documents',
  '$collStats',
  '$indexStats',
  '$currentOp',
  '$listLocalSessions',
  '$listSessions',
  '$geoNear',
  '$changeStream',
]);
const LAST = new Set(['$out', '$merge']);
/** Those that read no collection, and so must not be asked of one. */
const COLLECTIONLESS = new Set(['$documents', '$currentOp', '$listLocalSessions']);

/** What stands nowhere within the stages that have pipelines of their own, and the codes it is refused with there. */
const WITHIN: ReadonlyMap<string, { code: number; stages: ReadonlySet<string> }> = new Map([
  ['$facet', { code: 40600, stages: new Set([...FIRST, ...LAST, '$facet']) }],
  ['$lookup', { code: 51047, stages: new Set([...LAST, '$changeStream', '$currentOp', '$listLocalSessions']) }],
  ['$unionWith', { code: 31441, stages: new Set([...LAST, '$changeStream', '$currentOp', '$listLocalSessions']) }],
]);

/**
 * Refuses stages where they cannot stand. `within` is the stage whose pipeline this is; without one it is a command's, and
 * `onCollection` tells whether that asks a collection.
 */
export function checkPlaces(stages: readonly Spec[], within: string | undefined, onCollection = false): void {
  const { code, stages: refused } = WITHIN.get(within ?? '') ?? { code: 0, stages: undefined };
  stages.forEach(({ name }, at) => {
    if (refused?.has(name)) throw refusal(code, `${name} is not allowed to be used within a ${within} stage`);
    if (at > 0 && FIRST.has(name)) throw refusal(40602, `${name} is only valid as the first stage in a pipeline.`);
    if (at < stages.length - 1 && LAST.has(name))
      throw refusal(40601, `${name} can only be the final stage in the pipeline`);
  });
  const first = stages[0]?.name ?? '';
  if (onCollection && COLLECTIONLESS.has(first))
    throw new CommandError(73, 'InvalidNamespace', `'${first}' can only be run with {aggregate: 1}`);
}

/** The names of which parts of a DBRef are made. */
const REFERENCE = new Set(['$id', '$ref', '$db']);

/** Refuses what is no path of a field, as MongoDB's field paths have it. Returns its names. */
export function fieldPath(path: string): string[] {
  if (path === '') throw refusal(40352, 'FieldPath cannot be constructed with empty string');
  if (path.endsWith('.')) throw refusal(40353, "FieldPath must not end with a '.'.");
  const names = path.split('.');
  for (const name of names) {
    if (name === '') throw refusal(15998, 'FieldPath field names may not be empty strings.');
    if (name.startsWith('$') && !REFERENCE.has(name))
      throw refusal(
        16410,
        `FieldPath field names may not start with '$'. Consider using $getField or $setField: ${path}`,
      );
    if (name.includes('\0')) throw refusal(16411, 'FieldPath field names may not contain null characters.');
  }
  return names;
}
