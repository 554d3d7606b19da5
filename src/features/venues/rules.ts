import { allow, inArea, own, type Rule } from '../../core/ability.ts';
import { communityOf, lineage } from '../areas/index.ts';

/** Where it lies in the community the role serves, be the role for one grid of it only: the hall is everybody's there. */
const inCommunity: Rule['where'] = (_actor, grant) => ({
  areas: communityOf(lineage(grant?.area ?? '')) ?? grant?.area ?? '',
});

const BOOKERS = ['facilitator', 'worker', 'grid_worker', 'secretary'] as const;

/** Who may keep the register of venues, and who may have one for a while. */
export const venueRules: readonly Rule[] = [
  allow('anyone', ['read'], 'venue', () => ({})),
  allow(['secretary', 'admin'], ['create', 'edit', 'close'], 'venue', inArea),
  allow(BOOKERS, ['book'], 'venue', inCommunity),

  // When a place is taken everybody may know; for what and by whom, those who book there.
  allow(BOOKERS, ['read'], 'booking', inCommunity),
  allow('anyone', ['read', 'move', 'cancel'], 'booking', own('by.id')),
  allow(['secretary'], ['move', 'cancel'], 'booking', inArea),
];
