const NONE: readonly RegExpExecArray[] = [];

/**
 * Every match of a global pattern, in order. What `matchAll` gives, without the copy of the pattern it makes for each text:
 * of most texts there is nothing to find, and that copy is then most of the work.
 */
export function matchesOf(pattern: RegExp, text: string): readonly RegExpExecArray[] {
  pattern.lastIndex = 0;
  let match = pattern.exec(text);
  if (match === null) return NONE;
  const all: RegExpExecArray[] = [];
  while (match !== null) {
    all.push(match);
    if (match[0] === '') pattern.lastIndex += 1;
    match = pattern.exec(text);
  }
  return all;
}
