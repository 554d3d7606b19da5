import { z } from 'zod';
import { readAggregate } from '../../../core/aggregate.ts';
import type { HeardOf, Intent, Turn } from '../../../core/feature.ts';
import type { House } from '../../../core/house.ts';
import { fitting } from '../../../core/letters.ts';
import { DAY } from '../../../core/time.ts';
import { type Where, whereSaid } from '../../areas/index.ts';
import { DANGER, HELP, NOTE, WHICH } from '../chat-messages.ts';
import { listIncidents } from '../lists.ts';
import { addressPlace, type IncidentDoc } from '../model.ts';
import { getIncident, moveIncident } from '../service.ts';
import type { ListedIncident } from '../views.ts';
import { byNumber, placesOf, rehearse } from './find.ts';
import { SERVING } from './handling.ts';
import { housesIn } from './houses.ts';

/** 到场了, 火灭了: what whoever came to help says of what is known, and no new danger, however alarming its words. */

/** Who is there, or how it is there by now. What a danger itself may do (烟堵住了, 电停了, 人被拉走) is no such word. */
const ARRIVED =
  /(?:到|赶到|抵达|来到|在)(?:了|达)?(?:现场|事发地)|到场|(?:明?火|火势)(?:已经?|都|被|给)*(?:扑灭|熄灭|灭|控制)(?:了|住|掉)|(?:煤气|燃气|天然气|总?阀门?|总闸|电闸)(?:已经?|都|被|给)*关(?:了|住|掉|好|上)|(?:总闸|电闸)(?:已经?|都|被|给)*拉(?:了|掉|下)|(?:情况|局面|场面|火势?|现场|情绪|血)(?:已经?|都|被|给)*(?:控制|稳|止)住了|(?<![被叫让给])人(?:已经?|都|被)*(?:[救抬扶](?:出|上|下)|劝(?:下|开)|送上|送到?(?:了)?医院)|已经?送医|(?:消防|救护车|警察|民警|医生|急救)[员队车的]?(?:已经?|都|也)?(?:到|来)(?:了|场)/gu;
/** Before it in the sentence: nobody is there yet, is wished there, or is asked for. */
const NOT_YET = /[没未不莫别快请要等]|什么时候|几时|哪时|多久|怎么|咋|谁|如果|万一/u;
/** Behind it, it is asked and not said. */
const ASKED = /^[了啦]*(?:吗|么|没|不|否)|^[^，,。.；;！!\s]*[?？]/u;
/** Of another place or of one's own people, or a call for help: those who come to help are called for it, too. */
const ANEW =
  /另[外一]|又有|还有(?:一|别)|第二[处家户]|[也又](?:开始)?(?:着|起火|冒|烧|燃|炸|爆|漏|塌|垮|晕|昏|倒|摔|触电|打起|不行)|快(?:点|些)?(?:来|派|叫|救|送|去)|来人[啊呀哪哦嘛]|救命|我们?(?:家|屋|妈|爸|奶|爷|老|孩|娃|儿|女)/u;

/** In doubt it is a new danger: one alarm too many costs a call, one too few may cost a life. */
export function isArrival(text: string): boolean {
  if (ANEW.test(text)) return false;
  return [...text.matchAll(ARRIVED)].some(({ 0: said, index }) => {
    const before = /[^，,。.；;！!？?\s]*$/u.exec(text.slice(0, index))?.[0] ?? '';
    return !NOT_YET.test(before) && !ASKED.test(text.slice(index + said.length));
  });
}

/** What can be said of it, by whom it is in hand before who is only there. */
const MOVES = ['note', 'look'] as const;
type Said = (typeof MOVES)[number];
const moveOn = ({ moves }: Pick<ListedIncident, 'moves'>): Said | undefined =>
  MOVES.find((move) => moves.includes(move));

/** Alarming words are of what became known no longer ago than this. */
export const SAME_DANGER_MS = 2 * 60 * 60_000;

/**
 * The open danger that somebody who serves the place says they have come to: what they have in hand, else the latest, and
 * only one at the place they name.
 * @param within how long ago it may have been reported
 */
export async function arrivedAt(
  house: House,
  turn: Turn,
  within = SAME_DANGER_MS,
): Promise<{ id: string; number: number; move: Said } | undefined> {
  if (!isArrival(turn.text)) return undefined;
  const [open, places] = await Promise.all([openDangers(house, turn, within), whereSaid(house, turn, turn.text)]);
  const there: ListedIncident[] = [];
  for (const one of open) if (await isThere(house, turn.text, places, one)) there.push(one);
  const one = there.find(({ moves }) => moves.includes('note')) ?? there[0];
  const move = one && moveOn(one);
  return one && move && { id: one.id, number: one.number, move };
}

/** Whether a danger is where these words say: in a building they name only when it names that, too. */
async function isThere(
  house: House,
  text: string,
  places: readonly Where[],
  { id, grid }: ListedIncident,
): Promise<boolean> {
  if (places.length > 0 && grid !== undefined && !places.some((place) => place.grid === grid)) return false;
  const named = housesIn(text);
  if (named.size === 0) return true;
  const incident = await readAggregate(house.model<IncidentDoc>('incident'), id);
  if (!incident) return false;
  const { reporters, place } = incident;
  const sealed = place.sealed && house.vault.tryOpen(place.sealed, addressPlace(id));
  const known = housesIn([...reporters.map((one) => one.text), sealed ?? ''].join('\n'));
  return [...named].every((one) => known.has(one));
}

async function openDangers(house: House, turn: Turn, within: number): Promise<ListedIncident[]> {
  const since = turn.now.getTime() - within;
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

/** Says it to those concerned; whoever reported it hears the words of who has it in hand, and of anybody else that they are there. */
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
    const danger = turn.slots.number === undefined ? await arrivedAt(house, turn, DAY) : undefined;
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
