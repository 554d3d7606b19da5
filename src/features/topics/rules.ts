import { allow, inArea, own, type Rule } from '../../core/ability.ts';
import { communityOf } from '../areas/index.ts';

/** Where it is about the community one lives in. */
const atHome: Rule['where'] = (actor) => ({ areas: communityOf(actor.areas) ?? '' });
/** Where it is one's own, about the community one lives in. */
const ownAtHome: Rule['where'] = (actor) => ({ 'proposer.id': actor.id, areas: communityOf(actor.areas) ?? '' });

/** Who may do what with topics (design, section 4). A topic is the whole community's matter: all who live there read it. */
export const topicRules: readonly Rule[] = [
  allow('anyone', ['propose'], 'topic', ownAtHome),
  allow('anyone', ['read', 'second', 'unsecond', 'object', 'review'], 'topic', atHome),
  allow('anyone', ['read', 'withdraw', 'answerMerge'], 'topic', own('proposer.id')),
  allow('anyone', ['read'], 'topic', own('supporters')),
  allow('anyone', ['read', 'lead', 'count', 'reportItem'], 'topic', own('facilitator.id')),
  allow('anyone', ['read', 'reportItem'], 'topic', own('items.owner.id')),
  // Whoever took part judges it, wherever they live by then.
  allow('anyone', ['read', 'review'], 'topic', own('reviewing.people')),
  allow(['secretary'], ['accept', 'decline', 'appoint', 'askMerge', 'shelve', 'resume'], 'topic', inArea),
  allow(['secretary'], ['lead', 'dropVote', 'count', 'publicise', 'answerObjection', 'reportItem'], 'topic', inArea),
  allow(['secretary', 'worker', 'grid_worker', 'facilitator', 'supervisor'], ['read'], 'topic', inArea),
  // The words as they were written, with whatever is personal in them.
  allow(['secretary'], ['readWritten'], 'topic', inArea),
  // Who said what: not even who leads the meeting has to know.
  allow(['secretary'], ['moderate'], 'topic', inArea),
  allow('anyone', ['readWritten'], 'topic', own('proposer.id')),
];
