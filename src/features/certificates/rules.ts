import { allow, inArea, type Rule } from '../../core/ability.ts';

/** Anybody may read who issues what; an admin keeps it. */
export const certificateRules: readonly Rule[] = [allow(['admin'], ['configure'], 'certificate_list', inArea)];
