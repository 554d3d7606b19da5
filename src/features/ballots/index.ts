import type { Feature } from '../../core/feature.ts';
import { confirmationSchema } from './confirmations.ts';
import { ballotRoutes } from './http.ts';
import { closing } from './jobs.ts';
import { ballotLifecycle } from './lifecycle.ts';
import { ballotMessages } from './messages.ts';
import { ballotSchema, electorSchema, paperSchema, urnSchema } from './model.ts';
import { remindedSchema, reminding } from './reminders.ts';
import { ballotRules } from './rules.ts';

export { attendanceOf, type Choice, type Outcome, type Weight } from './arithmetic.ts';
export { electorsElsewhere, type Voice, voicesAt } from './electors.ts';
export { alreadyVoted, noVoice, over as ballotOver } from './errors.ts';
export { markPaper, unmarkPaper } from './handing-in.ts';
export {
  type BallotMoveName,
  ballotLifecycle,
  COUNT_AFTER,
  type DraftInput,
  draftInput,
  stateAt,
} from './lifecycle.ts';
export { BALLOT_MOVES } from './messages.ts';
export { BALLOT_STATES, type BallotDoc, type BallotState } from './model.ts';
export { type OpenBallot, openBallotsFor } from './open-now.ts';
export { type OpinionMap, type OpinionVote, opinionMap } from './opinions.ts';
export { type BallotRule, PACKS, type Pack, packInForce, ruleOf } from './pack.ts';
export { enterPaper, listPapers, takeBackPaper } from './papers.ts';
export { attendanceSentences } from './sentences.ts';
export { draftBallot, type MovedBallot, moveBallot } from './service.ts';
export {
  type Attending,
  attendFor,
  type Counted,
  countFor,
  draftFor,
  openFor,
  voidFor,
} from './steward.ts';
export { newReceipt } from './urn.ts';
export { type BallotView, resultOf, viewOf as ballotViewOf } from './views.ts';
export { castVote, checkReceipt, markAttending, readBallot, type VoteInput } from './votes.ts';

/** 表决: one question, an electorate, a rule, and votes that are counted exactly, open or secret. */
export const ballots: Feature = {
  name: 'ballots',
  uses: ['areas', 'people'],
  models: {
    ballot: ballotSchema(),
    ballot_electors: electorSchema(),
    ballot_urns: urnSchema(),
    ballot_papers: paperSchema(),
    ballot_pack_confirmations: confirmationSchema,
    ballot_reminders: remindedSchema,
  },
  rules: ballotRules,
  lifecycles: [ballotLifecycle],
  routes: ballotRoutes,
  intents: [],
  jobs: [closing, reminding],
  messages: ballotMessages,
};
