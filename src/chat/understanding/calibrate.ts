import { chanceOf, HEADS, scoresOf, unpack } from './model.ts';
import { type Lesson, pack, train } from './train.ts';

const FOLDS = 5;

/** Which of `folds` parts an example belongs to; all that was made from one phrase stays together. */
export function foldOf(origin: string, folds: number): number {
  let hash = 7;
  for (let at = 0; at < origin.length; at += 1) hash = (Math.imul(hash, 31) + origin.charCodeAt(at)) | 0;
  return Math.abs(hash) % folds;
}

/**
 * The temperature at which the model's probabilities of the intent fit best what it has not seen: a model is always too
 * sure of what it learnt from.
 */
export function calibrate(lessons: readonly Lesson[]): number {
  const unseen: { scores: Float32Array; target: number }[] = [];
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const others = lessons.filter(({ example }) => foldOf(example.origin, FOLDS) !== fold);
    const model = unpack(pack(train(others), {}, 1));
    for (const { example, features } of lessons) {
      if (foldOf(example.origin, FOLDS) !== fold) continue;
      unseen.push({ scores: scoresOf(model, features), target: HEADS.intent.indexOf(example.intent) });
    }
  }
  let best = 1;
  let lowest = Number.POSITIVE_INFINITY;
  for (let temperature = 0.4; temperature <= 3; temperature += 0.05) {
    let loss = 0;
    for (const { scores, target } of unseen) loss -= Math.log(chanceOf(scores, 'intent', target, temperature));
    if (loss < lowest) [best, lowest] = [Number(temperature.toFixed(2)), loss];
  }
  return best;
}
