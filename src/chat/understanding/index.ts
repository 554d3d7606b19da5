import { dayOf } from '../../core/time.ts';
import { commandIn, markIn } from './commands.ts';
import { featuresOf } from './features.ts';
import { INTENTS, type Intent, type Message, type Understanding } from './labels.ts';
import { COLUMNS, forEachFeature, HEADS, MODEL, probabilities, scoresOf, unpack, type Weights } from './model.ts';
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

let loaded: Weights | undefined;

function weights(): Weights {
  loaded ??= unpack(MODEL);
  return loaded;
}

/**
 * What a message means: intent, slots, and how sure that is. Pure, offline and deterministic; any text is taken, and
 * none takes long.
 */
export function understand(message: Message): Understanding {
  return understandWith(weights(), message, segment);
}

/** The same with given weights and segmenter: training measures itself with it. */
export function understandWith(model: Weights, message: Message, cut: (text: string) => string[]): Understanding {
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
  const ranked = ranking(scores, model.temperature);
  const [best, second] = ranked;
  const intent = best?.intent ?? 'none';
  return {
    intent,
    slots: slots(intent),
    confidence: best?.chance ?? 0,
    explicit: false,
    ...(second && second.chance >= WORTH_ASKING ? { runnerUp: second.intent } : {}),
  };
}

function ranking(scores: Float32Array, temperature: number): { intent: Intent; chance: number }[] {
  const chances = probabilities(scores, 'intent', temperature);
  return INTENTS.map((intent, at) => ({ intent, chance: chances[at] ?? 0 })).sort((a, b) => b.chance - a.chance);
}

function sureOfCategory(intent: Intent, scores: Float32Array, temperature: number): boolean {
  if (intent !== 'wish.submit' && intent !== 'incident.report') return true;
  const chances = probabilities(scores, intent === 'wish.submit' ? 'wish' : 'incident', temperature);
  return Math.max(...chances) >= SURE_OF_CATEGORY;
}

/** One reason for an intent: a feature of the message and what it added to that intent's score. */
export interface Reason {
  feature: string;
  weight: number;
}

/** Why a message was given an intent: the features that spoke most for it, loudest first. */
export function reasonsFor(message: Message, intent: Intent, most = 5): Reason[] {
  const model = weights();
  const surface: Surface = surfaceOf(message.text, message.now);
  const column = COLUMNS.start.intent + HEADS.intent.indexOf(intent);
  const reasons: Reason[] = [];
  forEachFeature(featuresOf(surface, message.role, message.place, segment), model.index, (row, share, feature) => {
    reasons.push({ feature, weight: share * (model.table[row * COLUMNS.count + column] ?? 0) });
  });
  return reasons.sort((a, b) => b.weight - a.weight).slice(0, most);
}
