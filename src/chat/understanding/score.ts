import type { Intent, Message, Slots, Understanding } from './labels.ts';
import { INTENTS } from './labels.ts';
import type { Example } from './phrases.ts';

/** One message and what became of it. */
export interface Outcome {
  example: Example;
  understood: Understanding;
  /** Names of slots that are wrong, missing or too many. */
  wrongSlots: string[];
}

/** How well a set of labelled messages was understood. */
export interface Score {
  messages: number;
  /** Share of messages whose intent is right. */
  accuracy: number;
  /** Mean over the intents that occur of the harmonic mean of precision and recall. */
  macroF1: number;
  /** Share of expected or given slots that are right, over the messages whose intent is right or wrong alike. */
  slotAccuracy: number;
  slots: number;
  /** Mean distance between how sure it was and how often it was right, in ten bands (0 is perfectly calibrated). */
  calibrationError: number;
  /** Explicit commands whose intent or slots are wrong: each would have had a wrong effect. */
  wrongCommands: Outcome[];
  wrong: Outcome[];
}

/** Understands all examples and counts. */
export function score(examples: readonly Example[], understand: (message: Message) => Understanding): Score {
  return tally(examples.map((example) => outcomeOf(example, understand(example))));
}

/** Compares what was understood with what was meant. */
export function outcomeOf(example: Example, understood: Understanding): Outcome {
  const names = new Set([...Object.keys(example.slots), ...Object.keys(understood.slots)]) as Set<keyof Slots>;
  const wrongSlots = [...names].filter((name) => example.slots[name] !== understood.slots[name]);
  return { example, understood, wrongSlots };
}

/** Counts outcomes into a score. */
export function tally(outcomes: readonly Outcome[]): Score {
  const right = outcomes.filter(({ example, understood }) => example.intent === understood.intent);
  let slots = 0;
  let rightSlots = 0;
  for (const { example, understood, wrongSlots } of outcomes) {
    const all = new Set([...Object.keys(example.slots), ...Object.keys(understood.slots)]).size;
    slots += all;
    rightSlots += all - wrongSlots.length;
  }
  const wrong = outcomes.filter(
    ({ example, understood, wrongSlots }) => example.intent !== understood.intent || wrongSlots.length > 0,
  );
  return {
    messages: outcomes.length,
    accuracy: right.length / Math.max(1, outcomes.length),
    macroF1: macroF1(outcomes),
    slotAccuracy: rightSlots / Math.max(1, slots),
    slots,
    calibrationError: calibrationError(outcomes),
    wrongCommands: wrong.filter(({ understood }) => understood.explicit),
    wrong,
  };
}

function macroF1(outcomes: readonly Outcome[]): number {
  const scores: number[] = [];
  for (const intent of INTENTS) {
    const meant = count(outcomes, (outcome) => outcome.example.intent === intent);
    if (meant === 0) continue;
    const given = count(outcomes, (outcome) => outcome.understood.intent === intent);
    const both = count(outcomes, ({ example, understood }) => isBoth(intent, example.intent, understood.intent));
    scores.push((2 * both) / (meant + given));
  }
  return scores.reduce((sum, value) => sum + value, 0) / Math.max(1, scores.length);
}

function isBoth(intent: Intent, meant: Intent, given: Intent): boolean {
  return meant === intent && given === intent;
}

function count(outcomes: readonly Outcome[], test: (outcome: Outcome) => boolean): number {
  return outcomes.filter(test).length;
}

function calibrationError(outcomes: readonly Outcome[]): number {
  let error = 0;
  for (let band = 0; band < 10; band += 1) {
    const inBand = outcomes.filter(({ understood }) => Math.min(9, Math.floor(understood.confidence * 10)) === band);
    const sure = inBand.reduce((sum, { understood }) => sum + understood.confidence, 0);
    const right = count(inBand, ({ example, understood }) => example.intent === understood.intent);
    error += Math.abs(sure - right);
  }
  return error / Math.max(1, outcomes.length);
}
