import type { Actor } from '../../core/ability.ts';
import type { Intent } from '../../core/feature.ts';
import { BIND_FIRST, MENU_FOOT, MENU_FOOT_WITHOUT_HUMAN, MENU_HEAD, MENU_LINE } from '../messages.ts';
import type { Parts } from '../parts.ts';
import { INTENTS } from '../understanding/labels.ts';

/** Whether an intent is there and meant for somebody with this person's roles. */
export function servesRole(intent: Intent | undefined, actor: Actor | undefined): boolean {
  if (!intent) return false;
  if (!actor) return intent.open === true;
  const roles = intent.help?.roles;
  return !roles || actor.roles.some((grant) => roles.includes(grant.role));
}

/** Where an intent belongs in the menu: what people come for first, settings last, and what has no label after its kin. */
function inOrder(intents: Iterable<Intent>): Intent[] {
  const ranked: { intent: Intent; rank: number }[] = [];
  for (const intent of intents) {
    const known = INTENTS.indexOf(intent.name as (typeof INTENTS)[number]);
    ranked.push({ intent, rank: known < 0 ? (ranked.at(-1)?.rank ?? INTENTS.length) : known });
  }
  return ranked.sort((a, b) => a.rank - b.rank).map(({ intent }) => intent);
}

/** What the bot can do for this person, from what the installed features say of themselves. */
export function menuFor({ intents }: Pick<Parts, 'intents'>, actor: Actor | undefined): string {
  const lines = inOrder(intents.values())
    // What is open to strangers (binding) is of no more use to somebody who is known.
    .filter((intent) => servesRole(intent, actor) && !intent.open)
    .flatMap(({ help }) => (help ? [MENU_LINE(help.title, help.example)] : []));
  if (!actor) return BIND_FIRST;
  return [MENU_HEAD, ...lines, intents.has('handoff') ? MENU_FOOT : MENU_FOOT_WITHOUT_HUMAN].join('\n');
}
