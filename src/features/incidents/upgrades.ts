import { sealNumbers } from '../../core/seal-stored.ts';

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
