/**
 * Who may make which move on a wish: the design's policy written down by hand, crossed with every state, every role,
 * grants for the wish's own area and for others, and every relation a person can have to a wish. The same cases run at
 * the engine and over HTTP; the rule is in both: refused with `forbidden` exactly when not `allowed`.
 */
import { type Actor, anonymous, ROLES, type Role } from '../../src/core/ability.ts';
import {
  WISH_STATES,
  type WishDoc,
  type WishMoveName,
  type WishState,
  wishLifecycle,
} from '../../src/features/wishes/index.ts';
import {
  COMMUNITY,
  clockwork,
  daughter,
  GRID,
  granny,
  INPUTS,
  li,
  OTHER_COMMUNITY,
  OTHER_GRID,
  person,
  STREET,
  sentinel,
  wishIn,
  zhao,
} from './wishes.ts';

type Relation = 'requester' | 'proxy' | 'claimant' | 'member' | 'offered' | 'system';
interface Policy {
  roles?: readonly Role[];
  relations?: readonly Relation[];
}

const MODERATORS: Policy = { roles: ['secretary', 'grid_worker'] };
const HELPERS: readonly Role[] = ['worker', 'grid_worker', 'volunteer', 'social_worker'];
const CLAIMANT: Policy = { relations: ['claimant'] };
const AUTHORS: Policy = { relations: ['requester', 'proxy'] };
const HOUSE: Policy = { relations: ['system'] };

export const WISH_POLICY: Record<WishMoveName, Policy> = {
  publish: MODERATORS,
  decline: MODERATORS,
  merge: MODERATORS,
  refer: MODERATORS,
  conclude: MODERATORS,
  assign: { roles: ['secretary'] },
  claim: { roles: HELPERS, relations: ['offered'] },
  join: { roles: HELPERS },
  leave: { relations: ['member'] },
  pass: { relations: ['offered'] },
  contact: CLAIMANT,
  extend: CLAIMANT,
  release: CLAIMANT,
  done: CLAIMANT,
  partial: CLAIMANT,
  rate: AUTHORS,
  withdraw: AUTHORS,
  warn: HOUSE,
  escalate: HOUSE,
  autoRelease: HOUSE,
  autoClose: HOUSE,
  endOffer: HOUSE,
  absorb: HOUSE,
  settle: HOUSE,
};

export interface MatrixCase {
  /** `claim in published by a volunteer of the community` */
  title: string;
  move: WishMoveName;
  state: WishState;
  /** Whether the table has the move from this state at all. */
  fits: boolean;
  actor: Actor;
  input: unknown;
  /** False: must be refused as `forbidden`. True: must not be. */
  allowed: boolean;
}

const GRANTS = {
  city: '5202',
  street: STREET,
  community: COMMUNITY,
  grid: GRID,
  otherGrid: OTHER_GRID,
  otherCommunity: OTHER_COMMUNITY,
};
const OWN = new Set<string>(['city', 'street', 'community', 'grid']);

/** The wish of every case in this state; while it is published it is offered to the sentinel. */
export function matrixWish(state: WishState): WishDoc {
  const wish = wishIn(state);
  return state === 'published'
    ? { ...wish, offeredTo: sentinel.id, offerUntil: new Date(wish.updatedAt.getTime() + 1) }
    : wish;
}

/** Every case. `states` limits which states are crossed (all by default), `grants` which areas roles are granted for. */
export function wishMatrix(
  states: readonly WishState[] = Object.keys(WISH_STATES) as WishState[],
  grants: readonly (keyof typeof GRANTS)[] = Object.keys(GRANTS) as (keyof typeof GRANTS)[],
): MatrixCase[] {
  const moves = Object.keys(wishLifecycle.moves) as WishMoveName[];
  return moves.flatMap((move) =>
    states.flatMap((state) => [...roleCases(move, state, grants), ...relationCases(move, state)]),
  );
}

function roleCases(move: WishMoveName, state: WishState, grants: readonly (keyof typeof GRANTS)[]): MatrixCase[] {
  return ROLES.flatMap((role) =>
    grants.map((grant) =>
      caseOf(move, state, `a ${role} for the ${grant}`, person(`${role}-${grant}`, [role], GRANTS[grant]), {
        allowed: OWN.has(grant) && (WISH_POLICY[move].roles ?? []).includes(role),
      }),
    ),
  );
}

function relationCases(move: WishMoveName, state: WishState): MatrixCase[] {
  const wish = matrixWish(state);
  const people: [string, Actor, Relation[]][] = [
    ['a neighbour', person('邻居'), []],
    ['nobody', anonymous, []],
    ['the house', clockwork, ['system']],
    ['the requester', granny, ['requester']],
    ['the proxy', daughter, ['proxy']],
    ['the claimant', { ...li, roles: [] }, wish.claimant ? ['claimant'] : []],
    ['a member', { ...zhao, roles: [] }, wish.group ? ['member'] : []],
    ['the sentinel', { ...sentinel, roles: [] }, wish.offeredTo ? ['offered'] : []],
  ];
  return people.map(([who, actor, relations]) =>
    caseOf(move, state, who, actor, {
      allowed: relations.some((relation) => (WISH_POLICY[move].relations ?? []).includes(relation)),
    }),
  );
}

function caseOf(
  move: WishMoveName,
  state: WishState,
  who: string,
  actor: Actor,
  { allowed }: { allowed: boolean },
): MatrixCase {
  const fits = (wishLifecycle.moves[move].from as readonly string[]).includes(state);
  return { title: `${move} in ${state} by ${who}`, move, state, fits, actor, input: INPUTS[move], allowed };
}
