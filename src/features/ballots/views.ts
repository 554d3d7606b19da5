import { z } from 'zod';
import { may } from '../../core/ability.ts';
import type { Caller } from '../../core/caller.ts';
import type { House } from '../../core/house.ts';
import { movesFor } from '../../core/lifecycle.ts';
import { attendanceOf, CHOICES, type Count, reckon } from './arithmetic.ts';
import { onPaper, presentOf, stored, weighed } from './electors.ts';
import { ballotLifecycle, stateAt } from './lifecycle.ts';
import { BALLOT_STATES, type BallotDoc, type BallotState, type StoredCount } from './model.ts';
import { attendanceSentences, fewPapersSentences, resultSentences, secrecySentences } from './sentences.ts';
import { standingOf } from './votes.ts';

const at = z.iso.datetime();
const weight = z.object({ heads: z.number().int(), area: z.number().int().describe('单位：0.01平方米') });
export const choiceSchema = z.enum(CHOICES);

const standing = z.object({
  elector: z.string(),
  name: z.string(),
  voted: z.boolean(),
  way: z.enum(['phone', 'paper']).optional(),
  choice: choiceSchema.optional().describe('只有记名投票才有'),
  signInFirst: z.literal(true).optional().describe('只算到会的，要先在会场签到才能投'),
});

/** A ballot as it leaves the house. */
export const ballotView = z
  .object({
    id: z.string(),
    state: z.enum(Object.keys(BALLOT_STATES) as [BallotState, ...BallotState[]]).describe('按时间算出的状态'),
    stateWord: z.string(),
    community: z.string(),
    title: z.string(),
    question: z.string(),
    about: z.string().optional(),
    pack: z.object({
      code: z.string(),
      version: z.number().int(),
      title: z.string(),
      verified: z.boolean(),
      note: z.string().optional(),
      variant: z.string().optional(),
    }),
    secrecy: z.enum(['open', 'secret']),
    opensAt: at,
    closesAt: at,
    mine: z.array(standing).describe('自己能投的票'),
    turnout: z
      .object({ electorate: weight, present: weight, enough: z.boolean(), sentences: z.array(z.string()) })
      .optional()
      .describe('参加的情况，看不出怎么投的'),
    result: z
      .object({
        outcome: z.enum(['passed', 'failed', 'tie']),
        tally: z.object({ for: weight, against: weight, abstain: weight }),
        sentences: z.array(z.string()),
      })
      .optional()
      .describe('计票以后才有'),
    createdAt: at,
    updatedAt: at,
    version: z.number().int(),
    moves: z.array(z.string()),
  })
  .meta({ id: 'Ballot' });
export type BallotView = z.output<typeof ballotView>;

/** As the caller sees it: what the caller may do, where the caller stands, how many take part; the result once counted. */
export async function viewOf(house: House, caller: Caller, ballot: BallotDoc): Promise<BallotView> {
  const state = stateAt(ballot, caller.now);
  const turnout = await turnoutOf(house, caller, ballot);
  return {
    id: ballot._id,
    state,
    stateWord: BALLOT_STATES[state],
    community: ballot.community,
    title: ballot.title,
    question: ballot.question,
    ...(ballot.about !== undefined && { about: ballot.about }),
    pack: ballot.pack,
    secrecy: ballot.secrecy,
    opensAt: ballot.opensAt.toISOString(),
    closesAt: ballot.closesAt.toISOString(),
    mine: await standingOf(house, caller, ballot),
    ...(turnout && { turnout }),
    ...(ballot.count && { result: resultOf(ballot, ballot.count) }),
    createdAt: ballot.createdAt.toISOString(),
    updatedAt: ballot.updatedAt.toISOString(),
    version: ballot.version,
    moves: movesFor(ballotLifecycle, ballot, { ...caller, calendar: house.calendar, facts: {} }),
  };
}

async function turnoutOf(house: House, { ability }: Caller, ballot: BallotDoc): Promise<BallotView['turnout']> {
  const { electorate, count, rule, secrecy } = ballot;
  if (!electorate) return undefined;
  const all = weighed(electorate);
  const present = count ? weighed(count.present) : await presentOf(house, ballot);
  const takePart = attendanceOf(rule, all, present);
  const isWarned = secrecy === 'secret' && !count && may(ability, 'mark', 'ballot', ballot);
  const warnings = isWarned ? fewPapersSentences(await onPaper(house, ballot)) : [];
  return {
    electorate,
    present: stored(present),
    enough: takePart.every(({ met }) => met),
    sentences: [
      ...attendanceSentences(rule, all, present, takePart),
      ...(secrecy === 'secret' ? secrecySentences(rule, all) : []),
      ...warnings,
    ],
  };
}

/** The result of a ballot that was counted, with the arithmetic of it in sentences. */
export function resultOf({ rule }: Pick<BallotDoc, 'rule'>, count: StoredCount): NonNullable<BallotView['result']> {
  const { tally, outcome } = count;
  const exact: Count = {
    electorate: weighed(count.electorate),
    present: weighed(count.present),
    tally: { for: weighed(tally.for), against: weighed(tally.against), abstain: weighed(tally.abstain) },
  };
  return { outcome, tally, sentences: resultSentences(rule, exact, reckon(rule, exact)) };
}
