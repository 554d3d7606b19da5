/** Replaces whole words of a fixed list in one pass, the longest at each place first; nothing is replaced twice. */
export function replacer(table: Readonly<Record<string, string>>): (text: string) => string {
  const byFound = new Map<string, string>();
  let longest = 0;
  let shortest = Number.POSITIVE_INFINITY;
  for (const [into, founds] of Object.entries(table)) {
    for (const found of founds.split(' ')) {
      byFound.set(found, into);
      longest = Math.max(longest, found.length);
      shortest = Math.min(shortest, found.length);
    }
  }
  const starts = new Set([...byFound.keys()].map((found) => found.charCodeAt(0)));
  return (text) => {
    let result = '';
    let copied = 0;
    for (let at = 0; at + shortest <= text.length; at += 1) {
      if (!starts.has(text.charCodeAt(at))) continue;
      for (let length = longest; length >= shortest; length -= 1) {
        const into = byFound.get(text.slice(at, at + length));
        if (into === undefined) continue;
        result += text.slice(copied, at) + into;
        copied = at + length;
        at = copied - 1;
        break;
      }
    }
    return copied === 0 ? text : result + text.slice(copied);
  };
}
