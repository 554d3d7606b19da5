import type { Job, Planned, Run } from '../../core/feature.ts';
import type { House } from '../../core/house.ts';
import { toldAt } from '../../core/notice.ts';
import { notedJob } from '../../core/planned.ts';
import { type Calendar, type Day, dayOf, HOUR, weekKey } from '../../core/time.ts';
import { lineage, streetOf } from '../areas/index.ts';
import { byStreet, dataOf, namesOf, staffNames } from './bundles.ts';
import { type Due, dueOf } from './due.ts';
import { type AreaFacts, factsLate } from './facts.ts';
import { WHY } from './messages.ts';
import { communityFinder, outcomeOf } from './outcome.ts';
import type { Pack } from './pack.ts';
import { tallyOf } from './tally.ts';
import { RUNGS, type Rung, rungOn, type Told } from './week.ts';

/** All that one recipient hears in a run, of one rung. */
interface Heard {
  rung: Rung;
  who: string;
  dues: Due[];
}

/** Under this key it is noted that somebody was told of something late. */
export const markOf = (rung: Rung, { key }: Due): string => `duties.overdue:${rung}:${key}`;
/** So many are looked up at once. */
const AT_ONCE = 2_000;

function* inPortions<T>(all: readonly T[]): Generator<T[]> {
  for (let nth = 0; nth < all.length; nth += AT_ONCE) yield all.slice(nth, nth + AT_ONCE);
}

const LADDER = Object.keys(RUNGS) as Rung[];

/**
 * Who was told of these when. Where many are late, a rung above one that was not told yet is not looked up: nobody is told
 * of it before.
 * @param ahead a coming day is looked at, by when what is not told yet will have been
 */
async function toldOf(house: House, late: readonly Due[], ahead: boolean): Promise<(due: Due) => Told> {
  const known = new Map<Due, Told>(late.map((due) => [due, {}]));
  const look = async (asked: readonly (readonly [Rung, Due])[]): Promise<void> => {
    for (const some of inPortions(asked)) {
      const told = await toldAt(
        house,
        some.map(([rung, due]) => markOf(rung, due)),
      );
      for (const [rung, due] of some) {
        const at = told.get(markOf(rung, due));
        if (at !== undefined) Object.assign(known.get(due) ?? {}, { [rung]: dayOf(at) });
      }
    }
  };
  const on = (rung: Rung, dues: readonly Due[]) =>
    dues.flatMap((due) => (rung === 'bearer' && due.who === undefined ? [] : [[rung, due] as const]));
  if (ahead || late.length * LADDER.length <= AT_ONCE) {
    await look(LADDER.flatMap((rung) => on(rung, late)));
  } else {
    let climbing = late;
    for (const rung of LADDER) {
      await look(on(rung, climbing));
      climbing = climbing.filter((due) => known.get(due)?.[rung] || (rung === 'bearer' && due.who === undefined));
    }
  }
  return (due) => known.get(due) ?? {};
}

/** `rungOn` of one day, reckoned once for all that is late since one day and was told on the same days. */
function rungs(calendar: Calendar, today: Day, from: Day): (due: Due, told: Told) => Rung | undefined {
  const known = new Map<string, Rung | undefined>();
  return ({ by, who }, told) => {
    const key = [by, who !== undefined, ...LADDER.map((rung) => told[rung])].join();
    if (!known.has(key)) known.set(key, rungOn(calendar, today, { by, borne: who !== undefined }, told, from));
    return known.get(key);
  };
}

/** Who is to hear of what in a street, by the key of the message. Whoever serves two streets is told for each. */
async function heardIn(house: House, facts: AreaFacts, today: Day, from: Day): Promise<Map<string, Heard>> {
  const late = dueOf(facts, { from: today, to: today }).filter(({ done, by }) => !done && by < today);
  const told = await toldOf(house, late, from < today);
  const rungOf = rungs(house.calendar, today, from);
  const communityOfDue = communityFinder(facts);
  const heard = new Map<string, Heard>();
  for (const due of late) {
    const rung = rungOf(due, told(due));
    if (rung === undefined) continue;
    const community = communityOfDue(due);
    const who = rung === 'bearer' ? due.who : rung === 'secretary' ? community : streetOf(lineage(community ?? ''));
    if (who === undefined) continue;
    const key = `duties.overdue:${rung}:${today}:${who}${rung === 'bearer' ? `@${facts.area}` : ''}`;
    const one = heard.get(key) ?? { rung, who, dues: [] };
    one.dues.push(due);
    heard.set(key, one);
  }
  return heard;
}

/** @param note takes the marks of all that is told */
async function* climb({ slot, seenFrom }: Run, house: House, note: (mark: string) => void): AsyncGenerator<Planned> {
  const today = dayOf(slot);
  if (!house.calendar.isWorkday(today)) return;
  const from = seenFrom !== undefined && seenFrom < slot ? dayOf(seenFrom) : today;
  const week = weekKey(slot);
  const read = async (street: string, packs: readonly Pack[]) => {
    const facts = await factsLate(house, street, today, packs);
    return { heard: await heardIn(house, facts, today, from), posts: facts.posts };
  };
  for await (const { heard, posts } of byStreet(house, read)) {
    const all = [...heard.values()];
    const bearers = all.flatMap(({ rung, who, dues }) => (rung === 'bearer' ? { person: who, dues } : []));
    const names = await namesOf(house, bearers);
    const others = all.flatMap(({ rung, dues }) => (rung === 'bearer' ? [] : dues.flatMap(({ who }) => who ?? [])));
    const staff = await staffNames(house, posts, others);
    for (const [key, { rung, who, dues }] of heard) {
      const why = WHY.overdue(rung);
      const message = `duties.overdue_${rung}`;
      yield rung === 'bearer'
        ? { key, to: { person: who }, message, data: { week, ...dataOf(dues, names, today) }, why }
        : {
            key,
            to: { role: rung === 'secretary' ? 'secretary' : 'supervisor', area: who },
            message,
            data: { week, area: who, ...outcomeOf(tallyOf(dues), staff) },
            why,
          };
      for (const due of dues) note(markOf(rung, due));
    }
  }
}

/**
 * The ladder of what is late: whoever was to do it, then the secretary, then the street. Of each it is noted that they were
 * told once all are: a run that is cut off tells the rest when it is begun again, and nobody twice on a day.
 */
export const overdue: Job = notedJob({
  name: 'duties.overdue',
  title: '超期的走访：先提醒本人，再告诉书记，再告诉街道',
  cron: '30 9 * * *',
  makeUpWithinMs: 8 * HOUR,
  plan: climb,
  notedAt: ({ slot }) => slot,
});
