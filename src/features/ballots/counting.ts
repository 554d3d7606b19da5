import type { House } from '../../core/house.ts';
import { CHOICES, type Choice, NOTHING, reckon, sum, type Tally, type Weight } from './arithmetic.ts';
import { papersOf } from './box.ts';
import { closeVotes, electorsOf, onPaper, presentOf, stored, weighed } from './electors.ts';
import { morePapersThanVoters, papersOutstanding, papersUnresolved } from './errors.ts';
import type { BallotDoc, StoredCount } from './model.ts';
import { settledChoice } from './papers.ts';
import { choicesIn, openChoice } from './urn.ts';

/**
 * Counts what was chosen, by phone and on paper, once no vote goes in any more; done again it comes to the same.
 * @throws HaolinError papers_unresolved, too_many_papers, papers_outstanding, numbers_disagree
 */
export async function countBallot(house: House, ballot: BallotDoc): Promise<StoredCount> {
  const { snapshot = '', electorate = { heads: 0, area: 0 }, secrecy, rule } = ballot;
  const papers = await papersOf(house).find({ snapshot }).toArray();
  const unsettled = papers.filter(({ settled }) => !settled).length;
  if (unsettled > 0) throw papersUnresolved(unsettled);
  const handedIn = await onPaper(house, ballot);
  if (papers.length > handedIn) throw morePapersThanVoters();
  if (papers.length < handedIn) throw papersOutstanding(handedIn - papers.length);
  // A vote that is still on its way is in before this, or is told that voting is over.
  await closeVotes(house, ballot);
  const said = papers.flatMap((paper) => {
    const choice = settledChoice(house, paper);
    return choice ? [{ _id: paper._id, choice }] : [];
  });
  const tally = secrecy === 'open' ? await tallyOpen(house, snapshot, said) : await tallySecret(house, snapshot, said);
  const count = { electorate: weighed(electorate), present: await presentOf(house, ballot), tally };
  const { outcome } = reckon(rule, count);
  const sums = CHOICES.map((choice) => [choice, stored(tally[choice])] as const);
  return {
    electorate,
    present: stored(count.present),
    tally: Object.fromEntries(sums) as StoredCount['tally'],
    outcome,
  };
}

/** A paper's choice, under the id its elector has in an open ballot. */
type Papers = readonly { _id: string; choice: Choice }[];

const ONE: Weight = { heads: 1n, area: 0n };
const nothing = (): Tally => ({ for: NOTHING, against: NOTHING, abstain: NOTHING });

/** A secret choice says nothing of whose it is, so each counts for one. */
async function tallySecret(house: House, snapshot: string, papers: Papers): Promise<Tally> {
  const tally = nothing();
  for await (const choice of choicesIn(house, snapshot)) tally[choice] = sum(tally[choice], ONE);
  for (const { choice } of papers) tally[choice] = sum(tally[choice], ONE);
  return tally;
}

async function tallyOpen(house: House, snapshot: string, papers: Papers): Promise<Tally> {
  const tally = nothing();
  const said = new Map(papers.map(({ _id, choice }) => [_id, choice]));
  for await (const one of electorsOf(house).find({ snapshot, way: { $exists: true } })) {
    const choice = one.way === 'paper' ? said.get(one._id) : one.vote && openChoice(house, one._id, one.vote.choice);
    // As many papers as were handed in, and yet not the same ones: one was entered in another's stead.
    if (one.way === 'paper' && !choice) throw papersOutstanding(1);
    if (choice) tally[choice] = sum(tally[choice], weighed(one));
  }
  return tally;
}
