import type { Role } from '../../core/ability.ts';
import { type Command, commandIn, markIn } from './commands.ts';
import { type Alarm, alarmIn, type Emergency } from './emergency.ts';
import { featureName, featuresOf } from './features.ts';
import type { IncidentCategory, Intent, Message, Slots, Understanding } from './labels.ts';
import { answerOf, COLUMNS, forEachFeature, HEADS, MODEL, type Model, scoresOf, unpack, weightOf } from './model.ts';
import { segment } from './segment.ts';
import { slotsOf } from './slots.ts';
import { type Surface, surfaceOf } from './surface.ts';
import { tellsOfVisit } from './visits.ts';

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

/** An emergency is found by its words, whatever the rest of the message looks like. */
const ALARM_CONFIDENCE = 0.9;
/** Water in the house is as often a wish for a plumber: what the whole message asks for decides. */
const ALSO_A_WISH: ReadonlySet<Emergency> = new Set(['flood']);
const ALARM_CATEGORY: Partial<Record<Emergency, IncidentCategory>> = { violence: 'dispute', flood: 'facility' };

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
  const surface = surfaceOf(message.text, message.now, message.calendar);
  let scored: Float32Array | undefined;
  // Most commands and short answers need no score at all.
  const scores = () => {
    scored ??= scoresOf(model, featuresOf(surface, message.role, message.place, cut));
    return scored;
  };
  const slots = (intent: Intent) => slotsOf(intent, surface, scores, model.temperature, message.now);
  if (surface.empty) {
    const intent = markIn(surface.text);
    return { intent, slots: slots(intent), confidence: ANSWER_CONFIDENCE, explicit: false };
  }
  const alarm = alarmIn(message.text);
  const command = commandIn(surface.text) ?? visitTold(surface.text, message.role);
  if (command && alarm.kinds.length === 0) {
    const confidence = command.explicit ? COMMAND_CONFIDENCE : ANSWER_CONFIDENCE;
    const explicit = command.explicit && sureOfCategory(command.intent, scores, model.temperature);
    // 我想许个心愿 says nothing of what is wanted.
    const told = command.intent === 'wish.submit' && !command.explicit ? {} : slots(command.intent);
    return { intent: command.intent, slots: told, confidence, explicit };
  }
  const { answer: intent, chance, next, nextChance } = answerOf(scores(), 'intent', model.temperature);
  if (rings(alarm, intent)) {
    const told = slots('incident.report');
    const category =
      intent === 'incident.report' ? told.category : (ALARM_CATEGORY[alarm.kinds[0] ?? 'help'] ?? 'safety');
    const runnerUp = intent === 'incident.report' ? {} : { runnerUp: intent };
    return {
      intent: 'incident.report',
      slots: { ...told, ...(category ? { category } : {}), urgent: true },
      confidence: ALARM_CONFIDENCE,
      explicit: false,
      ...runnerUp,
    };
  }
  return {
    intent,
    slots: calm(slots(intent), alarm),
    confidence: chance,
    explicit: false,
    ...(nextChance >= WORTH_ASKING ? { runnerUp: next } : {}),
  };
}

const visitTold = (text: string, role: Role): Command | undefined =>
  tellsOfVisit(text, role) ? { intent: 'visit.log', explicit: false } : undefined;

function rings({ kinds }: Alarm, intent: Intent): boolean {
  return kinds.length > 0 && !(intent === 'wish.submit' && kinds.every((kind) => ALSO_A_WISH.has(kind)));
}

/** What is said to be no danger, or none any more, is not urgent, however alarming its words. */
function calm({ urgent, ...slots }: Slots, { dismissed }: Alarm): Slots {
  return urgent === undefined || dismissed ? slots : { ...slots, urgent };
}

function sureOfCategory(intent: Intent, scores: () => Float32Array, temperature: number): boolean {
  if (intent !== 'wish.submit' && intent !== 'incident.report') return true;
  return answerOf(scores(), intent === 'wish.submit' ? 'wish' : 'incident', temperature).chance >= SURE_OF_CATEGORY;
}

/** One reason for an intent: a feature of the message and what it added to that intent's score. */
export interface Reason {
  feature: string;
  weight: number;
}

/** Why a message was given an intent: the features that spoke most for it, loudest first. */
export function reasonsFor(message: Message, intent: Intent, most = 5): Reason[] {
  const model = modelInForce();
  const surface: Surface = surfaceOf(message.text, message.now, message.calendar);
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
