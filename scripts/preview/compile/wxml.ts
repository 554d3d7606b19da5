/** One start tag of a WXML file, where it stands, and its attributes. */
export interface Tag {
  name: string;
  offset: number;
  attributes: Attribute[];
}

export interface Attribute {
  name: string;
  /** As written between the quotes; absent for an attribute that is only named. */
  value?: string;
  offset: number;
}

const NAME = /[^\s/>=]+/uy;
const SPACE = /\s*/uy;

/**
 * Reads the start tags of a WXML text. The template compiler checks the grammar; this knows only as much of it as the
 * checks of `wxml-checks.ts` need, and so never fails: what it does not understand it skips.
 */
export function tagsOf(text: string): Tag[] {
  const tags: Tag[] = [];
  let at = 0;
  const take = (pattern: RegExp): string => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0] ?? '';
    at += found.length;
    return found;
  };
  const skipTo = (end: string): void => {
    const found = text.indexOf(end, at);
    at = found < 0 ? text.length : found + end.length;
  };

  while (at < text.length) {
    const next = nextOpening(text, at);
    if (next < 0) break;
    at = next + 1;
    if (text.startsWith('!--', at)) {
      skipTo('-->');
      continue;
    }
    if (text[at] === '/') {
      skipTo('>');
      continue;
    }
    const name = take(NAME);
    if (!name) continue;
    const tag: Tag = { name, offset: next, attributes: [] };
    readAttributes(tag);
    tags.push(tag);
    // What stands in a script is no markup.
    if (name === 'wxs' && text[at - 2] !== '/') skipTo('</wxs>');
  }
  return tags;

  function readAttributes(tag: Tag): void {
    for (;;) {
      take(SPACE);
      if (at >= text.length) return;
      if (text[at] === '>') {
        at += 1;
        return;
      }
      if (text[at] === '/') {
        at += 1;
        continue;
      }
      const offset = at;
      const name = take(NAME);
      if (!name) {
        at += 1;
        continue;
      }
      take(SPACE);
      if (text[at] !== '=') {
        tag.attributes.push({ name, offset });
        continue;
      }
      at += 1;
      take(SPACE);
      tag.attributes.push({ name, value: readValue(), offset });
    }
  }

  function readValue(): string {
    const quote = text[at];
    if (quote !== '"' && quote !== "'") return take(NAME);
    const start = at + 1;
    at = start;
    skipTo(quote);
    return text.slice(start, at - 1);
  }
}

/** Where the next tag opens; a `<` inside `{{ }}` is a comparison. */
function nextOpening(text: string, from: number): number {
  let at = from;
  for (;;) {
    const tag = text.indexOf('<', at);
    const binding = text.indexOf('{{', at);
    if (tag < 0 || binding < 0 || tag < binding) return tag;
    const end = text.indexOf('}}', binding);
    if (end < 0) return tag;
    at = end + 2;
  }
}
