import { AFFAIR_WORDS } from './affairs.ts';
import { INCIDENT_WORDS } from './incidents.ts';
import { WISH_WORDS } from './wishes.ts';

const WORDS = { ...WISH_WORDS, ...INCIDENT_WORDS, ...AFFAIR_WORDS };

/** Names of the word groups, by their index in what {@link groupsIn} gives. */
export const GROUPS: readonly string[] = Object.keys(WORDS);

/** Every word of the domain, for the segmenter. */
export const DOMAIN_WORDS: readonly string[] = [
  ...new Set(Object.values(WORDS).flatMap((words) => words.trim().split(/\s+/u))),
].filter((word) => /^\p{Script=Han}{2,}$/u.test(word));

interface Node {
  next: Map<number, Node>;
  groups: number[];
}

const root: Node = { next: new Map(), groups: [] };
GROUPS.forEach((name, group) => {
  for (const word of (WORDS[name] ?? '').trim().split(/\s+/u)) {
    let node = root;
    for (let i = 0; i < word.length; i += 1) {
      const code = word.charCodeAt(i);
      const next = node.next.get(code) ?? { next: new Map(), groups: [] };
      node.next.set(code, next);
      node = next;
    }
    node.groups.push(group);
  }
});

/** The first step for every character there is: most begin no word. */
const FIRST: (Node | undefined)[] = Array.from({ length: 0x1_00_00 }, (_, code) => root.next.get(code));

/** How many words of each group the text contains; longer words do not hide shorter ones inside them. */
export function groupsIn(text: string): Uint8Array {
  const counts = new Uint8Array(GROUPS.length);
  for (let start = 0; start < text.length; start += 1) {
    let node = FIRST[text.charCodeAt(start)];
    for (let at = start + 1; node !== undefined; at += 1) {
      for (const group of node.groups) counts[group] = Math.min(255, (counts[group] ?? 0) + 1);
      node = at < text.length ? node.next.get(text.charCodeAt(at)) : undefined;
    }
  }
  return counts;
}
