import { dayOf } from '../../core/time.ts';
import { commandIn, markIn } from './commands.ts';
import { dangerIn } from './danger.ts';
import { featureName, featuresOf } from './features.ts';
import type { Intent, Message, Understanding } from './labels.ts';
import { answerOf, COLUMNS, forEachFeature, HEADS, MODEL, type Model, scoresOf, unpack, weightOf } from './model.ts';
import { segment } from './segment.ts';
import { slotsOf } from './slots.ts';
import { type Surface, surfaceOf } from './surface.ts';

export {
  BENEFICIARIES,
  CHOICES,
  INCIDENT_CATEGORIES,
  INTENTS,
  type Intent,
  type Message,
  type Slots,
  type Understanding,
  WISH_CATEGORIES,
} from './labels.ts';

/** How sure the grammar is of what it recognises. */
const COMMAND_CONFIDENCE = 0.99;
const ANSWER_CONFIDENCE = 0.95;
/** A second meaning less likely than this is not worth a question. */
const WORTH_ASKING = 0.1;
/** An opening like 心愿： leaves the category to the model, which must be this sure for the command to be explicit. */
const SURE_OF_CATEGORY = 0.6;

/** A danger found by its words alone is worth saying so, but also asking about. */
const DANGER_CONFIDENCE = 0.6;
/** What a cry for help may be taken for. */
const MISREAD_IN_DANGER: ReadonlySet<Intent> = new Set([
  'wish.submit',
  'handoff',
  'progress.query',
  'visit.log',
  'menu',
]);

let loaded: Model | undefined;

function modelInForce(): Model {
  loaded ??= unpack(MODEL);
  return loaded;
}

/**
 * What a message means: intent, slots, and how sure that is. Pure, offline and deterministic; any text is taken, and
 * none takes long.
 */
export function understand(message: Message): Understanding {
  return understandWith(modelInForce(), message, segment);
}

/** The same with a given model and segmenter: training measures itself with it. */
export function understandWith(model: Model, message: Message, cut: (text: string) => string[]): Understanding {
  const surface = surfaceOf(message.text, message.now);
  const scores = scoresOf(model, featuresOf(surface, message.role, message.place, cut));
  const today = dayOf(message.now);
  const slots = (intent: Intent) => slotsOf(intent, surface, scores, model.temperature, today);
  if (surface.empty) {
    const intent = markIn(surface.text);
    return { intent, slots: slots(intent), confidence: ANSWER_CONFIDENCE, explicit: false };
  }
  const command = commandIn(surface.text);
  if (command) {
    const confidence = command.explicit ? COMMAND_CONFIDENCE : ANSWER_CONFIDENCE;
    const explicit = command.explicit && sureOfCategory(command.intent, scores, model.temperature);
    return { intent: command.intent, slots: slots(command.intent), confidence, explicit };
  }
  const { answer: intent, chance, next, nextChance } = answerOf(scores, 'intent', model.temperature);
  if (MISREAD_IN_DANGER.has(intent) && dangerIn(surface.text)) {
    const told = { ...slots('incident.report'), urgent: true };
    return { intent: 'incident.report', slots: told, confidence: DANGER_CONFIDENCE, explicit: false, runnerUp: intent };
  }
  return {
    intent,
    slots: slots(intent),
    confidence: chance,
    explicit: false,
    ...(nextChance >= WORTH_ASKING ? { runnerUp: next } : {}),
  };
}

function sureOfCategory(intent: Intent, scores: Float32Array, temperature: number): boolean {
  if (intent !== 'wish.submit' && intent !== 'incident.report') return true;
  return answerOf(scores, intent === 'wish.submit' ? 'wish' : 'incident', temperature).chance >= SURE_OF_CATEGORY;
}

/** One reason for an intent: a feature of the message and what it added to that intent's score. */
export interface Reason {
  feature: string;
  weight: number;
}

/** Why a message was given an intent: the features that spoke most for it, loudest first. */
export function reasonsFor(message: Message, intent: Intent, most = 5): Reason[] {
  const model = modelInForce();
  const surface: Surface = surfaceOf(message.text, message.now);
  const column = COLUMNS.start.intent + HEADS.intent.indexOf(intent);
  const reasons: Reason[] = [];
  forEachFeature(featuresOf(surface, message.role, message.place, segment), model.index, (row, share, family, key) => {
    reasons.push({
      feature: `${family}:${featureName(family, key)}`,
      weight: share * weightOf(model, row, column),
    });
  });
  return reasons.sort((a, b) => b.weight - a.weight).slice(0, most);
}
