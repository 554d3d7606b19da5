import { z } from 'zod';
import type { Role } from '../../core/ability.ts';
import { readAggregate } from '../../core/aggregate.ts';
import type { Caller } from '../../core/caller.ts';
import { forbidden, notFound } from '../../core/errors.ts';
import type { House } from '../../core/house.ts';
import { holdersWithin, ROLE_WORDS } from '../people/index.ts';
import type { IncidentDoc } from './model.ts';
import { isVisible } from './service.ts';
import { movesOf } from './views.ts';

/** Those who may have an incident of their area in hand (rules: `handle`), in the order they are named. */
const HANDLERS = ['grid_worker', 'worker', 'social_worker', 'secretary'] as const satisfies readonly Role[];
const MOST = 300;

export const candidates = z.object({
  items: z.array(z.object({ id: z.string(), name: z.string(), title: z.string().describe('在这里的身份') })),
});
export type Candidates = z.output<typeof candidates>;

/**
 * Whom an incident can be given to, those nearest first: also for a street's supervisor, who may look through no list of
 * people.
 * @throws HaolinError not_found, forbidden for whoever gives it to nobody
 */
export async function candidatesFor(house: House, caller: Caller, id: string): Promise<Candidates> {
  const incident = await readAggregate(house.model<IncidentDoc>('incident'), id);
  if (!incident || !isVisible(house, caller, incident)) throw notFound('事件');
  const moves = movesOf(house, caller, incident);
  if (!moves.includes('dispatch') && !moves.includes('assist')) throw forbidden();
  const found: { id: string; name: string; title: string; place: number }[] = [];
  for await (const { _id, name, roles } of holdersWithin(house, HANDLERS, incident.areas)) {
    const place = HANDLERS.findIndex((role) =>
      roles.some((held) => held.role === role && incident.areas.includes(held.area)),
    );
    const role = HANDLERS[place];
    if (role) found.push({ id: _id, name, title: ROLE_WORDS[role][0], place });
    if (found.length === MOST) break;
  }
  found.sort((a, b) => a.place - b.place || (a.id < b.id ? -1 : 1));
  return { items: found.map(({ place: _place, ...one }) => one) };
}
