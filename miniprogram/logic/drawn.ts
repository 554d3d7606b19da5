/**
 * What of a form is drawn anew after a change. What is being typed stands in its field already: set back on every key it
 * moves the cursor, and on a slow phone it loses letters.
 * @param under where the form stands in a page's data
 */
export function drawn(
  under: string,
  change: Record<string, unknown>,
  isTyped: (name: string) => boolean,
): Record<string, unknown> {
  const entries = Object.entries(change).filter(([name]) => !isTyped(name));
  return Object.fromEntries(entries.map(([name, value]) => [`${under}.${name}`, value]));
}
