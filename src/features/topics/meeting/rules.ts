import { allow, inArea, type Rule } from '../../../core/ability.ts';
import { communityOf } from '../../areas/index.ts';

/** Who takes part while a topic is talked over: those who live there. Who leads it, the topic's own rules say. */
export const meetingRules: readonly Rule[] = [
  allow('anyone', ['speak'], 'topic', ({ areas }) => ({ areas: communityOf(areas) ?? '' })),
  // The yearly ledger (议事台账).
  allow(['secretary', 'supervisor', 'admin'], ['ledger'], 'topic', inArea),
];
