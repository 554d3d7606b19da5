import type { Role } from '../../core/ability.ts';
import type { Speaker } from './labels.ts';
import { GROUPS, groupsIn } from './lexicon/index.ts';
import type { Surface } from './surface.ts';

/** What the model sees of a message, in families. */
export interface Features {
  /** Single characters of the pattern and pairs of neighbours, as {@link ngramKey} writes them. */
  ngrams: number[];
  /** Words of the pattern. */
  words: string[];
  /** Word groups met, speaker, place, length. */
  facts: string[];
  /** Word groups met together, as {@link pairKey} writes them. */
  pairs: number[];
}
export type Family = keyof Features;
export const FAMILIES = ['ngrams', 'words', 'facts', 'pairs'] as const satisfies readonly Family[];

/** Where a message says more than this, the rest is detail; it also bounds the time a single message takes. */
const READ_CHARACTERS = 400;

const severalFacts = GROUPS.map((name) => `${name}+`);

/** One or two characters as one number: much faster to look up than a string. */
export function ngramKey(text: string): number {
  return text.length === 1 ? text.charCodeAt(0) : (text.charCodeAt(0) << 16) | text.charCodeAt(1);
}

function ngramText(key: number): string {
  const first = key >>> 16;
  return first === 0 ? String.fromCharCode(key) : String.fromCharCode(first, key & 0xffff);
}

/** Two word groups as one number. */
export function pairKey(a: number, b: number): number {
  return a * GROUPS.length + b;
}

/** A feature as people can read it, and as it is stored. */
export function featureName(family: Family, key: string | number): string {
  if (typeof key === 'string') return key;
  if (family === 'ngrams') return ngramText(key);
  return `${GROUPS[Math.floor(key / GROUPS.length)]}&${GROUPS[key % GROUPS.length]}`;
}

/** The key of a stored feature name; undefined for a word group that is no more. */
export function featureKey(family: Family, name: string): string | number | undefined {
  if (family === 'ngrams') return ngramKey(name);
  if (family !== 'pairs') return name;
  const [a, b] = name.split('&').map((group) => GROUPS.indexOf(group));
  return a === undefined || b === undefined || a < 0 || b < 0 ? undefined : pairKey(a, b);
}

/** Speakers fall into the four kinds that messages were learnt from. */
export function speakerOf(role: Role): Speaker {
  if (role === 'resident' || role === 'household_lead') return 'resident';
  if (role === 'volunteer' || role === 'social_worker') return 'volunteer';
  return role === 'secretary' || role === 'supervisor' ? 'secretary' : 'worker';
}

/** The features of a message. `cut` is the segmenter. */
export function featuresOf(surface: Surface, role: Role, place: string, cut: (text: string) => string[]): Features {
  const pattern = surface.pattern.slice(0, READ_CHARACTERS);
  const words = new Set<string>();
  for (const word of cut(pattern)) if (word.length > 1) words.add(word);
  return { ngrams: ngramsOf(pattern), words: [...words], ...factsOf(pattern, surface, role, place) };
}

const MARKS = /[\s,，.。!！、;；:：~～…—“”"'‘’()（）【】[\]<>《》-]+/gu;

/** Halves of pictographs: alone they say nothing, and a text that holds one cannot be stored everywhere. */
const HALVES = /[\ud800-\udfff]/g;

/** Marks separate, but which mark it is says little; a question mark says much. */
function ngramsOf(pattern: string): number[] {
  const spaced = `^${pattern.replace(HALVES, ' ').replace(MARKS, ' ').trim()}$`.replace(/？/gu, '?');
  const ngrams = new Set<number>();
  let before = 0;
  for (let at = 0; at < spaced.length; at += 1) {
    const code = spaced.charCodeAt(at);
    ngrams.add(code);
    if (at > 0) ngrams.add((before << 16) | code);
    before = code;
  }
  return [...ngrams];
}

function factsOf(pattern: string, surface: Surface, role: Role, place: string): Pick<Features, 'facts' | 'pairs'> {
  const facts: string[] = [`role:${speakerOf(role)}`, `place:${place}`, `length:${lengthClass(pattern.length)}`];
  if (surface.references.length > 0) facts.push(`numbered:${speakerOf(role)}`);
  const counts = groupsIn(pattern);
  const met: number[] = [];
  const pairs: number[] = [];
  for (let group = 0; group < counts.length; group += 1) {
    const count = counts[group] ?? 0;
    if (count === 0) continue;
    for (const other of met) pairs.push(pairKey(other, group));
    met.push(group);
    facts.push(GROUPS[group] ?? '');
    if (count > 1) facts.push(severalFacts[group] ?? '');
  }
  return { facts, pairs };
}

function lengthClass(length: number): string {
  if (length <= 2) return 'tiny';
  if (length <= 6) return 'short';
  if (length <= 14) return 'line';
  if (length <= 40) return 'sentence';
  return 'story';
}
