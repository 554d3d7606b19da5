import type { Features } from './features.ts';
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
  /** Feature names, one a line. */
  features: string;
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

export const MODEL: StoredModel = stored;

/** A model ready to score. */
export interface Weights {
  index: ReadonlyMap<string, number>;
  /** Rows of {@link COLUMNS}.count weights. */
  table: Float32Array;
  bias: Float32Array;
  temperature: number;
}

/** Unpacks the stored form. */
export function unpack(model: StoredModel): Weights {
  const names = model.features.split('\n');
  const bytes = Buffer.from(model.weights, 'base64');
  const table = new Float32Array(names.length * COLUMNS.count);
  const index = new Map<string, number>();
  let at = 0;
  names.forEach((name, row) => {
    index.set(name, row);
    const entries = bytes.readUInt8(at);
    at += 1;
    for (let entry = 0; entry < entries; entry += 1) {
      table[row * COLUMNS.count + bytes.readUInt8(at)] = bytes.readInt8(at + 1) * model.unit;
      at += 2;
    }
  });
  return { index, table, bias: Float32Array.from(model.bias), temperature: model.temperature };
}

/** How loud each family of features is, chosen by cross-validation; see {@link forEachFeature}. */
const LOUDNESS: Readonly<Record<keyof Features, number>> = { ngrams: 1.5, words: 0.5, facts: 0.7, pairs: 0.4 };
const FAMILIES = Object.keys(LOUDNESS) as (keyof Features)[];

/** Visits every feature the index knows with its row and its share: a family is as loud however large it is. */
export function forEachFeature(
  features: Features,
  index: ReadonlyMap<string, number>,
  visit: (row: number, share: number, name: string) => void,
): void {
  for (const family of FAMILIES) {
    const names = features[family];
    const share = LOUDNESS[family] / Math.sqrt(Math.max(1, names.length));
    for (const name of names) {
      const row = index.get(name);
      if (row !== undefined) visit(row, share, name);
    }
  }
}

/** The score of every column for a message with these features. */
export function scoresOf(weights: Weights, features: Features): Float32Array {
  const scores = Float32Array.from(weights.bias);
  const { count } = COLUMNS;
  forEachFeature(features, weights.index, (row, share) => {
    const from = row * count;
    for (let column = 0; column < count; column += 1) {
      scores[column] = (scores[column] ?? 0) + share * (weights.table[from + column] ?? 0);
    }
  });
  return scores;
}

/** Probabilities of one head's answers, in the order of {@link HEADS}. */
export function probabilities(scores: Float32Array, head: Head, temperature: number): number[] {
  const start = COLUMNS.start[head];
  const part = [...scores.subarray(start, start + HEADS[head].length)];
  const highest = Math.max(...part);
  const exponentials = part.map((score) => Math.exp((score - highest) / temperature));
  const total = exponentials.reduce((sum, value) => sum + value, 0);
  return exponentials.map((value) => value / total);
}
