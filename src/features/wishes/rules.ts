import { type Actor, allow, inArea, own, type Rule } from '../../core/ability.ts';
import { communityOf } from '../areas/index.ts';

const home = (actor: Actor): string => communityOf(actor.areas) ?? '';

/** Where the wish is one's own and in the community one lives in. */
const ownAtHome: Rule['where'] = (actor) => ({ 'requester.id': actor.id, areas: home(actor) });
/** Where one speaks for somebody the register says one looks after. */
const forOneCaredFor: Rule['where'] = (actor) => ({ 'proxy.id': actor.id, 'beneficiary.cared': true });

/** Where one is helping with it and it is not over. */
const helpingNow: Rule['where'] = (actor) => ({
  helpers: actor.id,
  state: { $in: ['claimed', 'reopened', 'partial', 'done'] },
});

/** Who may do what with wishes (design, sections 1 and 4). */
export const wishRules: readonly Rule[] = [
  allow('anyone', ['submit'], 'wish', ownAtHome),
  allow('anyone', ['submit'], 'wish', forOneCaredFor),
  allow(['household_lead', 'worker', 'grid_worker', 'social_worker', 'secretary'], ['submit'], 'wish', inArea),

  allow(['secretary', 'grid_worker'], ['publish', 'decline', 'merge', 'refer', 'conclude'], 'wish', inArea),
  allow(['secretary'], ['assign'], 'wish', inArea),

  allow(['worker', 'grid_worker', 'volunteer', 'social_worker'], ['claim', 'join'], 'wish', inArea),
  allow('anyone', ['claim', 'pass'], 'wish', own('offeredTo')),
  allow('anyone', ['contact', 'extend', 'release', 'done', 'partial'], 'wish', own('claimant.id')),
  allow('anyone', ['leave'], 'wish', own('group.members.id')),

  allow('anyone', ['rate', 'withdraw'], 'wish', own('requester.id')),
  allow('anyone', ['rate', 'withdraw'], 'wish', own('proxy.id')),

  allow('anyone', ['read'], 'wish', own('authors')),
  allow('anyone', ['read'], 'wish', own('helpers')),
  allow('anyone', ['read'], 'wish', own('offeredTo')),
  allow(['secretary', 'worker', 'grid_worker'], ['read', 'count'], 'wish', inArea),
  // Names, telephones and the address behind a wish: for those who help as long as there is something to do, and for
  // those who decide about it. Each look is written down.
  allow('anyone', ['unmask'], 'wish', helpingNow),
  allow(['secretary', 'grid_worker'], ['unmask'], 'wish', inArea),
  // A supervisor sees how many and how well, never whose.
  allow(['supervisor'], ['count'], 'wish', inArea),
];
