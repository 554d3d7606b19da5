import { lifecycleDeriving } from '../../core/deriving.ts';
import type { MoveContext } from '../../core/lifecycle.ts';
import { enoughToday } from '../../core/matter-errors.ts';
import type { Named } from '../../core/named.ts';
import type { PhotoRef } from '../../core/photos.ts';
import type { IncidentTargets, Site } from '../areas/index.ts';
import { derived } from './due.ts';
import type { IncidentDoc, IncidentState } from './model.ts';

/** What a decision needs besides the incident; the service loads only what the move at hand asks for. */
export interface IncidentFacts {
  /** report */
  place?: Site & { targets: IncidentTargets };
  sealedAddress?: string;
  /** report: what it was found on. */
  origin?: Pick<IncidentDoc, 'visit'>;
  /** report for somebody with an account; `cared`: the register knows that the actor looks after them. */
  subject?: Named & { cared: boolean };
  /** report: the sentinel who answers for the reporter, and looks first. */
  sentinel?: string;
  /** triage: the grid it is said to be in. */
  site?: Site;
  /** dispatch, assist */
  assignee?: Named & { serves: boolean };
  /** merge */
  into?: Pick<IncidentDoc, '_id' | 'number' | 'community' | 'state' | 'urgency'>;
  /** Those of the photos named that are there and were sent by the actor. */
  photos?: PhotoRef[];
}

export type IncidentContext = MoveContext<IncidentFacts>;

/**
 * The words the table of incidents is written in. After its own patch a move keeps what follows from the rest, and nobody
 * hears of one move twice.
 */
export const { lifecycle, move, start, staying } = lifecycleDeriving<IncidentDoc, IncidentState, IncidentFacts>(
  derived,
);

/** More than anybody needs; without a bound one person could fill an incident's history, and another's telephone. */
const MOST_A_DAY = 5;
/** Where somebody's life is in danger, whoever has more to say says it. */
const MOST_IN_DANGER = 50;

/** What refuses a move that somebody made on an incident often enough today. */
export const enoughOf = (made: number, { urgency }: IncidentDoc) =>
  made < (urgency === 'danger' ? MOST_IN_DANGER : MOST_A_DAY) ? undefined : enoughToday();
