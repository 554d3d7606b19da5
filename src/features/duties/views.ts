import { z } from 'zod';
import { may } from '../../core/ability.ts';
import type { Caller } from '../../core/caller.ts';
import { forbidden } from '../../core/errors.ts';
import type { House } from '../../core/house.ts';
import { type Day, dayOf } from '../../core/time.ts';
import { lineage } from '../areas/index.ts';
import { audit, findPeople, findPerson, postsOf, publicName } from '../people/index.ts';
import { staffNames } from './bundles.ts';
import { type Due, dueOf } from './due.ts';
import { happenedIn } from './events.ts';
import { factsOf, factsOfPerson } from './facts.ts';
import { whyWords } from './messages.ts';
import { DUTY_KINDS, type DutyKind } from './pack.ts';
import { periodOf } from './periods.ts';

const kind = z.enum(Object.keys(DUTY_KINDS) as [DutyKind, ...DutyKind[]]);

/** One thing to be done, as whoever has to do it sees it. */
export const dueView = z
  .object({
    key: z.string(),
    item: z.string(),
    title: z.string(),
    kind,
    person: z.object({ id: z.string(), name: z.string() }).optional(),
    colour: z.enum(['red', 'yellow', 'green']).optional(),
    event: z.string().optional(),
    happened: z.string().optional().describe('什么时候、在哪里、出了什么情况、谁报的；只给该去的人看'),
    by: z.iso.date(),
    late: z.boolean(),
    done: z.boolean(),
    left: z.number().int(),
    why: z.string(),
    verified: z.boolean().describe('规则是否经管理员核实'),
  })
  .meta({ id: 'Due' });
export type DueView = z.output<typeof dueView>;

/** A week of one person: what is late first, then by its day. */
export const planView = z
  .object({
    week: z.string(),
    from: z.iso.date(),
    to: z.iso.date(),
    items: z.array(dueView),
    left: z.number().int(),
  })
  .meta({ id: 'DutyPlan' });
export type PlanView = z.output<typeof planView>;

/** A community's week, worker by worker; nobody in care is named. */
export const overView = z
  .object({
    week: z.string(),
    area: z.string(),
    workers: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        all: z.number().int(),
        done: z.number().int(),
        late: z.number().int(),
      }),
    ),
    nobody: z.number().int().describe('还没有人负责的关爱对象走访'),
    all: z.number().int(),
    done: z.number().int(),
  })
  .meta({ id: 'DutyOverview' });
export type OverView = z.output<typeof overView>;

/**
 * What the caller has to do in the week of a day. People in care are named; that the list was read is written down first.
 * @param day any Shanghai day of the week
 */
export async function planOf(house: House, caller: Caller, day: Day): Promise<PlanView> {
  const { key: week, from, to } = periodOf('week', day);
  const today = dayOf(caller.now);
  const self = await findPerson(house, caller.actor.id);
  const facts = await factsOfPerson(house, caller.actor.id, self ? postsOf(self) : [], { from, to });
  const dues = dueOf(facts, { from, to }).filter(({ who }) => who === caller.actor.id);
  const persons = [...new Set(dues.flatMap(({ person }) => person ?? []))];
  if (persons.length > 0) await audit(house, caller.actor, persons, 'care');
  const names = new Map((await findPeople(house, persons)).map((person) => [person._id, publicName(person)]));
  const told = await happenedIn(
    house,
    dues.flatMap(({ event, done }) => (event === undefined || done ? [] : event)),
  );
  const items = dues.toSorted(inOrder(today)).map((due) => viewOf(due, names, told, today));
  return { week, from, to, items, left: items.filter(({ done }) => !done).length };
}

const COLOUR_ORDER = { red: 0, yellow: 1, green: 2 } as const;
const colourOf = ({ why }: Due) => (why.rule === 'every' ? COLOUR_ORDER[why.colour] : 3);

/** What is not done first, of that what is late, the most at risk, the earliest day. */
const inOrder =
  (today: Day) =>
  (a: Due, b: Due): number =>
    Number(a.done) - Number(b.done) ||
    Number(b.by < today) - Number(a.by < today) ||
    colourOf(a) - colourOf(b) ||
    a.by.localeCompare(b.by) ||
    a.key.localeCompare(b.key);

function viewOf(due: Due, names: ReadonlyMap<string, string>, told: ReadonlyMap<string, string>, today: Day): DueView {
  const { key, item, title, kind: dutyKind, person, event, by, done, left, why, verified } = due;
  return {
    key,
    item,
    title,
    kind: dutyKind,
    ...(person !== undefined && { person: { id: person, name: names.get(person) ?? '' } }),
    ...(why.rule === 'every' && { colour: why.colour }),
    ...(event !== undefined && { event, happened: told.get(event) }),
    by,
    late: !done && by < today,
    done,
    left,
    why: whyWords(why),
    verified,
  };
}

/**
 * How far a community or a street is in the week of a day, by worker; for its secretary, and for supervisors without names.
 * @throws HaolinError forbidden
 */
export async function overviewOf(house: House, { ability, now }: Caller, area: string, day: Day): Promise<OverView> {
  const place = { areas: lineage(area) };
  const oversees = may(ability, 'oversee', 'duty', place);
  if (!oversees && !may(ability, 'count', 'duty', place)) throw forbidden();
  const { key: week, from, to } = periodOf('week', day);
  const today = dayOf(now);
  const facts = await factsOf(house, area, { from, to });
  const dues = dueOf(facts, { from, to });
  const workers = new Map<string, { all: number; done: number; late: number }>();
  for (const { who, done, by } of dues) {
    const known = workers.get(who ?? '') ?? { all: 0, done: 0, late: 0 };
    workers.set(who ?? '', {
      all: known.all + 1,
      done: known.done + Number(done),
      late: known.late + Number(!done && by < today),
    });
  }
  const names = oversees ? await staffNames(house, facts.posts, [...workers.keys()]) : new Map<string, string>();
  return {
    week,
    area,
    workers: oversees
      ? [...workers]
          .filter(([who]) => who !== '')
          .map(([id, counts]) => ({ id, name: names.get(id) ?? '', ...counts }))
          .toSorted(
            (a, b) => b.late - a.late || b.all - b.done - (a.all - a.done) || a.name.localeCompare(b.name, 'zh'),
          )
      : [],
    nobody: dues.filter(({ who, done }) => who === undefined && !done).length,
    all: dues.length,
    done: dues.filter(({ done }) => done).length,
  };
}
