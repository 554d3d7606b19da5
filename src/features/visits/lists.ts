import { z } from 'zod';
import { may, scope } from '../../core/ability.ts';
import { readAggregate } from '../../core/aggregate.ts';
import type { Caller } from '../../core/caller.ts';
import { forbidden, notFound } from '../../core/errors.ts';
import type { Page } from '../../core/feature.ts';
import type { House } from '../../core/house.ts';
import { decodeCursor, encodeCursor } from '../../core/page.ts';
import type { Day } from '../../core/time.ts';
import { serves } from '../care/index.ts';
import { audit } from '../people/index.ts';
import type { VisitDoc, VisitKind } from './model.ts';
import { mayGlimpse, mayReadVisit } from './service.ts';
import { visitsOf } from './table.ts';
import { lineOf, type VisitLine, type VisitView, viewOf } from './views.ts';

export interface VisitQuery {
  person?: string | undefined;
  area?: string | undefined;
  /** Of an area, only those somebody logged. */
  by?: string | undefined;
  kind?: VisitKind | undefined;
  from?: Day | undefined;
  to?: Day | undefined;
  limit?: number | undefined;
  cursor?: string | undefined;
}

/**
 * One visit, as the caller may see it; of others' visits to people in care it is written down first who looked.
 * @throws HaolinError not_found
 */
export async function getVisit(house: House, caller: Caller, id: string): Promise<VisitView> {
  const visit = await readAggregate(house.model<VisitDoc>('visit'), id);
  if (!visit) throw notFound('走访记录');
  return seenBy(house, caller, visit);
}

/** A visit already read, as the caller may see it. @throws HaolinError not_found when it is none of their business */
export async function seenBy(house: House, caller: Caller, visit: VisitDoc): Promise<VisitView> {
  const full = await mayReadVisit(house, caller, visit);
  if (!full && !(await mayGlimpse(house, caller, visit))) throw notFound('走访记录');
  if (full && visit.persons.length > 0 && visit.by.id !== caller.actor.id) {
    await audit(house, caller.actor, visit.persons, 'visits');
  }
  return viewOf(house, caller, visit, full);
}

const cursorSchema = z.object({ day: z.iso.date(), id: z.string().regex(/^[0-9a-f]{24}$/) });

/**
 * A page of visits, the latest day first: the caller's own, those to one person the caller serves, or those of an area for
 * those who keep or check it.
 * @throws HaolinError not_found for a person the caller does not serve, forbidden for an area, invalid_input for a bent cursor
 */
export async function listVisits(house: House, caller: Caller, query: VisitQuery): Promise<Page<VisitLine>> {
  const { limit = 20, kind, from, to } = query;
  const after = query.cursor === undefined ? undefined : decodeCursor(house.vault, query.cursor, cursorSchema);
  const found = (await visitsOf(house)
    .find({
      $and: [
        await whose(house, caller, query),
        kind ? { kind } : {},
        from || to ? { day: { ...(from && { $gte: from }), ...(to && { $lte: to }) } } : {},
        after ? { $or: [{ day: { $lt: after.day } }, { day: after.day, _id: { $lt: after.id } }] } : {},
      ],
    } as never)
    .project({ history: 0, outbox: 0, sealedWords: 0, found: 0 })
    .sort({ day: -1, _id: -1 })
    .limit(limit + 1)
    .toArray()) as unknown as VisitDoc[];
  const page = found.slice(0, limit);
  const last = page.at(-1);
  const served = query.person !== undefined;
  const items = page.map((visit) => lineOf(visit, served || may(caller.ability, 'read', 'visit', visit)));
  return found.length > limit && last
    ? { items, next: encodeCursor(house.vault, { day: last.day, id: last._id }) }
    : { items };
}

async function whose(house: House, caller: Caller, { person, area, by }: VisitQuery): Promise<object> {
  const { actor, ability } = caller;
  if (person !== undefined) {
    if (!(await serves(house, caller.actor, person))) throw notFound('人');
    await audit(house, actor, person, 'visits');
    return { persons: person, state: 'logged' };
  }
  if (area === undefined) return { 'by.id': actor.id };
  const read = scope(ability, 'read', 'visit');
  const sample = scope(ability, 'sample', 'visit');
  if (!read && !sample) throw forbidden();
  const maker = by === undefined ? {} : { 'by.id': by };
  return { $and: [{ areas: area, ...maker }, { $or: [read, sample].filter((one) => one !== undefined) }] };
}

/** One visit, as far as it matters for what is due. */
export interface LoggedVisit {
  id: string;
  by: string;
  kind: VisitKind;
  day: Day;
  persons: string[];
  items: string[];
  event?: string;
}

/** Every visit logged for the days from `from` to `to`, of an area or by some people, in no particular order. */
export async function* logsBetween(
  house: House,
  whose: { area: string } | { by: readonly string[] },
  from: Day,
  to: Day,
): AsyncGenerator<LoggedVisit> {
  const found = visitsOf(house).find({
    ...('area' in whose ? { areas: whose.area } : { 'by.id': { $in: [...whose.by] } }),
    day: { $gte: from, $lte: to },
    state: 'logged',
  } as never);
  for await (const row of found.project({ by: 1, kind: 1, day: 1, persons: 1, items: 1, event: 1 })) {
    const { _id: id, by, event, ...rest } = row as unknown as VisitDoc;
    yield {
      id,
      by: by.id,
      kind: rest.kind,
      day: rest.day,
      persons: rest.persons,
      items: rest.items,
      ...(event && { event }),
    };
  }
}

/** Ids of the visits that answer these happenings, by happening. */
export async function answersTo(house: House, events: readonly string[]): Promise<LoggedVisit[]> {
  if (events.length === 0) return [];
  const found = await visitsOf(house)
    .find({ event: { $in: [...events] }, state: 'logged' } as never)
    .project({ by: 1, kind: 1, day: 1, persons: 1, items: 1, event: 1 })
    .toArray();
  return (found as unknown as VisitDoc[]).map(({ _id: id, by, kind, day, persons, items, event }) => {
    return { id, by: by.id, kind, day, persons, items, ...(event !== undefined && { event }) };
  });
}
