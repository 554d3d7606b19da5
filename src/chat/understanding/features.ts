import type { Role } from '../../core/ability.ts';
import type { Speaker } from './labels.ts';
import { GROUPS, groupsIn } from './lexicon/index.ts';
import type { Surface } from './surface.ts';

/** What the model sees of a message, in families. */
export interface Features {
  /** One to three neighbouring characters of the pattern. */
  ngrams: string[];
  /** Words of the pattern. */
  words: string[];
  /** Word groups met, speaker, place, length. */
  facts: string[];
  /** Word groups met together. */
  pairs: string[];
}

const WORD = '\u0001';
const FACT = '\u0002';
const LONGEST_NGRAM = 3;
/** Where a message says more than this, the rest is detail; it also bounds the time a single message takes. */
const READ_CHARACTERS = 400;

const groupFacts = GROUPS.map((name) => `${FACT}${name}`);
const severalFacts = GROUPS.map((name) => `${FACT}${name}+`);
const pairFacts = GROUPS.map((a) => GROUPS.map((b) => `${FACT}${a}&${b}`));

/** Speakers fall into the four kinds that messages were learnt from. */
export function speakerOf(role: Role): Speaker {
  if (role === 'resident' || role === 'household_lead') return 'resident';
  if (role === 'volunteer' || role === 'social_worker') return 'volunteer';
  return role === 'secretary' || role === 'supervisor' ? 'secretary' : 'worker';
}

/** What the model sees of a message. `cut` is the segmenter. */
export function featuresOf(surface: Surface, role: Role, place: string, cut: (text: string) => string[]): Features {
  const pattern = surface.pattern.slice(0, READ_CHARACTERS);
  const spaced = `^${pattern.replace(/[\s,，.。!！、;；:：~～…“”"'‘’()（）【】[\]<>《》-]+/gu, ' ').trim()}$`.replace(
    /？/gu,
    '?',
  );
  const ngrams = new Set<string>();
  for (let start = 0; start < spaced.length; start += 1) {
    for (let length = 1; length <= LONGEST_NGRAM && start + length <= spaced.length; length += 1) {
      ngrams.add(spaced.slice(start, start + length));
    }
  }
  const words = new Set<string>();
  for (const word of cut(pattern)) if (word.length > 1) words.add(WORD + word);
  return { ngrams: [...ngrams], words: [...words], ...factsOf(pattern, surface, role, place) };
}

function factsOf(pattern: string, surface: Surface, role: Role, place: string): Pick<Features, 'facts' | 'pairs'> {
  const facts = [
    `${FACT}role:${speakerOf(role)}`,
    `${FACT}place:${place}`,
    `${FACT}length:${lengthClass(pattern.length)}`,
  ];
  const counts = groupsIn(pattern);
  const met: number[] = [];
  const pairs: string[] = [];
  for (let group = 0; group < counts.length; group += 1) {
    const count = counts[group] ?? 0;
    if (count === 0) continue;
    met.push(group);
    facts.push(groupFacts[group] ?? '');
    if (count > 1) facts.push(severalFacts[group] ?? '');
  }
  for (let i = 0; i < met.length; i += 1) {
    const row = pairFacts[met[i] ?? 0];
    for (let j = i + 1; j < met.length; j += 1) pairs.push(row?.[met[j] ?? 0] ?? '');
  }
  if (surface.references.length > 0) facts.push(`${FACT}numbered:${speakerOf(role)}`);
  return { facts, pairs };
}

function lengthClass(length: number): string {
  if (length <= 2) return 'tiny';
  if (length <= 6) return 'short';
  if (length <= 14) return 'line';
  if (length <= 40) return 'sentence';
  return 'story';
}
