import { z } from 'zod';
import type { HeardOf, Intent, Turn } from '../../../core/feature.ts';
import type { House } from '../../../core/house.ts';
import { fitting } from '../../../core/letters.ts';
import { DAY } from '../../../core/time.ts';
import { whereSaid } from '../../areas/index.ts';
import { DANGER, HELP, NOTE, WHICH } from '../chat-messages.ts';
import { listIncidents } from '../lists.ts';
import { getIncident, moveIncident } from '../service.ts';
import type { ListedIncident } from '../views.ts';
import { byNumber, placesOf, rehearse } from './find.ts';
import { SERVING } from './handling.ts';

/** 到场了, 火灭了: what whoever came to help says of what is known, and no new danger, however alarming its words. */

/** Who is there, or how it is there by now. */
const ARRIVED =
  /(?:到|赶到|抵达|来到|在)(?:了|达)?(?:现场|事发地)|到场|(?:火|明火|烟|火势|煤气|燃气|总?阀门?|总闸|电|水)(?:已经?|都|被|给)*(?:扑灭|熄灭|灭|关|断|停|控制|堵|止)(?:了|住|掉|好)|(?:控制|稳|止)住了|人(?:已经?|都|被)*(?:救|接|送|抬|扶|拉|劝)(?:出|上|到|走|下|开)|已经?送医|(?:消防|救护车|警察|民警|医生|急救)[员队车的]?(?:已经?|都|也)?(?:到|来)(?:了|场)/u;
/** 又有一处: of another place. */
const ANOTHER = /另[外一]|又有|还有(?:一|别)|第二[处家户]/u;

export const isArrival = (text: string): boolean => ARRIVED.test(text) && !ANOTHER.test(text);

/** What can be said of it, by whom it is in hand before who is only there. */
const MOVES = ['note', 'look'] as const;
type Said = (typeof MOVES)[number];
const moveOn = ({ moves }: Pick<ListedIncident, 'moves'>): Said | undefined =>
  MOVES.find((move) => moves.includes(move));

/**
 * The open danger that somebody who serves the place says they have come to: what they have in hand, else the latest, and
 * only one at the place they name.
 */
export async function arrivedAt(
  house: House,
  turn: Turn,
): Promise<{ id: string; number: number; move: Said } | undefined> {
  if (!isArrival(turn.text)) return undefined;
  const open = await openDangers(house, turn);
  const places = await whereSaid(house, turn, turn.text);
  const there = open.filter(
    ({ grid }) => places.length === 0 || grid === undefined || places.some((place) => place.grid === grid),
  );
  const one = there.find(({ moves }) => moves.includes('note')) ?? there[0];
  const move = one && moveOn(one);
  return one && move && { id: one.id, number: one.number, move };
}

async function openDangers(house: House, turn: Turn): Promise<ListedIncident[]> {
  const since = turn.now.getTime() - DAY;
  const lists = placesOf(turn).flatMap((area) =>
    (['handling', 'waiting'] as const).map((column) => ({ area, column, urgency: 'danger', limit: MOST }) as const),
  );
  const asked = [{ handling: true, column: 'handling', urgency: 'danger', limit: MOST } as const, ...lists];
  const pages = await Promise.all(asked.map((query) => listIncidents(house, turn, query)));
  return pages
    .flatMap(({ items }) => items)
    .filter((one) => moveOn(one) !== undefined && new Date(one.postedAt).getTime() > since)
    .sort((a, b) => b.postedAt.localeCompare(a.postedAt));
}
const MOST = 10;

/** Says it to those concerned, and to whoever reported it. */
export async function sayArrived(
  house: House,
  turn: Turn,
  id: string,
  move: Said,
  photos: string[] = [],
): Promise<void> {
  const said = fitting(turn.written, 500);
  const input = move === 'note' ? { text: said, toReporters: true, photos } : { words: said, photos };
  await moveIncident(house, turn, id, move, input);
}

const planned = z.object({ id: z.string(), move: z.enum(MOVES), danger: z.boolean(), photos: z.array(z.string()) });

/** Of danger it is said on at once; of what else one has in hand it is read back as any progress is. */
export const arrived: Intent = {
  name: 'incident.arrived',
  about: '事件',
  effect: 'change',
  verbs: ['记下', '记'],
  help: { ...HELP.arrived, roles: [...SERVING, 'household_lead'] },
  async hears(turn, house) {
    if (!isArrival(turn.text)) return [];
    const danger = turn.slots.number === undefined ? await arrivedAt(house, turn) : undefined;
    const found = danger ? [await getIncident(house, turn, danger.id)] : await inHand(house, turn);
    return found.map(
      ({ number, title, stateWord }): HeardOf => ({ label: WHICH.label(number, title, stateWord), slots: { number } }),
    );
  },
  async readBack(turn, house) {
    const { number = 0 } = turn.slots;
    const one = (await byNumber(house, turn, number)).find((each) => moveOn(each) !== undefined);
    const move = one && moveOn(one);
    if (!one || !move) return { text: WHICH.none.note };
    const danger = one.urgency === 'danger';
    const kept = { id: one.id, move, danger, photos: [] };
    const input = move === 'note' ? { text: turn.written, toReporters: true } : { words: turn.written };
    await rehearse(house, turn, one.id, move, input);
    return danger ? { kept } : { readBack: NOTE.readBack(number, one.title, turn.written, 0), kept };
  },
  async handle(turn, house) {
    const { id, move, danger, photos } = planned.parse(turn.kept);
    await sayArrived(house, turn, id, move, photos);
    const { number, title } = await getIncident(house, turn, id);
    return { text: danger ? DANGER.arrived(number, title) : NOTE.done(number) };
  },
};

/** The one that is named, or all that one has in hand. */
async function inHand(house: House, turn: Turn) {
  const { number } = turn.slots;
  const { items } =
    number === undefined
      ? await listIncidents(house, turn, { handling: true, column: 'handling', limit: MOST })
      : { items: await byNumber(house, turn, number) };
  return items.filter((one) => moveOn(one) !== undefined);
}
