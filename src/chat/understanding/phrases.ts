import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { ROLES, type Role } from '../../core/ability.ts';
import { CHOICES, INTENTS, type Intent, type Slots } from './labels.ts';

/** A message whose meaning is known. */
export interface Example {
  text: string;
  role: Role;
  place: 'private' | 'group';
  now: Date;
  intent: Intent;
  slots: Slots;
  /** Examples made from one phrase share its name: they never stand on both sides of a cross-validation. */
  origin: string;
  /** How much it counts in training. */
  weight: number;
}

/** One phrase is tried in so many variations at most. */
const VARIATIONS = 8;
/** What people wrap in greetings and thanks, without meaning either. */
const DECORATED = new Set<Intent>([
  'wish.submit',
  'incident.report',
  'topic.propose',
  'progress.query',
  'wish.withdraw',
  'certificate.ask',
  'wish.release',
  'wish.extend',
  'wish.list',
]);
const ROLE_MARKS: Readonly<Record<string, Role>> = { w: 'worker', v: 'volunteer', s: 'secretary' };
const NOW = new Date('2026-03-11T10:00:00+08:00');

/** Small deterministic generator (mulberry32): the same phrases give the same examples everywhere. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Word lists by name, each giving its next word. */
type Lists = Map<string, () => string>;

/** Deals the words in random order, all of them before any comes again. */
function deckOf(words: string[], random: () => number): () => string {
  let deck: string[] = [];
  return () => {
    if (deck.length === 0) deck = [...words];
    return deck.splice(Math.floor(random() * deck.length), 1)[0] ?? '';
  };
}

/**
 * The invented phrases of a folder, varied: `<list>` becomes words of that list. A heading `# intent category for`
 * says what the lines below it mean; `w>`, `v>`, `s>` say that a worker, volunteer or secretary writes. Whole messages
 * lie beside them as JSON lines.
 */
export function readPhrases(folder: URL): Example[] {
  const files = readdirSync(folder).sort();
  const lines = files
    .filter((file) => file.endsWith('.txt'))
    .flatMap((file) => readFileSync(new URL(file, folder), 'utf8').split('\n'));
  const random = randomFrom(20_260_311);
  const lists: Lists = new Map();
  for (const line of lines) {
    const list = /^= (\w+): (.+)$/u.exec(line);
    if (list) lists.set(list[1] ?? '', deckOf((list[2] ?? '').split('|'), random));
  }
  const examples = files
    .filter((file) => file.endsWith('.jsonl'))
    .flatMap((file) => readExamples(new URL(file, folder)));
  let meaning: Pick<Example, 'intent' | 'slots'> | undefined;
  for (const line of lines) {
    if (line === '' || line.startsWith('=')) continue;
    if (line.startsWith('#')) meaning = readHeading(line);
    else if (meaning) examples.push(...vary(line, meaning, lists, random));
    else throw new Error(`a phrase before any heading: ${line}`);
  }
  return examples;
}

function readHeading(line: string): Pick<Example, 'intent' | 'slots'> {
  const [intent, ...tags] = line.slice(1).trim().split(' ');
  const known = INTENTS.find((name) => name === intent);
  if (!known) throw new Error(`unknown intent in phrases: ${line}`);
  const slots: Slots = {};
  for (const tag of tags) {
    if (tag === 'self' || tag === 'proxy') slots.for = tag;
    else if (tag === 'urgent') slots.urgent = true;
    else if (known === 'ballot.cast') {
      const choice = CHOICES.find((name) => name === tag);
      if (choice) slots.choice = choice;
    } else slots.category = tag as NonNullable<Slots['category']>;
  }
  return { intent: known, slots };
}

function vary(line: string, meaning: Pick<Example, 'intent' | 'slots'>, lists: Lists, random: () => number): Example[] {
  const mark = /^([wvs])>/u.exec(line);
  const [phrase = '', score] = (mark ? line.slice(2) : line).split(' => ');
  const slots = score === undefined ? meaning.slots : { ...meaning.slots, score: Number(score) };
  const role = ROLE_MARKS[mark?.[1] ?? ''] ?? 'resident';
  const texts = new Set<string>();
  for (let attempt = 0; attempt < (phrase.includes('<') ? VARIATIONS : 1); attempt += 1) {
    texts.add(
      phrase.replace(/<(\w+)>/gu, (_all, name: string) => {
        const next = lists.get(name);
        if (!next) throw new Error(`unknown list <${name}>`);
        return next();
      }),
    );
  }
  if (DECORATED.has(meaning.intent) && phrase.length > 6) {
    for (const text of [...texts]) if (random() < 0.4) texts.add(decorate(text, lists, random));
  }
  return [...texts].map((text) => ({
    text,
    role,
    place: text.startsWith('@') ? 'group' : 'private',
    now: NOW,
    intent: meaning.intent,
    slots,
    origin: line,
    weight: 1 / Math.sqrt(texts.size),
  }));
}

/** The same request as people wrap it: a greeting before, thanks or a telephone number after. */
function decorate(text: string, lists: Lists, random: () => number): string {
  const before = random() < 0.6 ? `${lists.get('opening')?.() ?? ''} ` : '';
  return `${before}${text} ${before === '' || random() < 0.6 ? (lists.get('closing')?.() ?? '') : ''}`;
}

const line = z.object({
  id: z.union([z.string(), z.number()]).transform(String),
  text: z.string(),
  role: z.enum(ROLES),
  place: z.enum(['private', 'group']),
  now: z.coerce.date(),
  expect: z.object({ intent: z.enum(INTENTS), slots: z.record(z.string(), z.unknown()) }),
});

/**
 * Labelled messages, one JSON object a line (`id`, `role`, `place`, `now`, `text`, `expect`).
 * @throws Error that names the first line that is not like that, and what is wrong with it
 */
export function readExamples(file: URL | string, weight = 1): Example[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((words, at) => (words.trim() === '' ? [] : [{ ...readExample(words, at + 1), weight }]));
}

function readExample(words: string, nth: number): Omit<Example, 'weight'> {
  const read = line.safeParse(parsed(words));
  const [wrong] = read.error?.issues ?? [];
  if (!read.success) {
    const where = wrong?.path.join('.') || '{…}';
    throw new Error(
      `第${nth}行读不懂：要有 id、role、place、now、text 和 expect，请看“${where}”。\nLine ${nth} cannot be read at ${where}: ${wrong?.message}.`,
    );
  }
  const { id, text, role, place, now, expect } = read.data;
  return { text, role, place, now, intent: expect.intent, slots: expect.slots as Slots, origin: id };
}

/** What a line holds; nothing where it is no JSON. */
function parsed(words: string): unknown {
  try {
    return JSON.parse(words);
  } catch {
    return undefined;
  }
}
