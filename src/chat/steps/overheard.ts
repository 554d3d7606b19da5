import type { Role } from '../../core/ability.ts';
import { digestOf } from '../../core/digest.ts';
import { shortened } from '../../core/letters.ts';
import { deliver } from '../../core/notice.ts';
import { normalise } from '../../core/text.ts';
import { MINUTE } from '../../core/time.ts';
import { conclude } from '../conclude.ts';
import { IDLE } from '../dialogue/state.ts';
import type { Exchange } from '../exchange.ts';
import type { Group } from '../groups.ts';
import type { Incoming } from '../incoming.ts';
import { ALARM_IN_GROUP, CALL_THEM_YOURSELF, WORKERS_TOLD } from '../messages.ts';
import type { Parts } from '../parts.ts';
import { alarmIn, type Emergency } from '../understanding/emergency.ts';

/** Who is told of danger in a place's group: the nearest first. */
const TOLD: readonly Role[] = ['grid_worker', 'worker', 'secretary'];
/** For so long the same words of the same speaker are a repetition, and a kind of danger is no new one. */
const HEARD_AGAIN_MS = 10 * MINUTE;
/** So many other words about the same are told on in that time, and then one in a minute. */
const MOST_NEWS = 6;
const MOST_WORDS = 200;

/**
 * Whether the bot acts on what it overhears in a group: danger said to whomever, by anybody. What somebody goes on to say is
 * news to those who come, up to so many in some minutes, a danger of another kind always; only the same words are a
 * repetition, unless what they told of is over. The same message delivered again is one.
 * @param isOver whether no danger of the speaker's is open that their words were about
 */
export async function overhears(
  { house, puppet }: Parts,
  { incoming, key }: Exchange,
  isOver: () => Promise<boolean>,
): Promise<boolean> {
  if (incoming.kind !== 'text') return false;
  const { kinds } = alarmIn(incoming.text);
  if (kinds.length === 0) return false;
  const { coordination } = house;
  const same = `chat:${key}:danger`;
  // Heard already, and perhaps not to its end: what became of it is written down under its key.
  if (!(await coordination.once(same, HEARD_AGAIN_MS))) return true;
  const { words, kind, news } = keysOf(puppet, incoming);
  const said = await coordination.once(words, HEARD_AGAIN_MS);
  if (said || (await isOver())) {
    const fresh = await Promise.all(kinds.map((one) => coordination.once(kind(one), HEARD_AGAIN_MS)));
    if (fresh.includes(true)) return true;
    const { retryAfterMs } = await coordination.take(news, MOST_NEWS, HEARD_AGAIN_MS / 1_000);
    if (retryAfterMs === 0 || (await coordination.once(`${news}:again`, MINUTE))) return true;
    // It was not heard, so it is no repetition when it is said again.
    await coordination.forget(words);
  }
  await coordination.forget(same);
  return false;
}

/** What cannot be brought to its end was not heard: said again, it is. */
export async function heardOrNot(
  { house, puppet }: Parts,
  { incoming }: Exchange,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    const { words, kind } = keysOf(puppet, incoming);
    const keys = [words, ...alarmIn(incoming.text).kinds.map(kind)];
    await Promise.all(keys.map((one) => house.coordination.forget(one))).catch(() => undefined);
    throw error;
  }
}

/** What is remembered of a speaker in a group: their words however often they are cried out, and the kinds of danger. */
function keysOf(puppet: string, { room, contact, text }: Incoming) {
  const speaker = `chat:${puppet}:${room}:${contact}:danger`;
  const letters = normalise(text).replace(/[^\p{L}\p{N}]+/gu, '');
  const once = letters.slice(0, MOST_WORDS).replace(/(.+?)\1+/gu, '$1');
  return {
    words: `${speaker}:${digestOf(once + letters.slice(MOST_WORDS))}`,
    kind: (kind: Emergency) => `${speaker}:${kind}`,
    news: `${speaker}:news`,
  };
}

/** Whether an alarm is the speaker's own community's to take up, as one that was said to the bot. */
export const isAtHome = ({ actor, area }: Exchange): boolean =>
  area !== undefined && actor?.areas.includes(area) === true;

/**
 * Danger overheard from somebody who does not live where the group belongs, or whom nobody knows: there is no matter of
 * theirs to open, so those who serve the place are told what was said. `exchange.preface` says already whom to call.
 */
export async function tellTheWorkers(parts: Parts, exchange: Exchange, group: Group | undefined): Promise<void> {
  const { house } = parts;
  const { actor, key, area, text, written } = exchange;
  if (area === undefined) return;
  const holders = await Promise.all(TOLD.map((role) => house.directory.holders(role, area)));
  const here = [...new Set(holders.flat())];
  // Where nobody works the street hears it.
  const told = here.length > 0 ? here : await house.directory.holders('supervisor', area);
  const people = told.filter((person) => person !== actor?.id);
  const data = {
    text: shortened(written === '' ? text : written, MOST_WORDS),
    place: group?.name ?? '',
    ...(actor ? { who: actor.name } : {}),
  };
  const notices = people.map((person) => ({
    key: `chat.alarm:${key}:${person}`,
    to: { person },
    message: 'chat.alarm',
    data,
  }));
  await deliver(house, ...notices);
  if (actor)
    conclude(exchange, exchange.home?.state ?? IDLE, { text: told.length > 0 ? WORKERS_TOLD : CALL_THEM_YOURSELF });
  else {
    delete exchange.preface;
    exchange.reply = { text: ALARM_IN_GROUP, private: false };
  }
}
