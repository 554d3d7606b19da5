import type { Aggregate } from '../../core/lifecycle.ts';
import { sealNumbers } from '../../core/seal-stored.ts';
import { sealPlace, type Vault } from '../../core/vault.ts';

/** For some days the words of a wish with a number in them lay sealed alone, under a name of their own. */
function earlier(vault: Vault, { _id, ...rest }: Aggregate & { said?: unknown }) {
  const { said } = rest;
  const text = typeof said === 'string' ? vault.tryOpen(said, sealPlace('wish', _id, 'said')) : undefined;
  // What does not open stays as it is: the secret it was sealed with may be found again.
  if (text === undefined) return { whole: new Map(), unset: {} };
  return { whole: new Map([[1, { text }]]), unset: { said: '' as const } };
}

/** Numbers in what was written on a wish before they were sealed. */
export const numbers = sealNumbers(
  'wishes.numbers',
  'wish',
  {
    title: 'submit',
    text: 'submit',
    'beneficiary.name': 'submit',
    'beneficiary.relation': 'submit',
    contactNote: 'contact',
    'extensions.*.reason': 'extend',
    'lastClaim.extensions.*.reason': 'extend',
    'group.name': 'claim',
    'done.note': '',
    left: 'partial',
    'rating.words': 'rate',
    'referral.to': 'refer',
  },
  earlier,
);
