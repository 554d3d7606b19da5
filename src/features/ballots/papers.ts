import type { mongo } from 'mongoose';
import type { Caller } from '../../core/caller.ts';
import { tooBusy, wrongState } from '../../core/errors.ts';
import type { House } from '../../core/house.ts';
import type { Choice } from './arithmetic.ts';
import { electorsOf } from './electors.ts';
import { notOnPaper, notOver, paperSettled } from './errors.ts';
import { stateAt } from './lifecycle.ts';
import { BALLOT_STATES, type BallotDoc, type Paper } from './model.ts';
import { openChoice, sealChoice } from './urn.ts';
import { ballotFor } from './votes.ts';

/**
 * Paper votes. Households that hand one in are marked while voting goes on; the papers are read when the box is opened
 * after closing, all together, so that nothing says which came from whom. Two people enter each for themselves.
 */

const DUPLICATE_KEY = 11_000;
const ATTEMPTS = 20;
const PEOPLE = 2;

/** How far a paper is. `differs`: the two entered different things, and one of them has to look again. */
export interface PaperStanding {
  paper: string;
  entered: number;
  settled: boolean;
  differs: boolean;
  /** Whether the one who asks has entered it. */
  mine: boolean;
}

export const papersOf = (house: House): mongo.Collection<Paper> =>
  house.model<Paper>('ballot_papers').collection as unknown as mongo.Collection<Paper>;

/**
 * Enters what a paper says, or corrects one's own entry while the two differ. In an open ballot a paper goes by its
 * elector, in a secret one by any number written on it.
 * @throws HaolinError not_found, forbidden, not_closed_yet, wrong_state, not_on_paper, paper_settled
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
  const papers = papersOf(house);
  const by = caller.actor.id;
  const mine = { by, choice: sealChoice(house, `${_id}:${by}`, choice) };
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const current = await papers.findOne({ _id });
    if (!current) {
      const first: Paper = { _id, snapshot, paper, entries: [mine], settled: false, version: 1 };
      try {
        await papers.insertOne(first);
        return standing(first, by);
      } catch (error) {
        if ((error as { code?: unknown }).code !== DUPLICATE_KEY) throw error;
        continue;
      }
    }
    const others = current.entries.filter((one) => one.by !== by);
    const before = current.entries.find((one) => one.by === by);
    if (before && openEntry(house, current, before) === choice) return standing(current, by);
    if (current.settled || others.length === PEOPLE) throw paperSettled();
    const entries = [...others, mine];
    const said = new Set(entries.map((one) => openEntry(house, current, one)));
    const settled = entries.length === PEOPLE && said.size === 1;
    const { version } = current;
    const next: Paper = { ...current, entries, settled, version: version + 1 };
    const { modifiedCount } = await papers.updateOne(
      { _id, version },
      { $set: { entries, settled, version: next.version } },
    );
    if (modifiedCount === 1) return standing(next, by);
  }
  throw tooBusy();
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

const openEntry = (house: House, { _id }: Paper, { by, choice }: Paper['entries'][number]): Choice =>
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
