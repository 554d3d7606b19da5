import { allow, inArea, type Rule } from '../../core/ability.ts';
import { communityOf } from '../areas/index.ts';

const RUNNING = ['secretary', 'facilitator'] as const;
const SERVING = ['secretary', 'facilitator', 'worker', 'grid_worker'] as const;

/** Neighbours see what is put to them; who runs a ballot sees the list of voters, and nobody sees what they chose. */
export const ballotRules: readonly Rule[] = [
  allow('anyone', ['read'], 'ballot', ({ areas }) => ({
    community: communityOf(areas) ?? '',
    state: { $in: ['open', 'closed', 'counted', 'void'] },
  })),
  allow([...SERVING, 'supervisor', 'admin'], ['read'], 'ballot', inArea),
  allow(RUNNING, ['draft', 'enrol', 'open', 'count'], 'ballot', inArea),
  allow(['secretary'], ['void'], 'ballot', inArea),
  allow(['admin'], ['confirm'], 'ballot_pack', () => ({})),
  // At the door and at the table where papers are read.
  allow(SERVING, ['mark', 'paper'], 'ballot', inArea),
];
