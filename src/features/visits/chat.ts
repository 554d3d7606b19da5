import { z } from 'zod';
import { may, scope } from '../../core/ability.ts';
import type { Answer, Intent, Turn } from '../../core/feature.ts';
import type { House } from '../../core/house.ts';
import { fitting } from '../../core/letters.ts';
import { NUMERAL, readNumeral } from '../../core/numerals.ts';
import { type Day, dayOf } from '../../core/time.ts';
import { asSaid } from '../../core/written.ts';
import { caredFor, goneToAmong } from '../care/index.ts';
import { audit, findPeople, type Person, publicName } from '../people/index.ts';
import { comfortsWorker } from './comforting.ts';
import type { LogInput } from './inputs.ts';
import { CHAT } from './messages.ts';
import { type Spawned, VISIT_KINDS, type VisitDoc } from './model.ts';
import { isLoggedAlready } from './same.ts';
import { logVisit, spawn } from './service.ts';
import { missedOf, namedIn, readVisit, type Told } from './told.ts';

const HOUSEHOLDS_SAID = new RegExp(`(${NUMERAL})\\s?(?:户|家(?!里))`, 'u');
const LONGEST = 1_000;
const LONGEST_SPAWNED = 500;
const SERVING = [
  'worker',
  'grid_worker',
  'secretary',
  'social_worker',
  'household_lead',
  'care_keeper',
  'volunteer',
] as const;

type Given = Pick<LogInput, 'kind' | 'day' | 'persons' | 'households' | 'place' | 'well' | 'found' | 'unmet'>;
/** What was read back, and what may become a wish or an incident. */
const planned = z.object({
  input: z.custom<Given>((given) => typeof given === 'object' && given !== null),
  troubles: z.array(z.string()).default([]),
});
const begun = z.object({
  visit: z.string(),
  text: z.string(),
  category: z.string().optional(),
  person: z.string().optional(),
});
/** What else was out of order, offered when the first was made. */
const others = z.object({
  others: z.array(z.object({ what: z.enum(['wish', 'incident']), ...begun.shape })).default([]),
});

/** 今天走访了3户，都正常；2栋那位老人家里灯坏了: read back, logged, and what is out of order offered as a wish and as an incident. */
export const log: Intent = {
  name: 'visit.log',
  effect: 'create',
  verbs: ['记下', '登记', '记'],
  takesIn: ['incident.report', 'wish.submit'],
  help: { ...CHAT.help, roles: SERVING },
  async readBack(turn, house) {
    if (scope(turn.ability, 'log', 'visit') === undefined) return { text: CHAT.notYours };
    const told = readVisit(turn.text, dayOf(turn.now));
    if (told.unmade !== undefined) return { text: CHAT.unmade[told.unmade] };
    if (await comfortsWorker(turn, house)) return { text: CHAT.careVisit };
    const named = namedIn(turn.text, await wardsOf(house, turn));
    // They are read back by name: that they are in care is written down as read, as anywhere else.
    const read = named.map(({ _id }) => _id);
    if (read.length > 0) await audit(house, turn.actor, read, 'care');
    const missed = missedOf(turn.text, named);
    const seen = named.filter((one) => !missed.includes(one));
    const households = Math.max(told.households ?? 0, named.length);
    if (told.kind === 'visit' && households === 0 && told.trouble.length === 0 && !turn.kept) {
      return { text: CHAT.askWhat, ask: { intent: log.name, slots: {}, kept: { asked: true } } };
    }
    const troubles = told.findings.map((one) => one.map((part) => asSaid(turn, part)).join('，'));
    const unmet = missed.length > 0 ? missed.length : unmetIn(told.absent);
    const input = {
      kind: told.kind,
      day: told.day,
      persons: seen.map(({ _id }) => _id),
      households,
      ...(told.place !== undefined && { place: asSaid(turn, told.place) }),
      // Behind a door that nobody opened nobody knows whether all is well.
      well: told.trouble.length === 0 && told.absent.length === 0 && (seen.length > 0 || missed.length === 0),
      ...(unmet > 0 && { unmet }),
      found: fitting(turn.written, LONGEST),
    };
    const again = await isLoggedAlready(house, turn.actor.id, input);
    return {
      readBack:
        lineOf(input, told, seen, missed, troubles.join('，'), dayOf(turn.now)) +
        (again ? CHAT.loggedAlready(input.day === dayOf(turn.now)) : ''),
      kept: { input, troubles },
    };
  },
  async handle(turn, house) {
    const { input, troubles } = planned.parse(turn.kept);
    const { visit } = await logVisit(house, turn, input);
    const options = troubles.length === 0 ? [] : offersFor(turn, visit, input, troubles);
    return options.length === 0 ? { text: CHAT.logged } : { text: CHAT.loggedAndOffer, options };
  },
};

/**
 * What is out of order as what may be made of it: all that sounds like one matter as that and, less likely, as the other; of
 * two kinds each as its own, one after the other.
 */
function offersFor(turn: Turn, visit: VisitDoc, input: Given, troubles: readonly string[]): Options {
  const offered = offeredOf(turn, visit);
  const heard = troubles.map((trouble) => ({ trouble, ...soundsLike(turn, visit, trouble) }));
  const kinds = (['wish', 'incident'] as const).filter((kind) => heard.some((one) => one.kind === kind));
  const of = (what: Spawned['kind'], among: typeof heard): Offer => {
    const text = fitting(among.map(({ trouble }) => trouble).join('，'), LONGEST_SPAWNED);
    const [person] = what === 'wish' && isOfTheOne(input, text) ? input.persons : [];
    const category = among.find((one) => one.kind === what && one.category !== undefined)?.category;
    return {
      what,
      visit: visit._id,
      text,
      ...(category !== undefined && { category }),
      ...(person !== undefined && { person }),
    };
  };
  const first = heard[0]?.kind ?? 'incident';
  const order: Spawned['kind'][] = first === 'wish' ? ['wish', 'incident'] : ['incident', 'wish'];
  const among = (what: Spawned['kind']) => (kinds.length > 1 ? heard.filter((one) => one.kind === what) : heard);
  const offers = order.filter((what) => offered[what]).map((what) => of(what, among(what)));
  return optionsOf(offers, kinds.length > 1);
}

type Offer = z.output<typeof others>['others'][number];
type Options = NonNullable<Answer['options']>;

/** @param each whether the others are matters of their own, to be offered again when one of them was made */
const optionsOf = (offers: readonly Offer[], each: boolean): Options =>
  offers.map((offer) => {
    const { what, ...kept } = offer;
    const left = each ? { others: offers.filter((one) => one !== offer) } : {};
    return { label: CHAT.spawn[what](kept.text), intent: SPAWNS[what], slots: {}, kept: { ...kept, ...left } };
  });

const offeredOf = ({ ability, actor: { id } }: Turn, { areas }: VisitDoc): Record<Spawned['kind'], boolean> => ({
  wish: may(ability, 'submit', 'wish', { areas, proxy: { id } }),
  incident: may(ability, 'report', 'incident', { areas, authors: [id] }),
});

/**
 * What somebody who reports it would be taken to say: `wish.submit` or `incident.report`, as the understanding has it of any
 * message. Of a visit it is said as by whoever lives there: 水管漏水 is theirs, 楼道灯坏了 is not. What is neither is
 * somebody's need.
 */
function soundsLike(
  { means }: Turn,
  { kind }: VisitDoc,
  trouble: string,
): { kind: Spawned['kind']; category?: string } {
  const { intent, runnerUp, slots } = means(kind === 'visit' ? `家里${trouble}` : trouble);
  const first = [intent, runnerUp].find((one) => one === 'wish.submit' || one === 'incident.report');
  const sounds = first === 'incident.report' ? 'incident' : 'wish';
  return { kind: sounds, ...(first === intent && slots.category !== undefined && { category: slots.category }) };
}

/** Whether it is the one person seen whom it concerns, and not somebody at another door. */
const isOfTheOne = ({ persons, households = 0 }: Given, trouble: string): boolean =>
  persons.length === 1 && households <= 1 && !/栋|幢|单元|那位|那家|隔壁|另外|邻居|对门|楼上|楼下|楼道/u.test(trouble);

function lineOf(
  input: Given,
  { saidWell, absent, place = '' }: Told,
  seen: readonly Person[],
  missed: readonly Person[],
  trouble: string,
  today: Day,
): string {
  const [who, notMet] = [seen, missed].map((people) => people.map(publicName).join('、'));
  return CHAT.readBack({
    kind: VISIT_KINDS[input.kind],
    day: input.day ?? today,
    today,
    place,
    households: input.households ?? 0,
    who: who ?? '',
    well: saidWell,
    trouble,
    missed: notMet || (absent.length > 0 ? notMetOf(absent) : ''),
  });
}

/** At how many households nobody was met: one, of 其中1户没人在家, and of 有人不在家. */
function unmetIn(absent: readonly string[]): number {
  const counts = absent.flatMap((part) => readNumeral(HOUSEHOLDS_SAID.exec(part)?.[1] ?? '') ?? []);
  return counts.length > 0 ? counts.reduce((all, one) => all + one, 0) : absent.length > 0 ? 1 : 0;
}
const notMetOf = (absent: readonly string[]): string =>
  absent.some((part) => HOUSEHOLDS_SAID.test(part)) ? CHAT.notMet(unmetIn(absent)) : CHAT.someNotMet;

/** Those in care the speaker goes to see, with the names they go by. */
async function wardsOf(house: House, { actor }: Turn): Promise<Person[]> {
  const ids: string[] = [];
  for (const whose of [{ servedBy: actor }, { lead: actor.id }]) {
    for await (const { person } of caredFor(house, whose)) ids.push(person);
  }
  return findPeople(house, [...(await goneToAmong(house, actor, ids))]);
}

const SPAWNS: Readonly<Record<Spawned['kind'], string>> = { wish: 'visit.wish', incident: 'visit.incident' };

/** One step from what a visit found to a wish, or to an incident. */
const spawning = (what: Spawned['kind']): Intent => ({
  name: SPAWNS[what],
  effect: 'create',
  async readBack(turn) {
    const { text } = begun.parse(turn.kept);
    // It was offered with its words and chosen: that is the reading back.
    return text === '' ? { text: CHAT.askWhat } : { kept: turn.kept ?? {} };
  },
  async handle(turn, house): Promise<Answer> {
    const { visit: id, ...given } = begun.parse(turn.kept);
    const { others: left } = others.parse(turn.kept);
    const { made } = await spawn(house, turn, id, { what, ...given });
    const text = CHAT.spawned[what](made.number);
    return left.length === 0 ? { text } : { text: `${text}\n${CHAT.offerOther}`, options: optionsOf(left, true) };
  },
});
const wish = spawning('wish');
const incident = spawning('incident');

export const visitIntents: readonly Intent[] = [log, wish, incident];
