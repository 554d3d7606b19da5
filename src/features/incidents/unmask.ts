import { z } from 'zod';
import { readAggregate } from '../../core/aggregate.ts';
import type { Caller } from '../../core/caller.ts';
import { forbidden, notFound } from '../../core/errors.ts';
import type { House } from '../../core/house.ts';
import { words, wordsOf, writersOf } from '../../core/unmask.ts';
import { audit, contactsOf } from '../people/index.ts';
import { unmaskedBecause } from './messages.ts';
import { addressPlace, type IncidentDoc } from './model.ts';
import { isVisible } from './service.ts';
import { mayUnmask } from './views.ts';

/** The telephones and the address behind an incident, for those who need them to solve it; who looked is written down. */

export const incidentContact = z.object({
  address: z.string().optional().describe('报告里写的地址'),
  words,
  reporters: z.array(
    z.object({
      name: z.string(),
      phone: z.string().optional(),
      proxyFor: z.object({ name: z.string(), relation: z.string() }).optional(),
    }),
  ),
});
export type IncidentContact = z.output<typeof incidentContact>;

/**
 * Shows how to reach whoever reported it. First it is written down who looked at whose telephone and address, then it is
 * shown.
 * @throws HaolinError not_found, forbidden, sealed_unreadable
 */
export async function unmaskIncident(house: House, caller: Caller, id: string, why?: string): Promise<IncidentContact> {
  const incident = await readAggregate(house.model<IncidentDoc>('incident'), id);
  if (!incident || !isVisible(house, caller, incident)) throw notFound('事件');
  if (!mayUnmask(caller.ability, incident)) throw forbidden();
  const { place, authors, reporters } = incident;
  const because = unmaskedBecause(incident.number, why);
  const fields = [...(place.sealed === undefined ? [] : ['address']), ...(incident.sealedWords ? ['words'] : [])];
  const [first = ''] = authors;
  if (fields.length > 0) await audit(house, caller.actor, first, 'unmask', { fields, why: because });
  const others = writersOf(incident).filter((one) => one !== first);
  if (others.length > 0) await audit(house, caller.actor, others, 'unmask', { fields: ['words'], why: because });
  // Whoever reported the same and was merged into it said more here, too.
  const asked = [...authors, ...reporters.map((one) => one.id)];
  const people = await contactsOf(house, caller.actor, asked, because);
  const seen = new Set<string>();
  const each = reporters.filter((one) => !seen.has(one.id) && seen.add(one.id));
  return {
    ...(place.sealed !== undefined && { address: house.vault.open(place.sealed, addressPlace(id)) }),
    words: wordsOf(house, 'incident', incident),
    reporters: each.map(({ id: person, name, proxyFor }) => {
      const { phone } = people.find((one) => one.id === person) ?? {};
      return {
        name,
        ...(phone !== undefined && { phone }),
        ...(proxyFor && { proxyFor: { name: proxyFor.name, relation: proxyFor.relation } }),
      };
    }),
  };
}
