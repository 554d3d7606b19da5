/**
 * Packs that are called otherwise than at first, by their first name. What was stored under it (versions of the pack, that
 * it was confirmed, what visits were logged for) is read under the new one; marks of what people were told go on being
 * written under the first, so that nobody is told of the same thing twice.
 */
const RENAMED: ReadonlyMap<string, string> = new Map([
  // care visit is 走访慰问: of a worker, by the secretary.
  ['care-visits', 'in-care'],
]);
const FIRST: ReadonlyMap<string, string> = new Map([...RENAMED].map(([first, now]) => [now, first]));

const inPlace = (name: string, names: ReadonlyMap<string, string>): string =>
  name.replace(/^[a-z0-9-]+/u, (code) => names.get(code) ?? code);

/** The name in force of a pack, of a duty (`pack/item`) or of a version (`pack:area:version`). Pure. */
export const calledNow = (name: string): string => inPlace(name, RENAMED);
/** The name it had at first. Pure. */
export const calledFirst = (name: string): string => inPlace(name, FIRST);
