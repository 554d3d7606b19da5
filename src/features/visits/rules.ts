import { allow, inArea, own, type Rule } from '../../core/ability.ts';

/** Who may do what with logged visits. Whoever serves one of the persons seen may also read: that no rule can say alone. */
export const visitRules: readonly Rule[] = [
  allow(
    ['worker', 'grid_worker', 'social_worker', 'household_lead', 'volunteer', 'secretary', 'care_keeper'],
    ['log'],
    'visit',
    inArea,
  ),
  allow('anyone', ['read', 'correct', 'void', 'spawn'], 'visit', own('by.id')),
  allow(['secretary', 'care_keeper'], ['read'], 'visit', inArea),
  allow(['secretary', 'supervisor'], ['check', 'sample'], 'visit', inArea),
];
