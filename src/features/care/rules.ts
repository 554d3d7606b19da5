import { allow, inArea, type Rule } from '../../core/ability.ts';
import { AS_GRID_KEEPER, AS_SENTINEL, GRID_KEEPER, SENTINELS } from './serving.ts';

/** Where the acting person looks in on somebody who is in care now. */
const looksIn: Rule['where'] = (actor) => ({ lead: actor.id, state: 'kept' });

const KEEPING = ['flag', 'unflag', 'recolour', 'review', 'assign', 'assignLead', 'handOver', 'note', 'end'];

/** Flags and colours of people in care are sensitive: a permission of its own, and nothing of it for the rest of the staff. */
export const careRules: readonly Rule[] = [
  allow(['care_keeper', 'secretary'], ['open', ...KEEPING, 'read', 'count', 'load', 'import'], 'care', inArea),
  allow(SENTINELS, ['read', 'note'], 'care', AS_SENTINEL),
  allow([GRID_KEEPER], ['read', 'note'], 'care', AS_GRID_KEEPER),
  // A name and a colour: whom to look in on, and how urgently.
  allow(['household_lead'], ['glimpse'], 'care', looksIn),
  // How many, never who.
  allow(['supervisor'], ['count'], 'care', inArea),
];
