import { allow, inArea, type Rule } from '../../core/ability.ts';

/** Which days are worked is for everybody to know, and for whoever administers a whole city to say. */
export const rules: readonly Rule[] = [allow(['admin'], ['configure'], 'calendar', inArea)];
