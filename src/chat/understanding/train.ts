import { FAMILIES, type Family, type Features, featureName, featuresOf } from './features.ts';
import { COLUMNS, emptyIndex, forEachFeature, HEADS, type Head, type Index, type StoredModel } from './model.ts';
import { type Example, randomFrom } from './phrases.ts';
import { surfaceOf } from './surface.ts';

/** An example with its features, ready to learn from. */
export interface Lesson {
  example: Example;
  features: Features;
}

/** Examples as lessons, seen through the given segmenter. */
export function lessonsOf(examples: readonly Example[], cut: (text: string) => string[]): Lesson[] {
  return examples.map((example) => ({
    example,
    features: featuresOf(surfaceOf(example.text, example.now), example.role, example.place, cut),
  }));
}

/** How training goes; the defaults were chosen by cross-validation. */
export interface TrainingPlan {
  epochs: number;
  rate: number;
  /** Pull of all weights towards zero. */
  decay: number;
  /** A feature must occur in so many different phrases. */
  phrases: number;
}
export const DEFAULT_PLAN: TrainingPlan = { epochs: 14, rate: 0.5, decay: 2e-5, phrases: 2 };

/** What training gives: rows of one weight per column. */
export interface Trained {
  index: Index;
  table: Float32Array;
  bias: Float32Array;
}

/** Multinomial logistic regression, one per head over shared features, by AdaGrad; deterministic. */
export function train(lessons: readonly Lesson[], plan: TrainingPlan = DEFAULT_PLAN): Trained {
  const { index, size } = vocabulary(lessons, plan.phrases);
  const { count } = COLUMNS;
  const table = new Float32Array(size * count);
  const squares = new Float32Array(size * count).fill(1e-2);
  const bias = new Float32Array(count);
  const sparse = lessons.map(({ example, features }) => ({
    weight: example.weight,
    targets: targetsOf(example),
    ...rowsOf(features, index),
  }));
  const random = randomFrom(7);
  const order = sparse.map((_, at) => at);
  const errors = new Float32Array(count);
  for (let epoch = 0; epoch < plan.epochs; epoch += 1) {
    shuffle(order, random);
    for (const at of order) {
      const lesson = sparse[at];
      if (!lesson) continue;
      const { rows, shares, targets, weight } = lesson;
      for (const [head, target] of targets) {
        const start = COLUMNS.start[head];
        const end = start + HEADS[head].length;
        errorsOf(errors, { start, end, target: start + target, rows, shares, table, bias });
        for (let column = start; column < end; column += 1) {
          const error = (errors[column] ?? 0) * weight;
          bias[column] = (bias[column] ?? 0) - 0.05 * plan.rate * error;
          for (let i = 0; i < rows.length; i += 1) {
            const cell = (rows[i] ?? 0) * count + column;
            const gradient = error * (shares[i] ?? 0) + plan.decay * (table[cell] ?? 0);
            const square = (squares[cell] ?? 0) + gradient * gradient;
            squares[cell] = square;
            table[cell] = (table[cell] ?? 0) - (plan.rate * gradient) / Math.sqrt(square);
          }
        }
      }
    }
  }
  return { index, table, bias };
}

interface Pass {
  start: number;
  end: number;
  target: number;
  rows: Int32Array;
  shares: Float32Array;
  table: Float32Array;
  bias: Float32Array;
}

function errorsOf(errors: Float32Array, { start, end, target, rows, shares, table, bias }: Pass): void {
  const { count } = COLUMNS;
  for (let column = start; column < end; column += 1) errors[column] = bias[column] ?? 0;
  for (let i = 0; i < rows.length; i += 1) {
    const from = (rows[i] ?? 0) * count;
    const share = shares[i] ?? 0;
    for (let column = start; column < end; column += 1) {
      errors[column] = (errors[column] ?? 0) + share * (table[from + column] ?? 0);
    }
  }
  let highest = Number.NEGATIVE_INFINITY;
  for (let column = start; column < end; column += 1) highest = Math.max(highest, errors[column] ?? 0);
  let total = 0;
  for (let column = start; column < end; column += 1) {
    errors[column] = Math.exp((errors[column] ?? 0) - highest);
    total += errors[column] ?? 0;
  }
  for (let column = start; column < end; column += 1) {
    errors[column] = (errors[column] ?? 0) / total - (column === target ? 1 : 0);
  }
}

function vocabulary(lessons: readonly Lesson[], phrases: number): { index: Index; size: number } {
  const index = emptyIndex();
  let size = 0;
  for (const family of FAMILIES) {
    const origins = new Map<string | number, Set<string>>();
    for (const { example, features } of lessons) {
      for (const key of features[family]) {
        const seen = origins.get(key) ?? new Set();
        seen.add(example.origin);
        origins.set(key, seen);
      }
    }
    for (const [key, seen] of origins) {
      if (seen.size < phrases) continue;
      index[family].set(key, size);
      size += 1;
    }
  }
  return { index, size };
}

function rowsOf(features: Features, index: Index): { rows: Int32Array; shares: Float32Array } {
  const rows: number[] = [];
  const shares: number[] = [];
  forEachFeature(features, index, (row, share) => {
    rows.push(row);
    shares.push(share);
  });
  return { rows: Int32Array.from(rows), shares: Float32Array.from(shares) };
}

function targetsOf({ intent, slots }: Example): [Head, number][] {
  const targets: [Head, number][] = [['intent', HEADS.intent.indexOf(intent)]];
  if (intent === 'wish.submit') {
    targets.push(['wish', (HEADS.wish as readonly string[]).indexOf(slots.category ?? 'other')]);
    targets.push(['for', slots.for === 'proxy' ? 1 : 0]);
  }
  if (intent === 'incident.report') {
    targets.push(['incident', (HEADS.incident as readonly string[]).indexOf(slots.category ?? 'other')]);
    targets.push(['urgent', slots.urgent ? 1 : 0]);
  }
  return targets;
}

function shuffle(order: number[], random: () => number): void {
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [order[last], order[other]] = [order[other] ?? 0, order[last] ?? 0];
  }
}

/** Weights of fewer units than this change no answer and are half of all. */
const FAINTEST = 3;

/** The stored form: weights rounded to a byte, the faintest left out, and features with none left too. */
export function pack(trained: Trained, words: Record<string, number>, temperature: number): StoredModel {
  const { count } = COLUMNS;
  let highest = 0;
  for (const weight of trained.table) highest = Math.max(highest, Math.abs(weight));
  const unit = highest / 127;
  const bytes: number[] = [];
  const namesOf = (family: Family): string => {
    const names: string[] = [];
    for (const [key, row] of trained.index[family]) {
      const entries: number[] = [];
      for (let column = 0; column < count; column += 1) {
        const level = Math.round((trained.table[row * count + column] ?? 0) / unit);
        if (Math.abs(level) >= FAINTEST) entries.push(column, level & 0xff);
      }
      if (entries.length === 0) continue;
      names.push(featureName(family, key));
      bytes.push(entries.length / 2, ...entries);
    }
    return names.join('\n');
  };
  const features = {
    ngrams: namesOf('ngrams'),
    words: namesOf('words'),
    facts: namesOf('facts'),
    pairs: namesOf('pairs'),
  };
  return {
    features,
    weights: Buffer.from(bytes).toString('base64'),
    unit,
    bias: [...trained.bias].map((value) => Number(value.toFixed(4))),
    temperature,
    words,
  };
}
