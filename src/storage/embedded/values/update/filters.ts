import { badValue, failedToParse } from '../errors.ts';
import { compileFilter, type FilterOptions } from '../matcher.ts';
import { show } from '../show.ts';
import { type Document, isDocument } from '../types.ts';
import type { ElementTests } from './apply.ts';
import { identifierOf } from './names.ts';

/** Compiles the array filters of an update; every one must have exactly one identifier, and be used. */
export function compileArrayFilters(
  filters: readonly Document[],
  paths: readonly string[],
  update: Document,
  options: FilterOptions,
): ElementTests {
  const tests = new Map<string, (element: unknown) => boolean>();
  for (const filter of filters) {
    const identifier = identifierIn(filter);
    if (tests.has(identifier)) {
      throw failedToParse(`Found multiple array filters with the same top-level field name ${identifier}`);
    }
    const { test } = compileFilter(filter, options);
    tests.set(identifier, (element) => test({ [identifier]: element }));
  }
  const used = new Set<string>();
  for (const path of paths) {
    for (const name of path.split('.')) {
      const identifier = identifierOf(name);
      if (identifier === undefined || identifier === '') continue;
      if (!tests.has(identifier)) {
        throw badValue(`No array filter found for identifier '${identifier}' in path '${path}'`);
      }
      used.add(identifier);
    }
  }
  for (const identifier of tests.keys()) {
    if (!used.has(identifier)) {
      throw failedToParse(`The array filter for identifier '${identifier}' was not used in the update ${show(update)}`);
    }
  }
  return tests;
}

function identifierIn(filter: Document): string {
  const names = [...topLevelNames(filter)];
  const [first] = names;
  if (first === undefined)
    throw failedToParse('Cannot use an expression without a top-level field name in arrayFilters');
  for (const name of names) {
    if (name !== first) {
      throw failedToParse(
        `Error parsing array filter :: caused by :: Expected a single top-level field name, found '${first}' and '${name}'`,
      );
    }
  }
  if (!/^[a-z][a-zA-Z0-9]*$/.test(first)) {
    throw badValue(
      `Error parsing array filter :: caused by :: The top-level field name must be an alphanumeric string beginning with a lowercase letter, found '${first}'`,
    );
  }
  return first;
}

/** The first names of all paths in a filter, those within `$and`, `$or` and `$nor` as well. */
function* topLevelNames(filter: Document): Generator<string> {
  for (const name of Object.keys(filter)) {
    const condition = filter[name];
    if (name === '$and' || name === '$or' || name === '$nor') {
      if (Array.isArray(condition))
        for (const branch of condition) if (isDocument(branch)) yield* topLevelNames(branch);
    } else if (!name.startsWith('$')) yield name.split('.')[0] as string;
  }
}
