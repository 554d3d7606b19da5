import type { MoveName } from '../logic/moves';
import type { Answer, Operation } from './ask';
import { ask } from './session';

const OPERATIONS = {
  publish: 'postWishesByIdPublish',
  decline: 'postWishesByIdDecline',
  merge: 'postWishesByIdMerge',
  refer: 'postWishesByIdRefer',
  conclude: 'postWishesByIdConclude',
  assign: 'postWishesByIdAssign',
  claim: 'postWishesByIdClaim',
  join: 'postWishesByIdJoin',
  leave: 'postWishesByIdLeave',
  pass: 'postWishesByIdPass',
  contact: 'postWishesByIdContact',
  extend: 'postWishesByIdExtend',
  release: 'postWishesByIdRelease',
  done: 'postWishesByIdDone',
  partial: 'postWishesByIdPartial',
  rate: 'postWishesByIdRate',
  withdraw: 'postWishesByIdWithdraw',
} as const satisfies Record<MoveName, Operation>;

/**
 * Makes a move on a wish; the house checks what was filled in.
 * @returns the wish as it is then
 * @throws Trouble
 */
export function performMove(
  id: string,
  move: MoveName,
  input: Record<string, unknown>,
  key: string,
): Promise<Answer<'getWishesById'>> {
  const send = ask as (operation: Operation, given: object) => Promise<Answer<'getWishesById'>>;
  return send(OPERATIONS[move], { path: { id }, body: input, key });
}
