import { z } from 'zod';
import { may, scope } from '../../core/ability.ts';
import type { Answer, Intent, Turn } from '../../core/feature.ts';
import type { House } from '../../core/house.ts';
import { fitting } from '../../core/letters.ts';
import { type Day, dayOf } from '../../core/time.ts';
import { asSaid } from '../../core/written.ts';
import { caredFor, goneToAmong } from '../care/index.ts';
import { audit, findPeople, type Person, publicName } from '../people/index.ts';
import type { LogInput } from './inputs.ts';
import { CHAT } from './messages.ts';
import { VISIT_KINDS } from './model.ts';
import { isLoggedAlready } from './same.ts';
import { logVisit, spawnWish } from './service.ts';
import { missedOf, namedIn, readVisit, type Told } from './told.ts';

const LONGEST = 1_000;
const LONGEST_WISH = 500;
const SERVING = [
  'worker',
  'grid_worker',
  'secretary',
  'social_worker',
  'household_lead',
  'care_keeper',
  'volunteer',
] as const;

type Given = Pick<LogInput, 'kind' | 'day' | 'persons' | 'households' | 'well' | 'found'>;
/** What was read back, and what may become a wish. */
const planned = z.object({
  input: z.custom<Given>((given) => typeof given === 'object' && given !== null),
  trouble: z.string().optional(),
});
const begun = z.object({ visit: z.string(), text: z.string(), person: z.string().optional() });

/** 今天走访了3户，都正常；2栋那位老人家里灯坏了: read back, logged, and what is out of order offered as a wish. */
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
    const trouble = told.trouble.map((part) => asSaid(turn, part)).join('，');
    const input = {
      kind: told.kind,
      day: told.day,
      persons: seen.map(({ _id }) => _id),
      households,
      well: told.trouble.length === 0 && (seen.length > 0 || missed.length === 0),
      found: fitting(turn.written, LONGEST),
    };
    const again = await isLoggedAlready(house, turn.actor.id, input);
    return {
      readBack:
        lineOf(input, told, seen, missed, trouble, dayOf(turn.now)) +
        (again ? CHAT.loggedAlready(input.day === dayOf(turn.now)) : ''),
      kept: { input, ...(trouble !== '' && { trouble }) },
    };
  },
  async handle(turn, house) {
    const { input, trouble } = planned.parse(turn.kept);
    const { visit } = await logVisit(house, turn, input);
    const wished = { areas: visit.areas, proxy: { id: turn.actor.id } };
    if (trouble === undefined || !may(turn.ability, 'submit', 'wish', wished)) return { text: CHAT.logged };
    const [person] = isOfTheOne(input, trouble) ? input.persons : [];
    const kept = { visit: visit._id, text: fitting(trouble, LONGEST_WISH), ...(person !== undefined && { person }) };
    return {
      text: CHAT.loggedAndOffer,
      options: [{ label: CHAT.asWish(trouble), intent: wish.name, slots: {}, kept }],
    };
  },
};

/** Whether it is the one person seen whom it concerns, and not somebody at another door. */
const isOfTheOne = ({ persons, households = 0 }: Given, trouble: string): boolean =>
  persons.length === 1 && households <= 1 && !/栋|幢|单元|那位|那家|隔壁|另外|邻居|对门|楼上|楼下|楼道/u.test(trouble);

function lineOf(
  input: Given,
  { saidWell, absent }: Told,
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
    households: input.households ?? 0,
    who: who ?? '',
    well: saidWell,
    trouble,
    missed: notMet || (absent.length > 0 ? CHAT.someNotMet : ''),
  });
}

/** Those in care the speaker goes to see, with the names they go by. */
async function wardsOf(house: House, { actor }: Turn): Promise<Person[]> {
  const ids: string[] = [];
  for (const whose of [{ servedBy: actor }, { lead: actor.id }]) {
    for await (const { person } of caredFor(house, whose)) ids.push(person);
  }
  return findPeople(house, [...(await goneToAmong(house, actor, ids))]);
}

/** One step from what a visit found to a wish. */
export const wish: Intent = {
  name: 'visit.wish',
  effect: 'create',
  async readBack(turn) {
    const { text } = begun.parse(turn.kept);
    // It was offered with its words and chosen: that is the reading back.
    return text === '' ? { text: CHAT.askWhat } : { kept: turn.kept ?? {} };
  },
  async handle(turn, house): Promise<Answer> {
    const { visit: id, text, person } = begun.parse(turn.kept);
    const { visit } = await spawnWish(house, turn, id, { text, ...(person !== undefined && { person }) });
    const made = visit.spawned.at(-1);
    return { text: CHAT.wished(made?.number ?? 0) };
  },
};

export const visitIntents: readonly Intent[] = [log, wish];
