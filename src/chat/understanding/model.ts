import { FAMILIES, type Family, type Features, featureKey } from './features.ts';
import { type IntTable, intTable, slotOf } from './int-table.ts';
import { BENEFICIARIES, INCIDENT_CATEGORIES, INTENTS, WISH_CATEGORIES } from './labels.ts';
import stored from './model.json' with { type: 'json' };

/** The questions the model answers, each with its possible answers; one column of weights per answer. */
export const HEADS = {
  intent: INTENTS,
  wish: WISH_CATEGORIES,
  incident: INCIDENT_CATEGORIES,
  for: BENEFICIARIES,
  urgent: ['no', 'yes'],
} as const;
export type Head = keyof typeof HEADS;

/** First column of each head, and the number of all columns. */
export const COLUMNS = { start: {} as Record<Head, number>, count: 0 };
for (const head of Object.keys(HEADS) as Head[]) {
  COLUMNS.start[head] = COLUMNS.count;
  COLUMNS.count += HEADS[head].length;
}

/** The model as stored: plain data, written by `scripts/chat-train.ts`. */
export interface StoredModel {
  /** Feature names of each family, one a line. */
  features: Record<Family, string>;
  /** Base64: for each feature the number of its weights (one byte), then column and signed weight (a byte each). */
  weights: string;
  /** What one unit of a stored weight is worth. */
  unit: number;
  bias: number[];
  /** Scores are divided by it before they become probabilities. */
  temperature: number;
  /** Words of the segmenter with their frequencies. */
  words: Record<string, number>;
}

/** The model in force, as stored. */
export const MODEL: StoredModel = stored;

/** The row of each feature, by family and key. */
export type Index = Readonly<Record<Family, ReadonlyMap<string | number, number>>>;

/** An index with no feature yet. */
export function emptyIndex(): Record<Family, Map<string | number, number>> {
  return { ngrams: new Map(), words: new Map(), facts: new Map(), pairs: new Map() };
}

/** A model ready to score. Most features speak for few answers, so only those weights are kept, row after row. */
export interface Model {
  /** Row of each feature. */
  index: Index;
  /** Where the entries of n-grams and pairs are, of which a message has most. */
  spans: Readonly<Record<'ngrams' | 'pairs', IntTable>>;
  /** Where each row's entries begin; one more than there are rows. */
  starts: Int32Array;
  /** Column and weight of each entry, side by side as they are read. */
  entries: Int8Array;
  /** What one unit of a weight is worth. */
  unit: number;
  bias: Float32Array;
  temperature: number;
}

/** Unpacks the stored form. */
export function unpack(stored: StoredModel): Model {
  const bytes = Buffer.from(stored.weights, 'base64');
  const names = FAMILIES.map((family) => (stored.features[family] === '' ? [] : stored.features[family].split('\n')));
  const rows = names.reduce((sum, { length }) => sum + length, 0);
  const entries = (bytes.length - rows) / 2;
  const starts = new Int32Array(rows + 1);
  const pairs = new Int8Array(entries * 2);
  const index = emptyIndex();
  let at = 0;
  let row = 0;
  let entry = 0;
  FAMILIES.forEach((family, which) => {
    for (const name of names[which] ?? []) {
      const key = featureKey(family, name);
      if (key !== undefined) index[family].set(key, row);
      const end = entry + bytes.readUInt8(at);
      at += 1;
      for (; entry < end; entry += 1) {
        pairs[entry * 2] = bytes.readInt8(at);
        pairs[entry * 2 + 1] = bytes.readInt8(at + 1);
        at += 2;
      }
      row += 1;
      starts[row] = entry;
    }
  });
  return {
    index,
    spans: { ngrams: spansOf(index.ngrams, starts), pairs: spansOf(index.pairs, starts) },
    starts,
    entries: pairs,
    unit: stored.unit,
    bias: Float32Array.from(stored.bias),
    temperature: stored.temperature,
  };
}

/** How loud each family of features is, chosen by cross-validation; see {@link forEachFeature}. */
const LOUDNESS: Readonly<Record<Family, number>> = { ngrams: 1.5, words: 0.6, facts: 1, pairs: 0.3 };

/** Visits every feature the index knows with its row and its share: a family is as loud however large it is. */
export function forEachFeature(
  features: Features,
  index: Index,
  visit: (row: number, share: number, family: Family, key: string | number) => void,
): void {
  for (const family of FAMILIES) {
    const keys = features[family];
    const rows = index[family];
    const share = LOUDNESS[family] / Math.sqrt(Math.max(1, keys.length));
    for (const key of keys) {
      const row = rows.get(key);
      if (row !== undefined) visit(row, share, family, key);
    }
  }
}

function spansOf(rows: ReadonlyMap<string | number, number>, starts: Int32Array): IntTable {
  return intTable([...rows].map(([key, row]) => [Number(key), 2 * (starts[row] ?? 0), 2 * (starts[row + 1] ?? 0)]));
}

/** The score of every column for a message with these features. */
export function scoresOf(model: Model, features: Features): Float32Array {
  const scores = Float32Array.from(model.bias);
  for (const family of FAMILIES) {
    const worth = (model.unit * LOUDNESS[family]) / Math.sqrt(Math.max(1, features[family].length));
    if (family === 'ngrams' || family === 'pairs')
      addSpans(model, scores, features[family], model.spans[family], worth);
    else addRows(model, scores, features[family], model.index[family], worth);
  }
  return scores;
}

function addSpans(
  { entries }: Model,
  scores: Float32Array,
  keys: readonly number[],
  table: IntTable,
  worth: number,
): void {
  for (const key of keys) {
    const slot = slotOf(table, key);
    if (slot !== -1) addEntries(entries, scores, table.slots[slot + 1] ?? 0, table.slots[slot + 2] ?? 0, worth);
  }
}

function addRows(
  { entries, starts }: Model,
  scores: Float32Array,
  keys: readonly string[],
  rows: ReadonlyMap<string | number, number>,
  worth: number,
): void {
  for (const key of keys) {
    const row = rows.get(key);
    if (row !== undefined) addEntries(entries, scores, 2 * (starts[row] ?? 0), 2 * (starts[row + 1] ?? 0), worth);
  }
}

function addEntries(entries: Int8Array, scores: Float32Array, start: number, end: number, worth: number): void {
  for (let at = start; at < end; at += 2) {
    const column = entries[at] ?? 0;
    scores[column] = (scores[column] ?? 0) + worth * (entries[at + 1] ?? 0);
  }
}

/** What one feature row adds to one column. */
export function weightOf({ starts, entries, unit }: Model, row: number, column: number): number {
  for (let entry = starts[row] ?? 0; entry < (starts[row + 1] ?? 0); entry += 1) {
    if (entries[2 * entry] === column) return unit * (entries[2 * entry + 1] ?? 0);
  }
  return 0;
}

/** The likeliest answer of a head, and the next. */
export interface Answer<H extends Head> {
  answer: (typeof HEADS)[H][number];
  chance: number;
  next: (typeof HEADS)[H][number];
  nextChance: number;
}

/** What the scores say to one head's question. */
export function answerOf<H extends Head>(scores: Float32Array, head: H, temperature: number): Answer<H> {
  const answers: readonly (typeof HEADS)[H][number][] = HEADS[head];
  const start = COLUMNS.start[head];
  let best = 0;
  let second = -1;
  for (let at = 1; at < answers.length; at += 1) {
    const value = scores[start + at] ?? 0;
    if (value > (scores[start + best] ?? 0)) [best, second] = [at, best];
    else if (second < 0 || value > (scores[start + second] ?? 0)) second = at;
  }
  const highest = scores[start + best] ?? 0;
  let total = 0;
  for (let at = 0; at < answers.length; at += 1) total += Math.exp(((scores[start + at] ?? 0) - highest) / temperature);
  return {
    answer: answers[best] ?? HEADS[head][0],
    chance: 1 / total,
    next: answers[second] ?? HEADS[head][0],
    nextChance: Math.exp(((scores[start + second] ?? 0) - highest) / temperature) / total,
  };
}

/** How likely one answer of a head is. */
export function chanceOf(scores: Float32Array, head: Head, answer: number, temperature: number): number {
  const start = COLUMNS.start[head];
  let total = 0;
  for (let at = 0; at < HEADS[head].length; at += 1) {
    total += Math.exp(((scores[start + at] ?? 0) - (scores[start + answer] ?? 0)) / temperature);
  }
  return 1 / total;
}
