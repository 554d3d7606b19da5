/** What happened in one's area, for those who look after it: what somebody was called out for, and whether anybody came. */
import { z } from 'zod';
import { may, scope } from '../../core/ability.ts';
import { rawCollection } from '../../core/aggregate.ts';
import type { Caller } from '../../core/caller.ts';
import { forbidden } from '../../core/errors.ts';
import type { Page } from '../../core/feature.ts';
import type { House } from '../../core/house.ts';
import { decodeCursor, encodeCursor } from '../../core/page.ts';
import { audit } from '../people/index.ts';
import { answersTo } from '../visits/index.ts';
import { happenedIn } from './events.ts';
import type { DutyEventDoc, EventState } from './model.ts';

export interface EventQuery {
  area?: string | undefined;
  state?: EventState | undefined;
  limit?: number | undefined;
  cursor?: string | undefined;
}

/** One of them as the caller may know it. */
export interface ListedEvent {
  event: DutyEventDoc;
  /** Somebody has come, or reported. */
  answered: boolean;
  /** Where, when and what, with the door: for who has to come, who reported it and who looks after the place. */
  happened?: string;
}

const cursorSchema = z.object({ at: z.iso.datetime(), id: z.string().regex(/^[0-9a-f]{24}$/) });

/**
 * A page of what happened where the caller may read of it, the latest first. What is under seal is opened for those who may
 * know it; where it is about somebody in care it is written down first who read it.
 * @throws HaolinError forbidden, invalid_input for a bent cursor
 */
export async function listEvents(house: House, caller: Caller, query: EventQuery): Promise<Page<ListedEvent>> {
  const { limit = 20, area, state = 'open' } = query;
  const { actor, ability } = caller;
  const visible = scope(ability, 'read', 'duty_event');
  if (visible === undefined) throw forbidden();
  const after = query.cursor === undefined ? undefined : decodeCursor(house.vault, query.cursor, cursorSchema);
  const at = after && new Date(after.at);
  const found = (await rawCollection(house.model<DutyEventDoc>('duty_event'))
    .find({
      $and: [
        visible,
        { state },
        area === undefined ? {} : { areas: area },
        after ? { $or: [{ happenedAt: { $lt: at } }, { happenedAt: at, _id: { $lt: after.id } }] } : {},
      ],
    } as never)
    .project({ history: 0, outbox: 0, place: 0, what: 0 })
    .sort({ happenedAt: -1, _id: -1 })
    .limit(limit + 1)
    .toArray()) as unknown as DutyEventDoc[];
  const page = found.slice(0, limit);
  const known = page.filter(
    (event) => event.bearer.id === actor.id || event.by.id === actor.id || may(ability, 'know', 'duty_event', event),
  );
  const persons = [...new Set(known.flatMap(({ person }) => person ?? []))];
  if (persons.length > 0) await audit(house, actor, persons, 'care');
  const [told, answers] = await Promise.all([
    happenedIn(
      house,
      known.map(({ _id }) => _id),
    ),
    answersTo(
      house,
      page.map(({ _id }) => _id),
    ),
  ]);
  const answered = new Set(answers.map(({ event }) => event));
  const items = page.map((event) => {
    const happened = told.get(event._id);
    return { event, answered: answered.has(event._id), ...(happened !== undefined && { happened }) };
  });
  const last = page.at(-1);
  return found.length > limit && last
    ? { items, next: encodeCursor(house.vault, { at: last.happenedAt.toISOString(), id: last._id }) }
    : { items };
}
