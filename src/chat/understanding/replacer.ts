/** Replaces whole words of a fixed list in one pass, the longest at each place first; nothing is replaced twice. */
export function replacer(table: Readonly<Record<string, string>>): (text: string) => string {
  const byFound = new Map<string, string>();
  for (const [into, founds] of Object.entries(table)) {
    for (const found of founds.split(' ')) byFound.set(found, into);
  }
  /** The words that begin with a character, the longest first: cheaper to compare with than to cut pieces out and look them up. */
  const byFirst = new Map<number, [found: string, into: string][]>();
  for (const entry of [...byFound].sort(([a], [b]) => b.length - a.length)) {
    const first = entry[0].charCodeAt(0);
    byFirst.set(first, [...(byFirst.get(first) ?? []), entry]);
  }
  const isFirst = new Uint8Array(0x1_00_00);
  for (const first of byFirst.keys()) isFirst[first] = 1;
  return (text) => {
    let result = '';
    let copied = 0;
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (isFirst[code] === 0) continue;
      for (const [found, into] of byFirst.get(code) ?? []) {
        if (!text.startsWith(found, at)) continue;
        result += text.slice(copied, at) + into;
        copied = at + found.length;
        at = copied - 1;
        break;
      }
    }
    return copied === 0 ? text : result + text.slice(copied);
  };
}
