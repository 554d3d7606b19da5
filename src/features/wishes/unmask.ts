import { z } from 'zod';
import { readAggregate } from '../../core/aggregate.ts';
import type { Caller } from '../../core/caller.ts';
import { forbidden, notFound } from '../../core/errors.ts';
import type { House } from '../../core/house.ts';
import type { Named } from '../../core/named.ts';
import { words, wordsOf, writersOf } from '../../core/unmask.ts';
import { audit, contactsOf, fieldPlace, findPerson } from '../people/index.ts';
import { unmaskedBecause } from './messages.ts';
import { addressPlace, type WishDoc } from './model.ts';
import { isVisible, mayUnmask } from './views.ts';

/** The names, telephones and address behind a wish, for those who need them to help; who looked is written down. */

const contact = z.object({ name: z.string(), phone: z.string().optional() });
export const wishContact = z.object({
  address: z.string().optional().describe('心愿里写的地址；没写就是许愿人登记的住址'),
  words,
  requester: contact,
  proxy: contact.optional().describe('替人许愿的人'),
  beneficiary: z.object({ name: z.string(), relation: z.string() }).optional(),
});
export type WishContact = z.output<typeof wishContact>;

/**
 * Shows how to reach whoever wished. First it is written down who looked at whose telephone and address, then it is shown.
 * @throws HaolinError not_found, forbidden, sealed_unreadable
 */
export async function unmaskWish(house: House, caller: Caller, id: string, why?: string): Promise<WishContact> {
  const wish = await readAggregate(house.model<WishDoc>('wish'), id);
  if (!wish || !isVisible(house, caller, wish)) throw notFound('心愿');
  if (!mayUnmask(caller.ability, wish)) throw forbidden();
  const { requester, proxy, beneficiary } = wish;
  const because = unmaskedBecause(wish.number, why);
  const address = await addressOf(house, wish);
  const fields = [...(address === undefined ? [] : ['address']), ...(wish.sealedWords ? ['words'] : [])];
  if (fields.length > 0) await audit(house, caller.actor, requester.id, 'unmask', { fields, why: because });
  const others = writersOf(wish).filter((one) => one !== requester.id);
  if (others.length > 0) await audit(house, caller.actor, others, 'unmask', { fields: ['words'], why: because });
  const people = await contactsOf(house, caller.actor, [requester.id, ...(proxy ? [proxy.id] : [])], because);
  const reach = ({ id: person, name }: Named) => {
    const { phone } = people.find((one) => one.id === person) ?? {};
    return { name, ...(phone === undefined ? {} : { phone }) };
  };
  return {
    ...(address === undefined ? {} : { address: house.vault.open(address.sealed, address.place) }),
    words: wordsOf(house, 'wish', wish),
    requester: reach(requester),
    ...(proxy && proxy.id !== requester.id && { proxy: reach(proxy) }),
    ...(beneficiary && { beneficiary: { name: beneficiary.name, relation: beneficiary.relation } }),
  };
}

/**
 * The address of the wish under seal, else that its requester is registered at. Where somebody without an account lives
 * is not known: the requester is then only who spoke for them.
 */
async function addressOf(house: House, wish: WishDoc): Promise<{ sealed: string; place: string } | undefined> {
  const { sealed } = wish.place;
  if (sealed !== undefined) return { sealed, place: addressPlace(wish._id) };
  if (wish.proxy?.id === wish.requester.id) return undefined;
  const requester = await findPerson(house, wish.requester.id);
  if (requester?.address === undefined) return undefined;
  return { sealed: requester.address, place: fieldPlace(requester._id, 'address') };
}
