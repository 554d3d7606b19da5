import { allow, inArea, own, type Rule } from '../../core/ability.ts';

/** Between the resident and those who serve the place; nobody further up reads along. */
export const handoffRules: readonly Rule[] = [
  allow('anyone', ['open', 'add', 'close', 'read'], 'handoff', own('requester.id')),
  allow(['worker', 'grid_worker', 'secretary'], ['read', 'answer', 'close'], 'handoff', inArea),
];
