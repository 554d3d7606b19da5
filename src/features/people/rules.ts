import { allow, inArea, own, type Rule } from '../../core/ability.ts';
import { secretaryGrants } from './roles.ts';

/** Who may see and change what of people. Supervisors see counts, never a person (design, section 1). */
export const rules: readonly Rule[] = [
  allow('anyone', ['read', 'unmask', 'bind', 'audits'], 'person', own('_id')),
  allow(['worker', 'grid_worker', 'secretary'], ['read', 'list', 'unmask', 'bind'], 'person', inArea),
  allow(['worker', 'grid_worker'], ['read', 'unmask'], 'person', own('sentinel')),
  // Whoever looks after those in care finds them, and calls before somebody visits.
  allow(['care_keeper'], ['read', 'list', 'unmask'], 'person', inArea),
  allow(['secretary'], ['audits'], 'person', inArea),
  // An admin keeps the registers in order and needs no telephone number for that.
  // Nobody else could help a secretary to a binding code.
  allow(['admin'], ['read', 'list', 'audits', 'bind'], 'person', inArea),
  allow(['admin'], ['import'], 'person', inArea),
  allow(['admin'], ['grant', 'revoke'], 'role', inArea),
  allow(['secretary'], ['grant', 'revoke'], 'role', secretaryGrants),
];
