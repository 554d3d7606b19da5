import { rm } from 'node:fs/promises';
import { normalise } from '../../core/text.ts';
import { asWritten } from '../../core/written.ts';
import { conclude } from '../conclude.ts';
import { withoutCourtesy } from '../dialogue/courtesy.ts';
import { isCancel, isConfirm, isWrong } from '../dialogue/replies.ts';
import { type DialogueState, IDLE } from '../dialogue/state.ts';
import type { Exchange } from '../exchange.ts';
import { faultOf } from '../fault.ts';
import type { Matters } from '../matters.ts';
import { roleOf } from '../meaning.ts';
import { ALARMS, HEARD, HEARD_MORE, HEARD_OF_DANGER, NOT_HEARD, VOICE } from '../messages.ts';
import type { Parts } from '../parts.ts';
import { alarmIn, type Emergency } from '../understanding/emergency.ts';
import { isUrgent, raise } from './alarm.ts';
import { dangerIn } from './over.ts';

/**
 * A voice message. Where a service is configured that writes it down, its words are read back and nothing is done before
 * they are said to be right; in all other cases it is acknowledged. Of danger nothing waits: it is passed on as if it had
 * been written, with what was heard.
 */
export async function hearVoice(
  parts: Parts,
  matters: Matters,
  exchange: Exchange,
  state: DialogueState,
): Promise<void> {
  const words = await transcribed(parts, exchange);
  if (words === undefined) return conclude(exchange, state, { text: VOICE });
  const danger = dangerHeard(parts, exchange, words);
  if (!danger) return conclude(exchange, state, { text: HEARD(words), spoken: words });
  exchange.text = normalise(words);
  exchange.written = asWritten(words);
  // 误报 would call everybody off from what is known without this message, too.
  const known = exchange.actor && (await matters.openDanger(exchange, dangerIn(exchange)));
  exchange.preface = `${ALARMS[danger]}\n${(known ? HEARD_MORE : HEARD_OF_DANGER)(words)}`;
  return raise(matters, exchange);
}

function dangerHeard({ understand }: Parts, { actor, place, now }: Exchange, text: string): Emergency | undefined {
  const [danger] = alarmIn(text).kinds;
  return danger ?? (isUrgent(understand({ text, role: roleOf(actor), place, now })) ? 'help' : undefined);
}

async function transcribed({ transcribe, folder, log }: Parts, exchange: Exchange): Promise<string | undefined> {
  const { incoming, actor, key } = exchange;
  // Of somebody nobody knows nothing leaves the house.
  if (!transcribe || !actor || !incoming.saveVoice) return undefined;
  let path: string | undefined;
  try {
    path = await incoming.saveVoice(folder);
    return await transcribe(path);
  } catch (error) {
    log.warn({ message: key, ...faultOf(error) }, 'a voice message could not be kept');
    return undefined;
  } finally {
    if (path !== undefined) await rm(path, { force: true });
  }
}

/**
 * What a message is where a voice message waits to be said right: its words when it is; the message itself otherwise,
 * which then stands instead. `over` when that is the end of it.
 */
export function saidRight(exchange: Exchange): 'over' | 'spoken' | 'typed' {
  const state = exchange.home?.state ?? IDLE;
  const { spoken } = state;
  if (spoken === undefined) return 'typed';
  const answer = withoutCourtesy(exchange.text);
  if (isConfirm(answer)) {
    exchange.written = asWritten(spoken);
    exchange.text = normalise(spoken);
    return 'spoken';
  }
  if (!isWrong(answer) && !isCancel(answer)) return 'typed';
  conclude(exchange, state, { text: [NOT_HEARD, ...(state.waiting ? [state.waiting.shown] : [])].join('\n') });
  return 'over';
}
