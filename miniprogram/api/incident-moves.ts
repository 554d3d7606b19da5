import type { IncidentMove } from '../logic/incident-buttons';
import type { Answer, Operation } from './ask';
import { ask } from './session';

const OPERATIONS = {
  confirm: 'postIncidentsByIdConfirm',
  triage: 'postIncidentsByIdTriage',
  take: 'postIncidentsByIdTake',
  resolve: 'postIncidentsByIdResolve',
  dispatch: 'postIncidentsByIdDispatch',
  conclude: 'postIncidentsByIdConclude',
  look: 'postIncidentsByIdLook',
  add: 'postIncidentsByIdAdd',
  note: 'postIncidentsByIdNote',
  assist: 'postIncidentsByIdAssist',
  partial: 'postIncidentsByIdPartial',
  extend: 'postIncidentsByIdExtend',
  raise: 'postIncidentsByIdRaise',
  merge: 'postIncidentsByIdMerge',
  refer: 'postIncidentsByIdRefer',
  reject: 'postIncidentsByIdReject',
  decline: 'postIncidentsByIdDecline',
  withdraw: 'postIncidentsByIdWithdraw',
} as const satisfies Record<IncidentMove, Operation>;

/**
 * Makes a move on an incident; the house checks what was filled in.
 * @returns the incident as it is then
 * @throws Trouble
 */
export function moveIncident(
  id: string,
  move: IncidentMove,
  input: Record<string, unknown>,
  key: string,
): Promise<Answer<'getIncidentsById'>> {
  const send = ask as (operation: Operation, given: object) => Promise<Answer<'getIncidentsById'>>;
  return send(OPERATIONS[move], { path: { id }, body: input, key });
}
