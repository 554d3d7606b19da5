import { z } from 'zod';
import { may } from '../../core/ability.ts';
import type { Caller } from '../../core/caller.ts';
import type { House } from '../../core/house.ts';
import { movesFor } from '../../core/lifecycle.ts';
import { wholeWords } from '../../core/sealed-words.ts';
import { findPeople, publicName } from '../people/index.ts';
import { visitLifecycle } from './lifecycle.ts';
import {
  checkOf,
  foundPlace,
  type Seen,
  VISIT_KINDS,
  VISIT_STATES,
  type VisitDoc,
  type VisitKind,
  type VisitState,
} from './model.ts';
import { standingOf } from './spawning.ts';

const named = z.object({ id: z.string(), name: z.string() });
const kind = z.enum(Object.keys(VISIT_KINDS) as [VisitKind, ...VisitKind[]]);

/** A visit as a list shows it: nothing of what was found. */
export const visitLine = z
  .object({
    id: z.string(),
    state: z.enum(Object.keys(VISIT_STATES) as [VisitState, ...VisitState[]]),
    stateWord: z.string(),
    kind,
    kindWord: z.string(),
    day: z.iso.date(),
    by: named,
    community: z.string(),
    grid: z.string().optional(),
    place: z.string().optional(),
    households: z.number().int(),
    well: z.boolean().optional().describe('是不是都正常；抽查的人看不到'),
    unmet: z.number().int().optional().describe('记的时候其中几户没见到人；更正过的和抽查的人看不到'),
    photos: z.array(z.object({ id: z.string(), width: z.number().int(), height: z.number().int() })),
    late: z.boolean().describe('事后补记的'),
    corrected: z.boolean(),
    checked: z.enum(['agreed', 'doubted', 'changed']).optional().describe('抽查的结果；抽查以后又改过的是 changed'),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'VisitLine' });
export type VisitLine = z.output<typeof visitLine>;

const seen = z.object({
  kind,
  day: z.iso.date(),
  place: z.string().optional(),
  households: z.number().int(),
  well: z.boolean().optional(),
  found: z.string().optional(),
});

/** A visit as those see it who may read all of it; a spot check sees the line and its checks. */
export const visitView = visitLine
  .extend({
    full: z.boolean().describe('能看全部内容；抽查的人只看得到日子、网格、户数，和没有关爱对象的照片'),
    persons: z.array(named),
    found: z.string().optional(),
    items: z.array(z.string()),
    event: z.string().optional(),
    spawned: z.array(
      z.object({
        kind: z.enum(['wish', 'incident']),
        id: z.string(),
        number: z.number().int(),
        danger: z.boolean().optional().describe('写的话说有人有危险，已经按危及生命马上通知'),
        stateWord: z.string().optional().describe('现在办得怎样'),
      }),
    ),
    before: z.array(seen.extend({ until: z.iso.datetime() })).describe('更正以前的内容，先后排列'),
    checks: z.array(z.object({ by: named, at: z.iso.datetime(), agreed: z.boolean(), words: z.string().optional() })),
    version: z.number().int(),
    moves: z.array(z.string()),
  })
  .meta({ id: 'Visit' });
export type VisitView = z.output<typeof visitView>;

/** As a list shows it. Pure. @param full whether they may read all of it: where in the grid it was tells whose door it was */
export function lineOf(visit: VisitDoc, full: boolean): VisitLine {
  const checked = checkOf(visit);
  return {
    id: visit._id,
    state: visit.state,
    stateWord: VISIT_STATES[visit.state],
    kind: visit.kind,
    kindWord: VISIT_KINDS[visit.kind],
    day: visit.day,
    by: visit.by,
    community: visit.community,
    ...(visit.grid !== undefined && { grid: visit.grid }),
    ...(visit.place !== undefined && full && { place: visit.place }),
    households: visit.households,
    ...(full && { well: visit.well }),
    // A corrected log says for itself how many were met.
    ...(full && visit.before.length === 0 && visit.unmet !== undefined && { unmet: visit.unmet }),
    // Where somebody in care lives is theirs.
    photos: full || visit.persons.length === 0 ? visit.photos : [],
    late: visit.late === true,
    corrected: visit.before.length > 0,
    ...(checked && { checked }),
    createdAt: visit.createdAt.toISOString(),
  };
}

/** As the caller may see it. @param full whether they may read what was found and whom it was about */
export async function viewOf(house: House, caller: Caller, visit: VisitDoc, full: boolean): Promise<VisitView> {
  const open = ({ found }: Pick<Seen, 'found'>) =>
    found === undefined || !full ? {} : { found: house.vault.tryOpen(found, foundPlace(visit._id)) ?? UNREADABLE };
  const whole = wholeWords(house.vault, 'visit', visit, ({ by }) => full || by.id === caller.actor.id);
  const people = full ? await findPeople(house, visit.persons) : [];
  const standing = full ? await standingOf(house, visit.spawned) : new Map<string, string>();
  return {
    ...lineOf(visit, full),
    ...(visit.place !== undefined && full && { place: whole(visit.place) }),
    full,
    persons: people.map((person) => ({ id: person._id, name: publicName(person) })),
    ...open(visit),
    // By which rule somebody was seen says why they are in care.
    items: full ? visit.items : [],
    ...(visit.event !== undefined && full && { event: visit.event }),
    spawned: full ? visit.spawned.map((one) => ({ ...one, stateWord: standing.get(one.id) })) : [],
    before: visit.before.map(({ persons: _persons, found, place, well, until, ...rest }) => ({
      ...rest,
      ...(full && { well }),
      ...(place !== undefined && full && { place: whole(place) }),
      ...open({ ...(found !== undefined && { found }) }),
      until: until.toISOString(),
    })),
    checks:
      may(caller.ability, 'read', 'visit', visit) || may(caller.ability, 'sample', 'visit', visit)
        ? visit.checks.map(({ words, ...one }) => ({
            ...one,
            at: one.at.toISOString(),
            ...(words !== undefined && { words: whole(words, one.at) }),
          }))
        : [],
    version: visit.version,
    moves: movesFor(visitLifecycle, visit, { ...caller, calendar: house.calendar, facts: {} }),
  };
}

const UNREADABLE = '（内容打不开了，请告诉管理员）';
