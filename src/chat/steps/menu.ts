import type { Actor } from '../../core/ability.ts';
import type { Intent } from '../../core/feature.ts';
import {
  BIND_FIRST,
  MENU_FOOT,
  MENU_FOOT_WITHOUT_HUMAN,
  MENU_HEAD,
  MENU_LINE,
  MENU_OWN,
  MENU_PART_HEAD,
} from '../messages.ts';
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

/** What the bot can do for this person, from what the installed features say of themselves: for whoever has work here their work. */
export function menuFor({ intents }: Pick<Parts, 'intents'>, actor: Actor | undefined, part = ''): string {
  if (!actor) return BIND_FIRST;
  // What is open to strangers (binding) is of no more use to somebody who is known.
  const able = inOrder(intents.values()).filter((intent) => servesRole(intent, actor) && !intent.open && intent.help);
  const work = able.filter(({ help }) => help?.roles);
  const named = ofPart(able, PARTS[part] ?? part);
  const foot = intents.has('handoff') ? MENU_FOOT : MENU_FOOT_WITHOUT_HUMAN;
  const lines = (shown: readonly Intent[]) =>
    shown.flatMap(({ help }) => (help ? [MENU_LINE(help.title, help.example)] : []));
  if (named.length > 0) return [MENU_PART_HEAD(part), ...lines(named), foot].join('\n');
  if (part === '居民') return [MENU_HEAD, ...lines(able.filter((one) => !work.includes(one))), foot].join('\n');
  if (work.length === 0 || ALL.test(part)) return [MENU_HEAD, ...lines(able), foot].join('\n');
  return [MENU_HEAD, ...lines(work), MENU_OWN, foot].join('\n');
}

const ALL = /^(?:全部|所有)$/u;
/** What else people call a part than the features do. */
const PARTS: Readonly<Record<string, string>> = {
  微心愿: '心愿',
  问题: '事件',
  网格事件: '事件',
  表决: '投票',
  会议: '开会',
  谈心谈话: '谈心',
};

/** The intents of one kind of matter, and those of its feature; else those that speak of it. */
function ofPart(intents: readonly Intent[], part: string): Intent[] {
  if (part === '') return [];
  const kinds = intents.filter(({ about }) => [about ?? []].flat().includes(part));
  const families = new Set(kinds.map(({ name }) => familyOf(name)));
  if (families.size > 0) return intents.filter((one) => kinds.includes(one) || families.has(familyOf(one.name)));
  return intents.filter(({ help }) => help && `${help.title}${help.example}`.includes(part));
}
const familyOf = (name: string): string => name.split('.')[0] ?? name;
