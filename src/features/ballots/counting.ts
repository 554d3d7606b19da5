import type { House } from '../../core/house.ts';
import { CHOICES, NOTHING, reckon, sum, type Tally, type Weight } from './arithmetic.ts';
import { electorsOf, presentOf, stored, weighed } from './electors.ts';
import { morePapersThanVoters, papersUnresolved } from './errors.ts';
import type { BallotDoc, StoredCount } from './model.ts';
import { papersOf, settledChoice } from './papers.ts';
import { choicesOf, openChoice } from './urn.ts';

/**
 * Counts what was chosen, by phone and on paper. It changes nothing; done again it comes to the same.
 * @throws HaolinError papers_unresolved, too_many_papers, numbers_disagree
 */
export async function countBallot(house: House, ballot: BallotDoc): Promise<StoredCount> {
  const { snapshot = '', electorate = { heads: 0, area: 0 }, secrecy, rule } = ballot;
  const weightOf = secrecy === 'open' ? await weights(house, snapshot) : () => ONE;
  const tally: Tally = { for: NOTHING, against: NOTHING, abstain: NOTHING };
  for await (const row of choicesOf(house).find({ snapshot, choice: { $exists: true } })) {
    const choice = openChoice(house, row.receipt ?? row._id, row.choice ?? '');
    tally[choice] = sum(tally[choice], weightOf(row._id));
  }
  const papers = await papersOf(house).find({ snapshot }).toArray();
  const unsettled = papers.filter(({ settled }) => !settled).length;
  if (unsettled > 0) throw papersUnresolved(unsettled);
  const handedIn = await electorsOf(house).countDocuments({ snapshot, way: 'paper' });
  if (papers.length > handedIn) throw morePapersThanVoters();
  for (const paper of papers) {
    const choice = settledChoice(house, paper);
    if (choice) tally[choice] = sum(tally[choice], weightOf(paper._id));
  }
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

/** A secret choice says nothing of whose it is, so each counts for one. */
const ONE: Weight = { heads: 1n, area: 0n };

/** What each elector of an open ballot weighs, by the id both it and its choice have. */
async function weights(house: House, snapshot: string): Promise<(id: string) => Weight> {
  const known = new Map<string, Weight>();
  for await (const one of electorsOf(house).find({ snapshot })) known.set(one._id, weighed(one));
  return (id) => known.get(id) ?? NOTHING;
}
