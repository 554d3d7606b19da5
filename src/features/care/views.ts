import { z } from 'zod';
import { may } from '../../core/ability.ts';
import type { Caller } from '../../core/caller.ts';
import type { House } from '../../core/house.ts';
import { movesFor } from '../../core/lifecycle.ts';
import { dayOf } from '../../core/time.ts';
import { gridOf } from '../areas/index.ts';
import { audit, findPeople, type Person, publicName } from '../people/index.ts';
import type { CareFacts } from './decisions.ts';
import { COLOUR_WORDS, COLOURS, FLAG_KINDS, FLAGS } from './kinds.ts';
import { careLifecycle } from './lifecycle.ts';
import { CARE_MOVES, GONE, UNREADABLE } from './messages.ts';
import {
  CARE_STATES,
  type CareDoc,
  type CareState,
  CONSENTS,
  type ConsentBy,
  type Flag,
  notePlace,
  reasonPlace,
} from './model.ts';
import { isServedBy } from './serving.ts';

const named = z.object({ id: z.string(), name: z.string() });
const day = z.iso.date();
const at = z.iso.datetime();
const state = z.enum(Object.keys(CARE_STATES) as [CareState, ...CareState[]]);
const consentBy = z.enum(Object.keys(CONSENTS) as [ConsentBy, ...ConsentBy[]]);

const flagRow = z.object({
  kind: z.enum(FLAG_KINDS),
  word: z.string(),
  reviewBy: day,
  due: z.boolean().describe('到了复核日期'),
});

/** A person in care as a list shows them. */
export const careRow = z
  .object({
    id: z.string(),
    person: named,
    colour: z.enum(COLOURS),
    colourWord: z.string(),
    mine: z.boolean().describe('由本人照看'),
    state: state.optional(),
    stateWord: z.string().optional(),
    flags: z.array(flagRow).optional().describe('联户长看不到'),
    grid: z.string().optional(),
    sentinel: named.optional(),
    since: day.optional(),
    lastVisit: day.optional(),
    reviewDue: z.boolean().optional(),
  })
  .meta({ id: 'CareRow' });
export type CareRow = z.output<typeof careRow>;

/** A person in care as those who look after them see them. */
export const careView = careRow
  .extend({
    community: z.string().optional(),
    lead: named.optional(),
    flags: z
      .array(
        flagRow.extend({
          since: day,
          consent: z.object({ by: consentBy, byWord: z.string(), at: day }),
          reason: z.string(),
          by: named,
        }),
      )
      .optional(),
    visits: z.array(day).optional().describe('最近的走访日期，新的在前'),
    notes: z
      .array(z.object({ move: z.string(), moveWord: z.string(), text: z.string(), by: named, at }))
      .optional()
      .describe('写过的记录和各次改动的原因，新的在前'),
    served: z
      .array(z.object({ sentinel: named, from: day, to: day }))
      .optional()
      .describe('以前的守望哨，早的在前'),
    updatedAt: at.optional(),
    version: z.number().int(),
    moves: z.array(z.string()),
  })
  .meta({ id: 'Care' });
export type CareView = z.output<typeof careView>;

/** The register's people a page of documents names, by id. */
type Names = ReadonlyMap<string, Person>;

async function namesFor(house: House, docs: readonly CareDoc[]): Promise<Names> {
  const ids = docs.flatMap(({ person, sentinel, lead, served }) => [
    person,
    ...[sentinel, lead].filter((one) => one !== undefined),
    ...(served ?? []).map((one) => one.sentinel),
  ]);
  return new Map((await findPeople(house, ids)).map((person) => [person._id, person]));
}

const publicNamed = (names: Names, id: string) => {
  const person = names.get(id);
  return { id, name: person === undefined ? GONE : publicName(person) };
};

/** Whoever looks in on a neighbour knows them by name; it is all they are shown. */
const neighbour = (names: Names, id: string) => ({ id, name: names.get(id)?.name ?? GONE });

const flagRowOf = ({ kind, reviewBy }: Flag, today: string) => ({
  kind,
  word: FLAGS[kind],
  reviewBy,
  due: reviewBy <= today,
});

function rowOf(caller: Caller, care: CareDoc, names: Names): CareRow {
  const { _id: id, person, colour, sentinel, lead, visits, areas } = care;
  const mine = lead === caller.actor.id || isServedBy(caller.actor, care);
  const least = { id, colour, colourWord: COLOUR_WORDS[colour], mine };
  if (!may(caller.ability, 'read', 'care', care)) return { ...least, person: neighbour(names, person) };
  const today = dayOf(caller.now);
  const grid = gridOf(areas);
  return {
    ...least,
    person: publicNamed(names, person),
    state: care.state,
    stateWord: CARE_STATES[care.state],
    flags: care.flags.map((flag) => flagRowOf(flag, today)),
    ...(grid === undefined ? {} : { grid }),
    ...(sentinel === undefined ? {} : { sentinel: publicNamed(names, sentinel) }),
    since: care.since,
    ...(visits[0] === undefined ? {} : { lastVisit: visits[0] }),
    reviewDue: care.state === 'kept' && care.flags.some(({ reviewBy }) => reviewBy <= today),
  };
}

const moveWord = (name: string): string => (CARE_MOVES as Record<string, string>)[name] ?? name;

function viewOf(house: House, caller: Caller, care: CareDoc, names: Names): CareView {
  const row = rowOf(caller, care, names);
  const { _id: id, version, lead } = care;
  if (!may(caller.ability, 'read', 'care', care)) return { ...row, flags: undefined, version, moves: [] };
  const today = dayOf(caller.now);
  const facts: CareFacts = { seal: (_field, text) => text, who: '' };
  return {
    ...row,
    community: care.community,
    ...(lead === undefined ? {} : { lead: publicNamed(names, lead) }),
    flags: care.flags.map((flag) => ({
      ...flagRowOf(flag, today),
      since: flag.since,
      consent: { ...flag.consent, byWord: CONSENTS[flag.consent.by] },
      reason: house.vault.tryOpen(flag.reason, reasonPlace(id, flag.kind)) ?? UNREADABLE,
      by: flag.by,
    })),
    visits: care.visits,
    notes: care.notes
      .map(({ text, move, ...note }, nth) => ({
        move,
        moveWord: moveWord(move),
        text: house.vault.tryOpen(text, notePlace(id, nth)) ?? UNREADABLE,
        by: note.by,
        at: note.at.toISOString(),
      }))
      .reverse(),
    served: care.served.map(({ sentinel, from, to }) => ({ sentinel: publicNamed(names, sentinel), from, to })),
    updatedAt: care.updatedAt.toISOString(),
    version,
    moves: movesFor(careLifecycle, care, { ...caller, calendar: house.calendar, facts }),
  };
}

/** Shows documents as rows. That somebody looked is written down first: no line, no looking. */
export async function shownRows(house: House, caller: Caller, docs: readonly CareDoc[]): Promise<CareRow[]> {
  if (docs.length === 0) return [];
  await audit(
    house,
    caller.actor,
    docs.map(({ person }) => person),
    'care',
    { fields: ['flags', 'colour'] },
  );
  const names = await namesFor(house, docs);
  return docs.map((care) => rowOf(caller, care, names));
}

/** Shows one document whole, written down first as above. */
export async function shown(house: House, caller: Caller, care: CareDoc): Promise<CareView> {
  await audit(house, caller.actor, care.person, 'care', { fields: ['flags', 'colour', 'reasons', 'notes'] });
  return viewOf(house, caller, care, await namesFor(house, [care]));
}
