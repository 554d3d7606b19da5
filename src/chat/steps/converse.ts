import type { Actor, Role } from '../../core/ability.ts';
import type { Intent, Slots } from '../../core/feature.ts';
import { readNumeral } from '../../core/numerals.ts';
import { conclude } from '../conclude.ts';
import { afterwards, type Reaction, react } from '../dialogue/react.ts';
import { bareSlots } from '../dialogue/replies.ts';
import { type Choice, type DialogueState, IDLE, type Matter } from '../dialogue/state.ts';
import type { Exchange, Step } from '../exchange.ts';
import { listed, type Matters } from '../matters.ts';
import {
  ALARMS,
  BIND_FIRST,
  BIND_FIRST_IN_GROUP,
  dropped,
  REMARKS,
  SMALL_TALK,
  THANKS,
  WHICH,
  WHICH_NOTHING,
} from '../messages.ts';
import type { Parts } from '../parts.ts';
import type { Understanding } from '../understanding/labels.ts';
import { raise } from './alarm.ts';
import { menuFor, servesRole } from './menu.ts';

/** Below this the bot asks which of two things was meant. What changes nothing may be a little less certain. */
const SURE = { read: 0.4, create: 0.55, change: 0.55 };

/** Takes a message for what it means where the dialogue stands, and goes on from there. */
export function converse(parts: Parts, matters: Matters): Step {
  return async (exchange) => {
    const state = exchange.home?.state ?? IDLE;
    if (exchange.plan) {
      // It was decided before the crash what this message does; that is carried out, whatever it would be taken for now.
      return matters.carryOut(exchange, exchange.plan, afterwards(state));
    }
    if (exchange.text === '') return begin(exchange, state, NOTHING_SAID);
    const understanding = parts.understand({
      text: exchange.text,
      role: roleOf(exchange.actor),
      place: exchange.place,
      now: exchange.now,
    });
    if (isUrgent(understanding)) {
      exchange.preface = ALARMS.help;
      return raise(parts, matters, exchange, exchange.text);
    }
    const command = commandIn(exchange.text, parts.intents.values(), exchange.actor);
    const bare = bareSlots(exchange.text, exchange.now);
    const heard = { text: exchange.text, photos: state.photos, understanding, bare, ...(command ? { command } : {}) };
    return follow(exchange, react(state, heard), understanding);
  };

  async function follow(exchange: Exchange, reaction: Reaction, understanding: Understanding): Promise<void> {
    if ('dropped' in reaction && reaction.dropped) {
      exchange.preface = dropped(matters.title(reaction.dropped.intent));
    }
    switch (reaction.do) {
      case 'carry_out':
        return matters.carryOut(exchange, reaction.matter, reaction.state);
      case 'go_on':
        return matters.goOn(exchange, reaction.matter, reaction.state);
      case 'remark': {
        if (!exchange.actor && !reaction.state.waiting) return introduce(exchange, reaction.state);
        const text = [REMARKS[reaction.remark], ...(reaction.again === undefined ? [] : [reaction.again])].join('\n');
        return conclude(exchange, reaction.state, { text });
      }
      default:
        return begin(exchange, reaction.state, understanding);
    }
  }

  /** A message on its own: one of the bot's courtesies, or a new matter. */
  async function begin(exchange: Exchange, state: DialogueState, understanding: Understanding): Promise<void> {
    const { intent, slots, explicit } = understanding;
    const photos = state.photos;
    const matter: Matter = { intent, slots, text: exchange.text, photos, explicit };
    if (intent === 'menu') {
      if (!exchange.actor) return introduce(exchange, state);
      return conclude(exchange, state, { text: menuFor(parts, exchange.actor), open: true });
    }
    const doubtful = !explicit && understanding.confidence < SURE[parts.intents.get(intent)?.effect ?? 'create'];
    if (doubtful) {
      const choices = candidates(exchange, understanding, matter);
      if (choices.length > 0) return conclude(exchange, { ...state, photos: [] }, listed(WHICH, choices));
    }
    if (intent === 'thanks' || intent === 'none') {
      if (!exchange.actor) return introduce(exchange, state);
      return conclude(exchange, state, { text: intent === 'thanks' ? THANKS : SMALL_TALK, open: true });
    }
    if (intent === 'confirm' || intent === 'cancel') return conclude(exchange, state, { text: WHICH_NOTHING });
    return matters.goOn(exchange, matter, { ...state, photos: [] });
  }

  /** What a doubtful message may have meant, a human last. */
  function candidates(exchange: Exchange, { intent, runnerUp }: Understanding, matter: Matter): Choice[] {
    const likely = [intent, ...(runnerUp ? [runnerUp] : [])].filter((name) =>
      servesRole(parts.intents.get(name), exchange.actor),
    );
    if (likely.length === 0) return [];
    const human = likely.includes('handoff') ? undefined : matters.toHuman(exchange.text, matter.photos);
    const choices = likely.map((name): Choice => ({ label: matters.title(name), matter: { ...matter, intent: name } }));
    return human ? [...choices, human] : choices;
  }

  function introduce(exchange: Exchange, state: DialogueState): void {
    conclude(exchange, state, { text: exchange.place === 'group' ? BIND_FIRST_IN_GROUP : BIND_FIRST, open: true });
  }
}

/** No single words tell of an emergency, but the message as a whole does. Surer than this, or it is asked about. */
const ALARMING = 0.8;

function isUrgent({ intent, slots, confidence }: Understanding): boolean {
  return intent === 'incident.report' && slots.urgent === true && confidence >= ALARMING;
}

const NOTHING_SAID: Understanding = { intent: 'menu', slots: {}, confidence: 1, explicit: false };

/** The role that tells most about what a person is likely to say. */
const TELLING: readonly Role[] = ['secretary', 'worker', 'grid_worker', 'social_worker', 'volunteer', 'facilitator'];

function roleOf(actor: Actor | undefined): Role {
  return TELLING.find((role) => actor?.roles.some((grant) => grant.role === role)) ?? 'resident';
}

/** The command a text is, of those features declare for themselves and this person may give. */
function commandIn(text: string, intents: Iterable<Intent>, actor: Actor | undefined): Matter | undefined {
  for (const intent of intents) {
    if (!servesRole(intent, actor)) continue;
    const match = intent.command?.map((pattern) => pattern.exec(text)).find((found) => found);
    if (!match) continue;
    const number = readNumeral(match.groups?.number ?? '');
    const slots: Slots = number === undefined ? {} : { number };
    return { intent: intent.name, slots, text: match.groups?.words?.trim() ?? '', photos: [], explicit: true };
  }
  return undefined;
}
