import { createMongoAbility, type MongoAbility } from '@casl/ability';
import { rulesToCondition } from '@casl/ability/extra';
import { matchConditions } from './conditions.ts';

/** What a person may be, always for an area (design, section 1). */
export const ROLES = [
  'resident',
  'household_lead',
  'worker',
  'grid_worker',
  'volunteer',
  'social_worker',
  'facilitator',
  'care_keeper',
  'secretary',
  'supervisor',
  'admin',
] as const;
export type Role = (typeof ROLES)[number];

export interface RoleGrant {
  role: Role;
  /** Code of the area the role holds for, everything below it included. */
  area: string;
  /** The Shanghai day it was given on; with the account, where that is not said. */
  since?: string;
}

/** Through what a person acted; kept in every history entry. */
export type Channel = 'api' | 'chat' | 'job' | 'command';

/** Who is acting. `system` is the house itself (jobs); `anonymous` has not signed in. */
export interface Actor {
  kind: 'person' | 'system' | 'anonymous';
  id: string;
  name: string;
  roles: readonly RoleGrant[];
  /** Codes of the area the person lives in: city, county, street, community, grid, from the top. */
  areas: readonly string[];
  channel: Channel;
}

export const system = (channel: Channel = 'job'): Actor => ({
  kind: 'system',
  id: 'system',
  name: '系统',
  roles: [],
  areas: [],
  channel,
});

export const anonymous: Actor = { kind: 'anonymous', id: 'anonymous', name: '', roles: [], areas: [], channel: 'api' };

/** A MongoDB filter that CASL can also test in memory. */
export type Conditions = Record<string, unknown>;

/** One sentence of policy: these roles may do these actions to this kind of thing, where… */
export interface Rule {
  roles: readonly Role[] | 'anyone';
  actions: readonly string[];
  subject: string;
  where: (actor: Actor, grant: RoleGrant | undefined) => Conditions;
}

export const allow = (
  roles: Rule['roles'],
  actions: readonly string[],
  subject: string,
  where: Rule['where'],
): Rule => ({ roles, actions, subject, where });

/** Where the thing lies in the area the role was given for. Every aggregate keeps its area and all above it in `areas`. */
export const inArea: Rule['where'] = (_actor, grant) => ({ areas: grant?.area ?? '' });

/** Where `field` is the acting person. */
export const own =
  (field: string): Rule['where'] =>
  (actor) => ({ [field]: actor.id });

export type Ability = MongoAbility;

/** All that one actor may do, from every feature's rules. Pure; cheap enough to cache per actor and request. */
export function abilityFor(actor: Actor, rules: readonly Rule[]): Ability {
  const granted = rules.flatMap((rule) => {
    const wheres =
      rule.roles === 'anyone'
        ? actor.kind === 'person'
          ? [rule.where(actor, undefined)]
          : []
        : actor.roles
            .filter((grant) => (rule.roles as readonly Role[]).includes(grant.role))
            .map((grant) => rule.where(actor, grant));
    return wheres.map((conditions) => ({ action: [...rule.actions], subject: rule.subject, conditions }));
  });
  return createMongoAbility(granted, { conditionsMatcher: matchConditions });
}

/** Whether the ability covers doing `action` to this very document. */
export function may(ability: Ability, action: string, subject: string, document: object): boolean {
  const rule = ability.rulesFor(action, subject).find((one) => one.matchesConditions(document));
  return rule !== undefined && !rule.inverted;
}

/** The documents the ability covers, as a MongoDB filter; `undefined` when there are none at all. */
export function scope(ability: Ability, action: string, subject: string): Conditions | undefined {
  const found = rulesToCondition<Ability, Conditions, Conditions>(
    ability.rulesFor(action, subject),
    (rule) => rule.conditions as Conditions,
    {
      and: (all) => ({ $and: all }),
      or: (any) => (any.length === 1 && any[0] ? any[0] : { $or: any }),
      empty: () => ({}),
    },
  );
  return found ?? undefined;
}
