import { allow, inArea, own, type Rule } from '../../core/ability.ts';

/** Who may see and change what of duties. One's own one always sees. */
export const dutyRules: readonly Rule[] = [
  allow(['worker', 'grid_worker', 'secretary', 'care_keeper'], ['open', 'read'], 'duty_event', inArea),
  // Where exactly and what happened: whoever sends somebody has to know what for.
  allow(['secretary'], ['drop', 'know'], 'duty_event', inArea),
  allow('anyone', ['read', 'drop'], 'duty_event', own('by.id')),
  allow(['secretary'], ['oversee'], 'duty', inArea),
  allow(['supervisor'], ['count'], 'duty', inArea),
  allow(['admin'], ['configure'], 'duty_pack', inArea),
];
