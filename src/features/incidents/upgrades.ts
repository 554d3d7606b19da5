import { isHistoryDigest } from '../../core/digest.ts';
import type { Upgrade } from '../../core/feature.ts';
import { rewrite } from '../../core/rewrite.ts';
import { sealNumbers } from '../../core/seal-stored.ts';
import type { Vault } from '../../core/vault.ts';
import { type IncidentDoc, STAGES } from './model.ts';
import { STREET_FROM_REOPENINGS } from './moves/own.ts';

/** Numbers in what was written on an incident before they were sealed. */
export const numbers = sealNumbers('incidents.numbers', 'incident', {
  title: 'report',
  text: 'report',
  'reporters.*.text': '',
  'reporters.*.proxyFor.name': 'report',
  'reporters.*.proxyFor.relation': 'report',
  'notes.*.text': '',
  'helpers.*.words': 'assist',
  'helpers.*.unit': 'assist',
  'rejections.*.reason': 'reject',
  'raised.*.reason': 'raise',
  'extensions.*.reason': 'extend',
  'outcome.note': '',
  left: 'partial',
  'rating.words': 'confirm',
  'content.*.words': 'confirm',
  'referral.to': 'refer',
});

/** Moves that nobody makes but who has it in hand. */
const IN_HAND: readonly string[] = ['take', 'reject', 'note', 'extend', 'resolve', 'partial'];

/** Who had it in hand, and whether the street was told of it, before either was kept: what they were told of opens to them. */
export const told: Upgrade = {
  name: 'incidents.told',
  model: 'incident',
  one: (first, house) =>
    rewrite(house, 'incident', first as IncidentDoc, (incident) => {
      const { history, handlers, had = [], toldStreet = false } = incident;
      const acting = history.filter(({ move }) => IN_HAND.includes(move)).map(({ by }) => by.id);
      const all = [...new Set([...had, ...acting, ...handlers])];
      const street = toldStreet || wasStreetTold(house.vault, incident);
      if (all.length === had.length && street === toldStreet) return undefined;
      return { $set: { ...(all.length > 0 && { had: all }), ...(street && { toldStreet: true }) } };
    }),
};

/** It was raised there, solved badly again and again, or late: of the last only the digests of what the clock did tell. */
function wasStreetTold({ fingerprint }: Vault, { _id, history, raised, reopenings }: IncidentDoc): boolean {
  const late = STAGES.map((stage) => ({ stage, to: 'street' }));
  return (
    raised.some(({ to }) => to === 'street') ||
    reopenings >= STREET_FROM_REOPENINGS ||
    history.some(
      ({ move, digest }) =>
        move === 'escalate' && late.some((input) => isHistoryDigest(digest, fingerprint, 'incident', _id, input)),
    )
  );
}
