/** What the jobs of a week would tell people: for everybody, or as one person (and those they lead) would get it. */
import type { App } from '../src/app.ts';
import { ROLES, type Role } from '../src/core/ability.ts';
import { namedError, notFound } from '../src/core/errors.ts';
import type { House } from '../src/core/house.ts';
import type { Recipient } from '../src/core/outbox.ts';
import { addDays, atCivil, clockWords, type Day, dayOf, dayWords, mondayOf } from '../src/core/time.ts';
import { findArea, lineage } from '../src/features/areas/index.ts';
import { findPeople, findPerson, type Person, publicName } from '../src/features/people/index.ts';
import { type Foreseen, foresee, foreseeMoves } from '../src/schedule/index.ts';

/** Whose week is looked at: these people, and whoever lives or serves in the areas they are secretary of. */
interface Viewer {
  people: ReadonlySet<string>;
  leads: readonly string[];
}

/** A message and those of its recipients that are shown, by the names others may read. */
interface Row {
  at: string;
  job: string;
  key: string;
  message: string;
  to: { id: string; name: string }[];
  /** The recipients are more than are named. */
  more?: number;
  title: string;
  text: string;
  why: string;
  urgent: boolean;
}

/** Of a message to a whole place so many are named. */
const MOST_NAMED = 5;

/**
 * Prints a week day by day; with `json`, one document with `week`, `items` and `moves`. Writes nothing to the store.
 * @param week `2026-W40`
 * @param as a person's id, `role@area`, or a role
 * @throws HaolinError no_such_role, no_such_area, nobody_holds_role, no_such_viewer
 */
export async function previewWeek(
  { house, schedule, messages }: App,
  { week, as, json }: { week: string; as?: string | undefined; json: boolean },
): Promise<void> {
  const from = mondayOf(week);
  if (from === undefined) throw notFound('星期');
  const span = { from, to: addDays(from, 6) };
  const viewer = as === undefined ? undefined : await viewerOf(house, as);
  const names = new Map<string, Promise<Person | undefined>>();
  const person = (id: string) => {
    const asked = names.get(id) ?? findPerson(house, id);
    names.set(id, asked);
    return asked;
  };
  const print = json ? jsonPrinter(week) : linePrinter(span);
  for await (const foreseen of foresee(house, schedule.jobs, messages, span)) {
    const people = await recipients(house, foreseen.to);
    const shown = (await Promise.all(people.map(person))).filter((one) => one && (!viewer || sees(viewer, one)));
    if (shown.length > 0 || (!viewer && people.length === 0)) print.row(rowOf(foreseen, shown as Person[]));
  }
  // What a clock moves belongs to the house and not to one person.
  for await (const moves of viewer ? [] : foreseeMoves(house, schedule.jobs, span)) print.moves(moves);
  print.end();
}

const ROLE_LIST = ROLES.join('、');
const noSuchRole = namedError(
  'no_such_role',
  404,
  (role: string) => `没有“${role}”这个职务，能写的职务有：${ROLE_LIST}。`,
);
const noSuchArea = namedError('no_such_area', 404, (area: string) => `没有编码是“${area}”的区域，请检查编码。`);
const nobodyHolds = namedError(
  'nobody_holds_role',
  404,
  (as: string) => `现在没有人担任“${as}”，所以也没有会收到的消息。`,
);
const noSuchViewer = namedError(
  'no_such_viewer',
  404,
  (as: string) => `没有编号是“${as}”的人，也没有这个职务；能写的职务有：${ROLE_LIST}。`,
);

async function viewerOf(house: House, as: string): Promise<Viewer> {
  const [word = '', area] = as.split('@');
  const role = ROLES.find((one) => one === word.toLowerCase());
  if (role === undefined && area !== undefined) throw noSuchRole(word);
  if (area !== undefined && !(await findArea(house, area))) throw noSuchArea(area);
  const people = role ? await holdersOf(house, role, area) : await findPeople(house, [as]);
  if (people.length === 0) throw role ? nobodyHolds(as) : noSuchViewer(as);
  const leads = people.flatMap(({ roles }) => roles.filter((one) => one.role === 'secretary').map((one) => one.area));
  return { people: new Set(people.map(({ _id }) => _id)), leads };
}

async function holdersOf(house: House, role: Role, area: string | undefined): Promise<Person[]> {
  if (area !== undefined) return findPeople(house, await house.directory.holders(role, area));
  return house.model<Person>('people').find({ 'roles.role': role, active: true }).lean<Person[]>();
}

/** Pure. */
export const sees = (
  { people, leads }: Viewer,
  { _id, areas, roles }: Pick<Person, '_id' | 'areas' | 'roles'>,
): boolean =>
  people.has(_id) || [areas, ...roles.map(({ area }) => lineage(area))].flat().some((area) => leads.includes(area));

async function recipients({ directory }: House, to: Recipient): Promise<string[]> {
  if ('person' in to) return [to.person];
  if ('people' in to) return [...to.people];
  const found = await ('living' in to ? directory.living(to.living) : directory.holders(to.role, to.area));
  return found.filter((id) => id !== to.except);
}

function rowOf({ at, job, key, message, title, text, why, urgent }: Foreseen, people: readonly Person[]): Row {
  const named = people.slice(0, MOST_NAMED).map((one) => ({ id: one._id, name: publicName(one) }));
  const more = people.length - named.length;
  const rest = { title, text, why, urgent };
  return { at: at.toISOString(), job, key, message, to: named, ...(more > 0 ? { more } : {}), ...rest };
}

type Moves = { job: string; jobTitle: string; lines: string[] };

interface Printer {
  row(row: Row): void;
  moves(moves: Moves): void;
  end(): void;
}

/** Written as it comes: a city's week need not fit into memory. */
function jsonPrinter(week: string): Printer {
  let rows = 0;
  const moves: Moves[] = [];
  process.stdout.write(`{"week":${JSON.stringify(week)},"items":[`);
  return {
    row(row) {
      process.stdout.write(`${rows === 0 ? '' : ','}\n${JSON.stringify(row)}`);
      rows += 1;
    },
    moves: (one) => void moves.push(one),
    end: () => void process.stdout.write(`\n],"moves":${JSON.stringify(moves)}}\n`),
  };
}

function linePrinter({ from, to }: { from: Day; to: Day }): Printer {
  let rows = 0;
  let day = '';
  let other = false;
  console.log(`${from}至${to}会发的消息（按现在的情况推算，什么也没有发出、没有改动）：`);
  return {
    row({ at, to: named, more = 0, title, text, why, urgent }) {
      const moment = new Date(at);
      if (dayOf(moment) !== day) console.log(`\n${dayWords(moment)}`);
      day = dayOf(moment);
      rows += 1;
      const whom = named.length === 0 ? '（现在还没有人担任）' : named.map(({ name }) => name).join('、');
      console.log(
        `  ${clockWords(moment)}  给 ${whom}${more > 0 ? `等${named.length + more}人` : ''}${urgent ? '（紧急）' : ''}`,
      );
      console.log(`         【${title}】${text.replaceAll('\n', '\n         ')}`);
      console.log(`         原因：${why}`);
    },
    moves({ jobTitle, lines }) {
      if (!other) console.log(`\n到${dayWords(atCivil(to))}为止，如果没有人处理：`);
      other = true;
      console.log(`  ${jobTitle}`);
      for (const line of lines) console.log(`    ${line}`);
    },
    end: () => console.log(rows === 0 ? '\n这一周没有要发的消息。' : `\n共${rows}条。`),
  };
}
