import { z } from 'zod';
import { may, type Role, scope } from '../../core/ability.ts';
import { create, idFor, perform, rawCollection, readAggregate, type Table } from '../../core/aggregate.ts';
import type { Caller } from '../../core/caller.ts';
import { forbidden, notFound } from '../../core/errors.ts';
import type { House } from '../../core/house.ts';
import { called, parseInput } from '../../core/input.ts';
import { can, lifecycleOf, to } from '../../core/lifecycle.ts';
import type { Named } from '../../core/named.ts';
import { takerOf } from '../../core/quota.ts';
import { addDays, type Day, dayOf } from '../../core/time.ts';
import { asWritten, onOneLine } from '../../core/written.ts';
import { communityOf, findArea, gridOf, lineage } from '../areas/index.ts';
import { findPeople, findPerson, type Person, readablePerson } from '../people/index.ts';
import { endOf } from './days.ts';
import { dueOf } from './due.ts';
import { eventLongAgo, eventToCome, nobodyToCome, unknownEvent } from './errors.ts';
import { happenedWords } from './messages.ts';
import { type DutyEventDoc, doorPlace, EVENT_STATES, type EventState, whatPlace } from './model.ts';
import { type DutyKind, inForce, type Pack, refOf } from './pack.ts';
import { packsOf } from './registry.ts';

interface EventFacts {
  place?: { areas: string[]; community: string };
  bearer?: Named;
  /** What it is called, what is to be done and by when; absent where no pack in force knows of it. */
  known?: { title: string; kind: DutyKind; by: Day; until?: Date; who?: readonly Role[] };
  person?: string;
  /** The community and the grid, by name. */
  where?: string;
  /** The door and what happened, under seal. */
  sealed?: Pick<DutyEventDoc, 'place' | 'what'>;
}

const id = (name: string) => called(name, z.string().regex(/^[0-9a-f]{24}$/));
/** Something that happened, as somebody reports it. */
export const eventInput = z.object({
  event: called('哪一类事情', z.string().min(1).max(40)),
  area: called('社区或网格', z.string().max(20)),
  happenedAt: called('什么时候发生的', z.iso.datetime({ offset: true })).optional(),
  bearer: id('由谁去').optional(),
  person: id('和谁有关').optional(),
  place: called('具体在哪里', z.string().overwrite(onOneLine).min(1).max(60))
    .optional()
    .describe('加密保存，只给该去的人看'),
  what: called('出了什么情况', z.string().overwrite(asWritten).min(1).max(200))
    .optional()
    .describe('加密保存，只给该去的人看'),
});
const dropInput = z.object({ reason: called('原因', z.string().overwrite(asWritten).min(2).max(200)) });

const { move, start, lifecycle } = lifecycleOf<DutyEventDoc, EventState, EventFacts>();

/** Nobody is sent where something happened longer ago. */
const REPORTED_WITHIN_DAYS = 30;
/** Longer than any rule gives: 366 workdays. */
const AT_MOST_DAYS = 800;

/** Something happened: `open` as long as it stands, whoever has come; `dropped` when it was none. */
export const eventLifecycle = lifecycle({
  name: 'duty_event',
  states: EVENT_STATES,
  start: {
    open: start({
      to: 'open',
      by: can('open'),
      input: eventInput,
      guard: (input, { now, facts }) => {
        const happened = input.happenedAt ? new Date(input.happenedAt) : now;
        if (happened > now) return eventToCome();
        if (dayOf(happened) < addDays(dayOf(now), -REPORTED_WITHIN_DAYS)) return eventLongAgo(REPORTED_WITHIN_DAYS);
        if (!facts.known) return unknownEvent();
        return facts.bearer ? undefined : nobodyToCome(facts.known.who);
      },
      build: (input, { actor, now, facts }) => ({
        areas: facts.place?.areas ?? [],
        community: facts.place?.community ?? '',
        event: input.event,
        title: facts.known?.title ?? '',
        ...(facts.known?.until && { until: facts.known.until }),
        happenedAt: input.happenedAt ? new Date(input.happenedAt) : now,
        bearer: facts.bearer ?? { id: '', name: '' },
        ...(facts.person !== undefined && { person: facts.person }),
        ...facts.sealed,
        by: { id: actor.id, name: actor.name },
      }),
      tell: ({ _id: id, title, bearer, until, happenedAt, place, what: told }, { facts: { known, where } }) => {
        // Never the door: a push is read on a locked screen.
        const more = place !== undefined || told !== undefined;
        const what = { id, title, kind: known?.kind, where, at: happenedAt.toISOString(), more };
        return [
          until
            ? to(bearer.id, 'duty_event.now', { ...what, until: until.toISOString() })
            : to(bearer.id, 'duty_event.open', { ...what, by: known?.by }),
        ];
      },
    }),
  },
  moves: {
    drop: move({
      from: ['open'],
      to: 'dropped',
      by: can('drop'),
      input: dropInput,
      tell: ({ _id: id, title, bearer, until }) => [
        // Whoever was called out at once may be on the way.
        to(bearer.id, until ? 'duty_event.back' : 'duty_event.dropped', { id, title }),
      ],
    }),
  },
});

/** Each tells somebody to come. */
const MOST_EVENTS = { points: 20, seconds: 3_600 };

const table = (house: House): Table<DutyEventDoc, EventState, EventFacts> => ({
  lifecycle: eventLifecycle,
  model: house.model<DutyEventDoc>('duty_event'),
  announce: (change) => house.announce(change),
  keyed: (text) => house.vault.fingerprint(text),
  spend: (_event, { id: opener }) => takerOf(house)(`duty_event:${opener}`, MOST_EVENTS),
});

/**
 * Writes down that something happened and tells whoever is to come: who is named or, failing that, the person's sentinel,
 * whoever keeps the grid, or whose duty the rule makes it.
 * @returns it, with the last day to come or to report
 * @throws HaolinError invalid_input, forbidden, not_found (whom it is about), unknown_event, nobody_to_come, event_to_come, event_long_ago
 */
export async function openEvent(
  house: House,
  caller: Caller,
  input: unknown,
): Promise<{ event: DutyEventDoc; by?: Day }> {
  if (scope(caller.ability, 'open', 'duty_event') === undefined) throw forbidden();
  const given = parseInput(eventInput, input);
  if (given.person !== undefined) await readablePerson(house, given.person, caller.actor);
  const eventId = idFor(eventLifecycle.name, caller.actor.id, caller.key);
  const facts = { ...(await factsToOpen(house, caller, given)), sealed: sealedFor(house, eventId, given) };
  const { document } = await create(
    table(house),
    'open',
    given,
    { ...caller, calendar: house.calendar, facts },
    eventId,
  );
  return { event: document, ...(facts.known && { by: facts.known.by }) };
}

/** Takes it back. @throws HaolinError not_found, forbidden, wrong_state */
export async function dropEvent(house: House, caller: Caller, eventId: string, input: unknown): Promise<DutyEventDoc> {
  const found = await readAggregate(house.model<DutyEventDoc>('duty_event'), eventId);
  if (!found || !may(caller.ability, 'read', 'duty_event', found)) throw notFound('事情');
  const { document } = await perform(
    table(house),
    eventId,
    'drop',
    input,
    { ...caller, calendar: house.calendar },
    () => ({}),
  );
  return document;
}

function sealedFor({ vault }: House, id: string, { place, what }: z.output<typeof eventInput>) {
  return {
    ...(place !== undefined && { place: vault.seal(place, doorPlace(id)) }),
    ...(what !== undefined && { what: vault.seal(what, whatPlace(id)) }),
  };
}

async function factsToOpen(
  house: House,
  { actor, now }: Caller,
  given: z.output<typeof eventInput>,
): Promise<EventFacts> {
  const areas = lineage(given.area);
  const community = communityOf(areas);
  const [area, around] = await Promise.all([findArea(house, given.area), findArea(house, community ?? '')]);
  if (community === undefined || !area) return {};
  const packs = await packsOf(house);
  const happening = {
    id: 'asked',
    event: given.event,
    at: given.happenedAt ? new Date(given.happenedAt) : now,
    areas,
    bearer: actor.id,
  };
  const today = dayOf(now);
  const facts = {
    packs,
    bearers: [],
    wards: [],
    happenings: [happening],
    logs: [],
    calendar: house.calendar,
  };
  const [due] = dueOf(facts, { from: today, to: addDays(today, AT_MOST_DAYS) });
  const who = due && whoseDuty(inForce(packs, areas, dayOf(happening.at)), due.item);
  const bearer = await bearerOf(house, areas, given, who);
  return {
    place: { areas, community },
    where: [...new Set([around?.name, area.name])].filter((one) => one !== undefined).join(''),
    ...(bearer && { bearer }),
    ...(due && {
      known: {
        title: due.title,
        kind: due.kind,
        by: due.by,
        ...(who && { who }),
        ...(due.until < endOf(due.by) && { until: due.until }),
      },
    }),
    ...(given.person !== undefined && { person: given.person }),
  };
}

/** Whose duty something of a pack is, where it says so. */
const whoseDuty = (packs: readonly Pack[], ref: string): readonly Role[] | undefined =>
  packs.flatMap((pack) => pack.items.filter((item) => refOf(pack, item) === ref))[0]?.who;

/** Of each of these roles the nearest who have it. */
const holdersOf = async (house: House, roles: readonly Role[], areas: readonly string[]): Promise<string[]> =>
  (await Promise.all(roles.map((role) => house.directory.holders(role, areas.at(-1) ?? '')))).flat();

/** Who may be sent somewhere, where the rule does not say. */
const COMING: readonly Role[] = ['worker', 'grid_worker', 'secretary', 'social_worker', 'care_keeper'];

async function bearerOf(
  house: House,
  areas: string[],
  { bearer, person }: z.output<typeof eventInput>,
  who: readonly Role[] = COMING,
): Promise<Named | undefined> {
  const ward = person === undefined ? undefined : await findPerson(house, person);
  const grid = gridOf(areas);
  const [keeper] = grid === undefined ? [] : await house.directory.holders('grid_worker', grid);
  const others = who === COMING ? [] : await holdersOf(house, who, areas);
  const asked = bearer === undefined ? [ward?.sentinel, keeper, ...others] : [bearer];
  const found = await findPeople(
    house,
    asked.filter((one) => one !== undefined),
  );
  const servesThere = ({ roles }: Person) =>
    roles.some(
      ({ role, area }) =>
        who.includes(role) && (areas.includes(area) || communityOf(lineage(area)) === communityOf(areas)),
    );
  // A sentinel who does not serve where it happened is too far away.
  const [first] = asked.flatMap((id) => found.find((one) => one._id === id && servesThere(one)) ?? []);
  return first && { id: first._id, name: first.name };
}

/** What is to be known of these happenings by whoever is to come, in a sentence each, by id. */
export async function happenedIn(house: House, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const found = (await rawCollection(house.model<DutyEventDoc>('duty_event'))
    .find({ _id: { $in: [...ids] } } as never)
    .project({ history: 0, outbox: 0 })
    .toArray()) as unknown as DutyEventDoc[];
  const told = found.map(async ({ _id: id, areas, community, happenedAt, by, place, what }) => {
    const names = await Promise.all(
      [...new Set([community, areas.at(-1) ?? community])].map((code) => findArea(house, code)),
    );
    const open = (sealed: string | undefined, where: string) => sealed && house.vault.tryOpen(sealed, where);
    const where = names.map((area) => area?.name ?? '').join('');
    const [door, seen] = [open(place, doorPlace(id)), open(what, whatPlace(id))];
    return [id, happenedWords(happenedAt, where, by.name, door, seen)] as const;
  });
  return new Map(await Promise.all(told));
}
