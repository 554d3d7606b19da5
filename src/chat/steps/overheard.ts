import type { Role } from '../../core/ability.ts';
import { shortened } from '../../core/letters.ts';
import { deliver } from '../../core/notice.ts';
import { MINUTE } from '../../core/time.ts';
import { conclude } from '../conclude.ts';
import { IDLE } from '../dialogue/state.ts';
import type { Exchange } from '../exchange.ts';
import type { Group } from '../groups.ts';
import type { Incoming } from '../incoming.ts';
import { ALARM_IN_GROUP, CALL_THEM_YOURSELF, WORKERS_TOLD } from '../messages.ts';
import type { Parts } from '../parts.ts';
import { alarmIn } from '../understanding/emergency.ts';

/** Who is told of danger in a place's group: the nearest first. */
const TOLD: readonly Role[] = ['grid_worker', 'worker', 'secretary'];
/** Whoever goes on about it has been heard; a later danger is heard anew. */
const HEARD_AGAIN_MS = 10 * MINUTE;
const MOST_WORDS = 200;

/**
 * Whether the bot acts on what it overhears in a group: danger said to whomever, by anybody, once per speaker and group in
 * some minutes, so that nobody can flood those who come to help. The same message delivered again is one.
 */
export async function overhears({ house, puppet }: Parts, { incoming, key }: Exchange): Promise<boolean> {
  const { kind, text } = incoming;
  if (kind !== 'text' || alarmIn(text).kinds.length === 0) return false;
  const { coordination } = house;
  const same = `chat:${key}:danger`;
  // Heard already, and perhaps not to its end: what became of it is written down under its key.
  if (!(await coordination.once(same, HEARD_AGAIN_MS))) return true;
  if (await coordination.once(speakerOf(puppet, incoming), HEARD_AGAIN_MS)) return true;
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
    await house.coordination.forget(speakerOf(puppet, incoming)).catch(() => undefined);
    throw error;
  }
}

const speakerOf = (puppet: string, { room, contact }: Incoming): string => `chat:${puppet}:${room}:${contact}:danger`;

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
