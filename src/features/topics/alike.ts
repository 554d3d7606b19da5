import { normalise } from '../../core/text.ts';
import { ASKING, MEANINGS, type WordKind } from './same-words.ts';

/** How alike two topics are by what they are about, in whatever words. All of it is pure. */

/** From this likeness on two topics are worth comparing by eye. */
export const ALIKE = 0.45;

const LONGEST_WORD = Math.max(...[...MEANINGS.keys()].map((word) => word.length));
const WEIGHTS: Record<WordKind, number> = { thing: 4, deed: 1.5, surrounding: 1 };
/** Two letters side by side that no neighbour ever wrote weigh so much; those everybody writes, next to nothing. */
const PAIR = 1;
/** Where neither names a thing that is known, letters have to do, and fewer in common are enough. */
const BY_LETTERS = 1.3;
/** Of two buildings, two topics, however alike the words. */
const ELSEWHERE = 0.5;
const BUILDING = /([\da-z一二三四五六七八九十]{1,3})(?:号楼|栋|幢|单元)/giu;

/** How much a pair of letters says, from 0 to 1: the less, the more topics have it. */
export type Rarity = (pair: string) => number;

/** What a text is about: meanings, and pairs of neighbouring letters where no meaning is known. */
interface Matter {
  meanings: ReadonlyMap<string, number>;
  pairs: ReadonlySet<string>;
  buildings: ReadonlySet<string>;
}

export function matterOf(text: string): Matter {
  const words = normalise(text).toLowerCase();
  const buildings = new Set([...words.matchAll(BUILDING)].map(([, name = '']) => name));
  const meanings = new Map<string, number>();
  const pairs = new Set<string>();
  for (const part of words.split(/[^\p{L}\p{N}]+/u)) {
    for (const rest of withoutMeanings(part, meanings)) {
      for (const piece of rest.split(ASKING)) {
        for (let at = 0; at + 1 < piece.length; at += 1) pairs.add(piece.slice(at, at + 2));
      }
    }
  }
  return { meanings, pairs, buildings };
}

/** Takes the longest known word at each place, and gives back what lies between them. */
function withoutMeanings(text: string, meanings: Map<string, number>): string[] {
  const rest: string[] = [];
  let from = 0;
  for (let at = 0; at < text.length; ) {
    const word = longestAt(text, at);
    const known = word === undefined ? undefined : MEANINGS.get(word);
    if (word === undefined || known === undefined) {
      at += 1;
      continue;
    }
    rest.push(text.slice(from, at));
    meanings.set(known.meant, WEIGHTS[known.kind]);
    at += word.length;
    from = at;
  }
  rest.push(text.slice(from));
  return rest;
}

function longestAt(text: string, at: number): string | undefined {
  for (let length = Math.min(LONGEST_WORD, text.length - at); length > 0; length -= 1) {
    const word = text.slice(at, at + length);
    if (MEANINGS.has(word)) return word;
  }
  return undefined;
}

/** What each pair says among these topics: 1 of one nobody wrote, towards 0 of one that stands in all of them. */
export function rarityAmong(matters: readonly Matter[]): Rarity {
  const seen = new Map<string, number>();
  for (const { pairs } of matters) for (const pair of pairs) seen.set(pair, (seen.get(pair) ?? 0) + 1);
  const scale = Math.log(2 + matters.length);
  return (pair) => Math.log((2 + matters.length) / (1 + (seen.get(pair) ?? 0))) / scale;
}

/**
 * How alike two matters are, from 0 to 1. Half of it is what both have in common, half how much of the shorter the longer
 * contains, since one names the matter and the other tells its story.
 */
export function alikeness(one: Matter, other: Matter, rarity: Rarity): number {
  const [a, b] = [weightsOf(one, rarity), weightsOf(other, rarity)];
  const [left, right] = [sumOf(a), sumOf(b)];
  if (left === 0 || right === 0) return 0;
  const shared = sumOf(new Map([...a].filter(([token]) => b.has(token))));
  const alike = shared / (left + right) + shared / (2 * Math.min(left, right));
  const told = namesAThing(one) || namesAThing(other) ? alike : Math.min(1, alike * BY_LETTERS);
  return areApart(one.buildings, other.buildings) ? told * ELSEWHERE : told;
}

const weightsOf = ({ meanings, pairs }: Matter, rarity: Rarity): Map<string, number> =>
  new Map([...meanings, ...[...pairs].map((pair) => [`·${pair}`, PAIR * rarity(pair)] as const)]);

const sumOf = (weights: ReadonlyMap<string, number>): number =>
  [...weights.values()].reduce((sum, one) => sum + one, 0);

const namesAThing = ({ meanings }: Matter): boolean => [...meanings.values()].includes(WEIGHTS.thing);

const areApart = (one: ReadonlySet<string>, other: ReadonlySet<string>): boolean =>
  one.size > 0 && other.size > 0 && ![...one].some((name) => other.has(name));
