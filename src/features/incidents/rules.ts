import { type Actor, allow, inArea, own, type Rule } from '../../core/ability.ts';
import { communityOf, levelOf } from '../areas/index.ts';

const home = (actor: Actor): string => communityOf(actor.areas) ?? '';

/** One's own report, in the community one lives in. */
const ownAtHome: Rule['where'] = (actor) => ({ authors: actor.id, areas: home(actor) });
/** Where one speaks for somebody the register says one looks after. */
const forOneCaredFor: Rule['where'] = (actor) => ({ authors: actor.id, 'reporters.proxyFor.cared': true });
/** In one's area, as long as the grid or the community is to solve it. */
const inTheCommunity: Rule['where'] = (_actor, grant) => ({
  areas: grant?.area ?? '',
  level: { $in: ['grid', 'community'] },
});
/** In one's area, as long as the grid is to solve it. */
const inTheGrid: Rule['where'] = (_actor, grant) => ({ areas: grant?.area ?? '', level: 'grid' });
/** What has come up to the street, for those who supervise there. */
const atTheStreet: Rule['where'] = (_actor, grant) => ({
  areas: grant && levelOf(grant.area) === 'street' ? grant.area : '',
  level: 'street',
});
/** What one has in hand and is not over. */
const inHand: Rule['where'] = (actor) => ({
  'handler.id': actor.id,
  state: { $in: ['dispatched', 'assisting', 'reopened', 'partial', 'resolved'] },
});

/** In one's area, where somebody's life is in danger. */
const inDanger: Rule['where'] = (_actor, grant) => ({ areas: grant?.area ?? '', urgency: 'danger' });
/** In one's area, as far as it was brought before those who supervise. */
const broughtUp: Rule['where'] = (_actor, grant) => ({ areas: grant?.area ?? '', toldStreet: true });

/** Who may do what with incidents (issue 7, 1). */
export const incidentRules: readonly Rule[] = [
  allow('anyone', ['report'], 'incident', ownAtHome),
  allow('anyone', ['report'], 'incident', forOneCaredFor),
  allow(['household_lead', 'worker', 'grid_worker', 'social_worker', 'secretary'], ['report'], 'incident', inArea),

  // Whoever lives next door looks first; in danger whoever gets there says what they find.
  allow(['household_lead'], ['look'], 'incident', inArea),
  allow(['worker', 'grid_worker', 'secretary'], ['look'], 'incident', inDanger),
  allow('anyone', ['add', 'withdraw', 'confirm'], 'incident', own('authors')),

  allow(['grid_worker', 'secretary'], ['triage', 'decline', 'merge', 'refer', 'conclude'], 'incident', inArea),
  allow(['supervisor'], ['refer', 'conclude', 'dispatch', 'assist'], 'incident', atTheStreet),
  allow(['grid_worker', 'worker'], ['take'], 'incident', inTheCommunity),
  allow(['grid_worker'], ['dispatch', 'raise'], 'incident', inTheGrid),
  allow(['secretary'], ['dispatch', 'raise', 'raiseToStreet', 'assist'], 'incident', inTheCommunity),

  allow('anyone', ['reject', 'raise', 'extend', 'resolve', 'partial', 'assist'], 'incident', own('handler.id')),
  allow('anyone', ['note'], 'incident', own('handlers')),
  // Whom it may be given to.
  allow(['worker', 'grid_worker', 'social_worker', 'secretary'], ['handle'], 'incident', inArea),

  allow('anyone', ['read'], 'incident', own('authors')),
  allow('anyone', ['read'], 'incident', own('handlers')),
  // Whoever gave it out of their hands sees what becomes of it.
  allow('anyone', ['read'], 'incident', own('rejections.by.id')),
  allow('anyone', ['read'], 'incident', own('raised.by.id')),
  // Whoever was told of it can look at what they were told of, and at no more.
  allow('anyone', ['glance'], 'incident', own('had')),
  allow('anyone', ['glance'], 'incident', own('sentinel')),
  allow(['supervisor'], ['glance'], 'incident', broughtUp),
  allow(['household_lead'], ['read'], 'incident', inArea),
  allow(['supervisor'], ['read'], 'incident', atTheStreet),
  // Who reported it: for those who serve the place, and for whoever has it in hand. Each look at a number is written down.
  allow(['grid_worker', 'worker', 'secretary'], ['read', 'know', 'unmask', 'count'], 'incident', inArea),
  allow('anyone', ['know', 'unmask'], 'incident', inHand),
  // A supervisor sees how many and how well, never whose.
  allow(['supervisor'], ['count'], 'incident', inArea),
];
