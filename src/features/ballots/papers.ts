import { may } from '../../core/ability.ts';
import type { Caller } from '../../core/caller.ts';
import { tooBusy, wrongState } from '../../core/errors.ts';
import type { House } from '../../core/house.ts';
import { insertNew } from '../../core/insert.ts';
import type { Choice } from './arithmetic.ts';
import { noteAt, papersOf } from './box.ts';
import { electorsOf, onPaper } from './electors.ts';
import { morePapersThanVoters, notOnPaper, notOver, paperMissing, paperSettled } from './errors.ts';
import { stateAt } from './lifecycle.ts';
import { BALLOT_STATES, type BallotDoc, type Paper } from './model.ts';
import { openChoice, sealChoice } from './urn.ts';
import { ballotFor } from './votes.ts';

/**
 * Paper votes. Households that hand one in are marked while voting goes on; the papers are read when the box is opened
 * after closing, all together, so that nothing says which came from whom. Two people enter each for themselves.
 */

const ATTEMPTS = 20;
const PEOPLE = 2;

type Entry = Paper['entries'][number];

/** How far a paper is. `differs`: the two entered different things, and one of them has to look again. */
export interface PaperStanding {
  paper: string;
  entered: number;
  settled: boolean;
  differs: boolean;
  /** Whether the one who asks has entered it. */
  mine: boolean;
}

/**
 * Enters what a paper says, or corrects one's own entry while the two differ. In an open ballot a paper goes by its
 * elector, in a secret one by any number written on it.
 * @throws HaolinError not_found, forbidden, not_closed_yet, wrong_state, not_on_paper, paper_settled, too_many_papers when
 *   it would be one more than were handed in
 */
export async function enterPaper(
  house: House,
  caller: Caller,
  id: string,
  { paper, choice }: { paper: string; choice: Choice },
): Promise<PaperStanding> {
  const ballot = await ballotFor(house, caller, id, 'paper');
  const snapshot = boxOf(ballot, caller.now);
  const _id = `${snapshot}:${paper}`;
  if (ballot.secrecy === 'open' && (await electorsOf(house).findOne({ _id }))?.way !== 'paper') throw notOnPaper();
  const by = caller.actor.id;
  const mine = { by, choice: sealChoice(house, `${_id}:${by}`, choice) };
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const current = await papersOf(house).findOne({ _id });
    const next = current ? corrected(house, current, mine, choice) : firstEntry({ _id, snapshot, paper }, mine);
    if (next === current) return standing(next, by);
    if (!(await put(house, current, next))) continue;
    if (!current) await mustFit(house, ballot, next);
    if (!(await noteAt(house, ballot))) return putBack(house, current, next);
    return standing(next, by);
  }
  throw tooBusy();
}

/**
 * Takes one's own entry back, as long as it is not counted: a settled paper is no longer, one that nobody has entered is
 * none. Of a paper one did not enter the secretary takes back all, for who did may be gone.
 * @throws HaolinError not_found, forbidden, not_closed_yet, wrong_state, paper_missing when nobody has entered it (any more)
 */
export async function takeBackPaper(house: House, caller: Caller, id: string, paper: string): Promise<PaperStanding> {
  const ballot = await ballotFor(house, caller, id, 'paper');
  const snapshot = boxOf(ballot, caller.now);
  const _id = `${snapshot}:${paper}`;
  const by = caller.actor.id;
  const strikesOut = may(caller.ability, 'void', 'ballot', ballot);
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const current = await papersOf(house).findOne({ _id });
    if (!current) throw paperMissing();
    const isMine = current.entries.some((one) => one.by === by);
    if (!isMine && !strikesOut) return standing(current, by);
    const entries = isMine ? current.entries.filter((one) => one.by !== by) : [];
    const next: Paper = { ...current, entries, settled: false, version: current.version + 1 };
    if (!(await put(house, current, next))) continue;
    if (!(await noteAt(house, ballot))) return putBack(house, current, next);
    return standing(next, by);
  }
  throw tooBusy();
}

const firstEntry = (paper: Pick<Paper, '_id' | 'snapshot' | 'paper'>, mine: Entry): Paper => ({
  ...paper,
  entries: [mine],
  settled: false,
  version: 1,
});

/** A paper with one's own entry; the same one when that says so already. @throws HaolinError paper_settled */
function corrected(house: House, current: Paper, mine: Entry, choice: Choice): Paper {
  const others = current.entries.filter((one) => one.by !== mine.by);
  const before = current.entries.find((one) => one.by === mine.by);
  if (before && openEntry(house, current, before) === choice) return current;
  if (current.settled || others.length === PEOPLE) throw paperSettled();
  const entries = [...others, mine];
  const said = new Set(entries.map((one) => openEntry(house, current, one)));
  return { ...current, entries, settled: entries.length === PEOPLE && said.size === 1, version: current.version + 1 };
}

/** Puts a paper in the place of what it was. @returns whether nobody was faster */
async function put(house: House, before: Paper | null, { _id, ...after }: Paper): Promise<boolean> {
  if (!before) return (await insertNew(papersOf(house), [{ _id, ...after }])) === 1;
  // Every sealing is another text: a paper that was taken away and begun anew is not taken for the one before.
  const same = { _id, version: before.version, 'entries.0.choice': before.entries[0]?.choice ?? '' };
  if (after.entries.length === 0) return (await papersOf(house).deleteOne(same)).deletedCount === 1;
  const { entries, settled, version } = after;
  return (await papersOf(house).updateOne(same, { $set: { entries, settled, version } })).modifiedCount === 1;
}

/** Somebody counted in between: what was counted stays. @throws HaolinError wrong_state */
async function putBack(house: House, before: Paper | null, after: Paper): Promise<never> {
  if (after.entries.length === 0) await put(house, null, before ?? after);
  else await put(house, after, before ?? { ...after, entries: [] });
  throw wrongState(BALLOT_STATES.counted);
}

/** Asked after it went in: of two that go in at once, both may be one too many, but never none. @throws HaolinError too_many_papers */
async function mustFit(house: House, ballot: BallotDoc, fresh: Paper): Promise<void> {
  const entered = await papersOf(house).countDocuments({ snapshot: fresh.snapshot });
  if (entered <= (await onPaper(house, ballot))) return;
  await put(house, fresh, { ...fresh, entries: [] });
  throw morePapersThanVoters();
}

/** All papers of a ballot and how far they are; never what they say. @throws HaolinError not_found, forbidden */
export async function listPapers(house: House, caller: Caller, id: string): Promise<PaperStanding[]> {
  const { snapshot } = await ballotFor(house, caller, id, 'paper');
  if (snapshot === undefined) return [];
  const papers = await papersOf(house).find({ snapshot }).sort({ _id: 1 }).toArray();
  return papers.map((one) => standing(one, caller.actor.id));
}

/** What a settled paper says. */
export function settledChoice(house: House, paper: Paper): Choice | undefined {
  const [entry] = paper.entries;
  return paper.settled && entry ? openEntry(house, paper, entry) : undefined;
}

function boxOf(ballot: BallotDoc, now: Date): string {
  const state = stateAt(ballot, now);
  if (state === 'open' || ballot.snapshot === undefined) throw notOver();
  if (state !== 'closed') throw wrongState(BALLOT_STATES[state]);
  return ballot.snapshot;
}

const openEntry = (house: House, { _id }: Paper, { by, choice }: Entry): Choice =>
  openChoice(house, `${_id}:${by}`, choice);

function standing({ paper, entries, settled }: Paper, by: string): PaperStanding {
  const entered = entries.length;
  return {
    paper,
    entered,
    settled,
    differs: entered === PEOPLE && !settled,
    mine: entries.some((one) => one.by === by),
  };
}
