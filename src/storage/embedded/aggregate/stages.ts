/** The stages that need nothing but the documents before them, by name. */
import { refusal } from '../values/errors.ts';
import { compileFilter } from '../values/matcher.ts';
import { isDocument } from '../values/types.ts';
import { bucketAuto } from './bucket-auto.ts';
import { bucket } from './buckets.ts';
import { densify } from './densify.ts';
import { count, group, sortByCount } from './grouping.ts';
import { limit, sample, skip, sort } from './ordering.ts';
import { redact } from './redact.ts';
import { addFields, project, replaceRoot, unset, unwind } from './reshape.ts';
import { each, type Maker, optionsOf } from './stage.ts';
import { fill, setWindowFields } from './windows.ts';

const match: Maker = (spec, context) => {
  if (!isDocument(spec)) throw refusal(15959, 'the match filter must be an expression in an object');
  const filter = compileFilter(spec, optionsOf(context));
  return each((document) => (filter.test(document) ? [document] : []));
};

/** The stages by name. */
export const STAGES: ReadonlyMap<string, Maker> = new Map<string, Maker>([
  ['$match', match],
  ['$project', project],
  ['$addFields', addFields],
  ['$set', addFields],
  ['$unset', unset],
  ['$redact', redact],
  ['$replaceRoot', replaceRoot('$replaceRoot')],
  ['$replaceWith', replaceRoot('$replaceWith')],
  ['$count', count],
  ['$limit', limit],
  ['$skip', skip],
  ['$sort', sort],
  ['$unwind', unwind],
  ['$group', group],
  ['$sortByCount', sortByCount],
  ['$bucket', bucket],
  ['$bucketAuto', bucketAuto],
  ['$sample', sample],
  ['$setWindowFields', setWindowFields],
  ['$fill', fill],
  ['$densify', densify],
]);
