import { conclude } from '../conclude.ts';
import { isDanger } from '../dialogue/danger.ts';
import { IDLE, type Matter } from '../dialogue/state.ts';
import { compose, type Exchange, type Step } from '../exchange.ts';
import type { Matters } from '../matters.ts';
import { ALARM_IN_GROUP, ALARMS, CALL_THEM_YOURSELF, CALL_WITHOUT_BINDING } from '../messages.ts';
import type { Parts } from '../parts.ts';
import { alarmIn } from '../understanding/emergency.ts';
import type { Understanding } from '../understanding/labels.ts';
import { identify } from './identify.ts';
import { open } from './open.ts';
import { askWhetherOver, dangerIn, over } from './over.ts';
import { heardOrNot, isAtHome, tellTheWorkers } from './overheard.ts';

/** Past the ordinary number of alarms a minute, the next is heard after this. */
const HEARD_AGAIN_MS = 10_000;

/** Whom to call, when a text tells of an emergency. */
export function callFor(text: string): string | undefined {
  const [first] = alarmIn(text).kinds;
  return first && ALARMS[first];
}

/**
 * An emergency comes before everything: wherever a dialogue stands and however much somebody has written, the answer
 * names whom to call, and the community's people are told at once, whatever a group may read of it.
 */
export function alarm(parts: Parts, matters: Matters): Step {
  const { house, puppet, limit } = parts;
  const find = compose([identify(parts), open(parts)]);

  /** Alarms have an allowance of their own, so that nothing eats them and nobody can drown the bot in them. */
  async function heard({ incoming, plan }: Exchange): Promise<boolean> {
    if (plan) return true;
    const who = `chat:${puppet}:${incoming.contact}:alarm`;
    const { retryAfterMs } = await house.coordination.take(who, limit.points, limit.seconds);
    return retryAfterMs === 0 || house.coordination.once(`${who}:again`, HEARD_AGAIN_MS);
  }

  /** Nobody spoke to the bot, so the group sees only whom to call. */
  async function overhear(exchange: Exchange, first: string): Promise<void> {
    const { room } = exchange.incoming;
    if (isAtHome(exchange)) await raise(matters, exchange, first);
    else await tellTheWorkers(parts, exchange, room === undefined ? undefined : await parts.groupOf(room));
    const { reply } = exchange;
    if (reply?.private) exchange.reply = { ...reply, inGroup: ALARM_IN_GROUP, unasked: true };
  }

  return async (exchange, next) => {
    if (exchange.calledOff) {
      await find(exchange);
      if (exchange.plan || exchange.calledOff === 'plainly') await over(parts, matters, exchange);
      else await askWhetherOver(matters, exchange);
      if (exchange.reply) exchange.reply = { ...exchange.reply, unasked: true };
      return undefined;
    }
    const text = alarmingText(parts, exchange);
    const { kinds, words } = alarmIn(text);
    const [first] = kinds;
    if (!first) return next();
    if (!(await heard(exchange))) return undefined;
    // Said first, whatever comes of the rest.
    exchange.preface = ALARMS[first];
    const led = text.length > LONG ? words : '';
    if (exchange.overheard) {
      return heardOrNot(parts, exchange, async () => {
        await find(exchange);
        await overhear(exchange, led);
      });
    }
    await find(exchange);
    return raise(matters, exchange, led);
  };
}

/** In a long message the words that matter are put first: those who come to help read no further. */
const LONG = 500;

/** What is to be searched: the message as it came, to its very end, or what an attempt before a crash was about. */
function alarmingText({ intents }: Parts, { incoming, plan, text }: Exchange): string {
  if (plan) return plan.matter.slots.urgent && intents.get(plan.matter.intent)?.alarm ? plan.matter.text : '';
  return incoming.kind === 'text' ? incoming.text : text;
}

/** Tells the community's people, `first` before the rest; `exchange.preface` says already whom to call. */
export async function raise(matters: Matters, exchange: Exchange, first = ''): Promise<void> {
  const state = exchange.home?.state ?? IDLE;
  // What was asked before can be come back to.
  const { waiting } = state;
  const kept =
    waiting && (waiting.for === 'choice' ? { before: waiting } : isDanger(waiting) ? {} : { dropped: waiting });
  const after = { ...state, ...kept };
  const led = (words: string) => (first === '' ? words : `${first}\n${words}`);
  const { text, written = text, ...danger } = dangerIn(exchange);
  const matter: Matter = { ...danger, text: led(text), written: led(written) };
  const intent = exchange.actor && (await matters.alarmFor(exchange, matter));
  if (exchange.plan && exchange.actor) await matters.carryOn(exchange, exchange.plan);
  else if (intent) await matters.goOn(exchange, { ...matter, intent: intent.name }, after, after);
  else conclude(exchange, state, { text: exchange.actor ? CALL_THEM_YOURSELF : CALL_WITHOUT_BINDING });
  if (exchange.reply && exchange.place === 'group') exchange.reply = { ...exchange.reply, inGroup: ALARM_IN_GROUP };
}

/** No single words tell of an emergency, but the message as a whole does. Surer than this, or it is asked about. */
const ALARMING = 0.8;

export function isUrgent({ intent, slots, confidence }: Understanding): boolean {
  return intent === 'incident.report' && slots.urgent === true && confidence >= ALARMING;
}
