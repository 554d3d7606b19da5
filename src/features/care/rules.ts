import { allow, inArea, type Rule } from '../../core/ability.ts';

/** Where the acting person looks after somebody who is in care now. */
const looksAfter =
  (field: 'sentinel' | 'lead'): Rule['where'] =>
  (actor) => ({ [field]: actor.id, state: 'kept' });

const KEEPING = ['flag', 'unflag', 'recolour', 'review', 'assign', 'assignLead', 'handOver', 'note', 'end'];

/** Flags and colours of people in care are sensitive: a permission of its own, and nothing of it for the rest of the staff. */
export const careRules: readonly Rule[] = [
  allow(['care_keeper', 'secretary'], ['open', ...KEEPING, 'read', 'count', 'load', 'import'], 'care', inArea),
  allow(['worker', 'grid_worker'], ['read', 'note'], 'care', looksAfter('sentinel')),
  // A name and a colour: whom to look in on, and how urgently.
  allow(['household_lead'], ['glimpse'], 'care', looksAfter('lead')),
  // How many, never who.
  allow(['supervisor'], ['count'], 'care', inArea),
];
