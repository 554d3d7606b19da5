import { LONGEST_TEXT, normalise, withoutMarkup } from '../../core/text.ts';
import { asWritten } from '../../core/written.ts';
import { withoutSpeechMarks } from '../dialogue/speech.ts';
import type { Exchange, Step } from '../exchange.ts';
import type { Matters } from '../matters.ts';
import type { Parts } from '../parts.ts';
import { overAsSaid } from '../understanding/all-clear.ts';
import { alarmIn } from '../understanding/emergency.ts';
import { identify } from './identify.ts';
import { dangerIn } from './over.ts';
import { heardOrNot, isAtHome, overhears } from './overheard.ts';

/** Own messages and the channel's own lines are nobody's; what is left is brought into one shape. */
export const receive: Step = async (exchange, next) => {
  const { incoming } = exchange;
  if (incoming.self || incoming.kind === 'notice' || incoming.contact === '') return;
  exchange.text = withoutSpeechMarks(normalise(incoming.text));
  exchange.written = asWritten(withoutMarkup(incoming.text.slice(0, LONGEST_TEXT * 4)));
  await next();
};

const AFTER_PREFIX = /^[\s，,：:、。!！]+/u;

/**
 * In a group only a real mention or the group's prefix is for the bot; all else is the group's own talk and not kept, unless
 * somebody is in danger, or says that their danger is over.
 */
export function address(parts: Parts, matters: Matters): Step {
  const { groupOf } = parts;
  const find = identify(parts);
  return async (exchange, next) => {
    const { incoming } = exchange;
    if (incoming.room === undefined) return next();
    const group = await groupOf(incoming.room);
    if (group) exchange.area = group.area;
    const prefix = group?.prefix === undefined ? undefined : normalise(group.prefix);
    const prefixed = prefix !== undefined && exchange.text.startsWith(prefix);
    if (!incoming.mentioned && !prefixed) {
      if (!group) return undefined;
      const calledOff = await callsOff(exchange);
      if (calledOff) {
        exchange.calledOff = calledOff;
        return next();
      }
      if (!(await overhears(parts, exchange, () => isOver(exchange)))) return undefined;
      exchange.overheard = true;
      return heardOrNot(parts, exchange, next);
    }
    if (prefixed) exchange.text = exchange.text.slice(prefix.length).replace(AFTER_PREFIX, '');
    return next();
  };

  /** What the same words told of before may be over by now. */
  async function isOver(exchange: Exchange): Promise<boolean> {
    await find(exchange, async () => undefined);
    if (!isAtHome(exchange)) return false;
    const danger = dangerIn(exchange);
    // Where nobody keeps whether it is open, nobody knows that it is over.
    const kept = (await matters.alarmFor(exchange, danger))?.openDanger !== undefined;
    return kept && (await matters.openDanger(exchange, danger)) === undefined;
  }

  /** Only of what sounds like it is looked up who said it. What is said of anything else is the group's own talk. */
  async function callsOff(exchange: Exchange): Promise<Exchange['calledOff']> {
    const { kind, text } = exchange.incoming;
    const said = kind === 'text' && alarmIn(text).kinds.length === 0 ? overAsSaid(exchange.text) : undefined;
    if (!said) return undefined;
    await find(exchange, async () => undefined);
    return (await matters.openDanger(exchange, dangerIn(exchange))) && said;
  }
}
