import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../../../src/core/caller.ts';
import type { House } from '../../../src/core/house.ts';
import { HOUR, MINUTE } from '../../../src/core/time.ts';
import { areas } from '../../../src/features/areas/index.ts';
import {
  type BallotDoc,
  ballots,
  ballotViewOf,
  type Choice,
  castVote,
  checkReceipt,
  type DraftInput,
  draftBallot,
  enterPaper,
  listPapers,
  markAttending,
  markPaper,
  moveBallot,
  newReceipt,
  readBallot,
} from '../../../src/features/ballots/index.ts';
import { listElectors } from '../../../src/features/ballots/lists.ts';
import type { Elector, Urn } from '../../../src/features/ballots/model.ts';
import { actorOf, type Person, people } from '../../../src/features/people/index.ts';
import { makeCommunity, makePerson, type TestHouse, testHouse } from '../../support/house.ts';

const HOUSEHOLDS = 24;

let test: TestHouse;
let community: string;
let secretary: Person;
let worker: Person;
let stranger: Person;
/** One of each household; the first has a second grown-up and a child. */
const leads: Person[] = [];
let wife: Person;
let child: Person;

const as = (person: Person, key?: string): Caller => {
  const actor = actorOf(person, 'api');
  return { actor, ability: test.house.abilityOf(actor), now: test.clock.now(), ...(key === undefined ? {} : { key }) };
};
const rowsOf = <D>(name: string, ballot: BallotDoc): Promise<D[]> =>
  test.house.db.collection(name).find({ snapshot: ballot.snapshot }).toArray() as unknown as Promise<D[]>;

beforeAll(async () => {
  test = await testHouse([areas, people, ballots]);
  ({ community } = await makeCommunity(test.house));
  const elsewhere = await makeCommunity(test.house);
  const area = `${community}G01`;
  for (let n = 0; n < HOUSEHOLDS; n += 1) {
    leads.push(await makePerson(test.house, { area, household: `1-1-${n}`, birthYear: 1960 }));
  }
  wife = await makePerson(test.house, { area, household: '1-1-0', birthYear: 1962 });
  child = await makePerson(test.house, { area, household: '1-1-0', birthYear: 2015 });
  secretary = await makePerson(test.house, { area, roles: ['secretary'] });
  worker = await makePerson(test.house, { area, roles: ['worker'] });
  stranger = await makePerson(test.house, { area: elsewhere.community });
}, 60_000);
afterAll(() => test.close());

/** A ballot that is open now, for a day. */
async function opened(given: Partial<DraftInput> = {}): Promise<BallotDoc> {
  const now = test.clock.now().getTime();
  const { ballot } = await draftBallot(test.house, as(secretary), community, {
    title: '要不要装路灯',
    question: '巷子口要不要装两盏路灯？',
    pack: 'courtyard-poll',
    secrecy: 'secret',
    opensAt: new Date(now).toISOString(),
    closesAt: new Date(now + 24 * HOUR).toISOString(),
    ...given,
  });
  if (ballot.rule.electorate === 'owner') return ballot;
  return (await moveBallot(test.house, as(secretary), ballot._id, 'open')).ballot;
}

/** Puts the clock behind the closing of a ballot, so far that it may be counted, and counts it. */
async function counted({ _id, closesAt }: BallotDoc): Promise<BallotDoc> {
  test.clock.set(new Date(closesAt.getTime() + MINUTE));
  return (await moveBallot(test.house, as(secretary), _id, 'count')).ballot;
}
const lead = (n: number): Person => {
  const found = leads[n];
  if (!found) throw new Error(`no household ${n}`);
  return found;
};
const receiptOf = ({ _id }: Person, ballot: BallotDoc): string => newReceipt(test.house, ballot._id, _id);
const codeOf = (error: unknown): string => (error as { code?: string }).code ?? String(error);
const heads = ({ count }: BallotDoc) =>
  count && [count.tally.for.heads, count.tally.against.heads, count.tally.abstain.heads];

describe('who may vote', () => {
  it('is each household once, whoever of its grown-ups comes first', async () => {
    const ballot = await opened();
    expect(ballot.electorate?.heads).toBe(HOUSEHOLDS);
    await castVote(test.house, as(wife), ballot._id, { choice: 'for', receipt: receiptOf(wife, ballot) });
    const refusals = [
      castVote(test.house, as(lead(0)), ballot._id, { choice: 'against', receipt: receiptOf(lead(0), ballot) }),
      castVote(test.house, as(child), ballot._id, { choice: 'for', receipt: receiptOf(child, ballot) }),
      castVote(test.house, as(stranger), ballot._id, { choice: 'for', receipt: receiptOf(stranger, ballot) }),
      castVote(test.house, as(lead(1)), ballot._id, { choice: 'for' }),
    ];
    expect((await Promise.allSettled(refusals)).map((one) => one.status === 'rejected' && codeOf(one.reason))).toEqual([
      'already_voted',
      'no_vote_here',
      'not_found',
      'receipt_needed',
    ]);
    expect(heads(await counted(ballot))).toEqual([1, 0, 0]);
  });

  it('is by the clock, whether or not a job ran', async () => {
    const now = test.clock.now().getTime();
    const opensAt = new Date(now + HOUR).toISOString();
    const ballot = await opened({ opensAt });
    const vote = () =>
      castVote(test.house, as(lead(1)), ballot._id, { choice: 'for', receipt: receiptOf(lead(1), ballot) });
    await expect(vote()).rejects.toMatchObject({ code: 'not_open_yet' });
    test.clock.set(ballot.closesAt);
    await expect(vote()).rejects.toMatchObject({ code: 'ballot_over' });
    expect((await ballotViewOf(test.house, as(lead(1)), ballot)).state).toBe('closed');
    await expect(moveBallot(test.house, as(secretary), ballot._id, 'count')).rejects.toMatchObject({
      code: 'not_closed_yet',
    });

    const [job] = ballots.jobs;
    const run = async (dryRun: boolean) =>
      (await job?.run({ slot: ballot.closesAt, now: test.clock.now(), late: false, dryRun }, test.house))?.lines;
    expect(await run(true)).toEqual([`${community} ${ballot._id} close`]);
    expect(await run(false)).toEqual([`${community} ${ballot._id} close`]);
    expect(await run(false)).toEqual([]);
    const closed = await readBallot(test.house, as(secretary), ballot._id);
    expect(closed).toMatchObject({ state: 'closed', outbox: [{ message: 'ballot.closed' }] });
    expect((await counted(ballot)).count?.outcome).toBe('failed');
  });

  it('leaves nothing behind of a move that is refused', async () => {
    const ballot = await opened();
    const before = await test.house.db.collection('ballot_electors').countDocuments();
    await expect(moveBallot(test.house, as(secretary), ballot._id, 'open')).resolves.toMatchObject({ repeated: true });
    await expect(moveBallot(test.house, as(worker), ballot._id, 'open')).rejects.toMatchObject({ code: 'forbidden' });
    expect(await test.house.db.collection('ballot_electors').countDocuments()).toBe(before);
  });

  it('opens once when two open it at once', async () => {
    const now = test.clock.now().getTime();
    const { ballot } = await draftBallot(test.house, as(secretary), community, {
      title: '两人同时',
      question: '同时定名单',
      pack: 'courtyard-poll',
      secrecy: 'secret',
      opensAt: new Date(now).toISOString(),
      closesAt: new Date(now + 24 * HOUR).toISOString(),
    });
    await Promise.allSettled(
      Array.from({ length: 5 }, () => moveBallot(test.house, as(secretary), ballot._id, 'open')),
    );
    const all = await test.house.db.collection('ballot_electors').find({ ballot: ballot._id }).toArray();
    const { snapshot } = await readBallot(test.house, as(secretary), ballot._id);
    expect(all).toHaveLength(HOUSEHOLDS);
    expect(new Set(all.map((one) => one.snapshot))).toEqual(new Set([snapshot]));
  });
});

describe('a secret ballot', () => {
  it('counts one of a hundred votes sent at once by one household, through two services', async () => {
    const ballot = await opened();
    const other: House = { ...test.house };
    const votes = Array.from({ length: 100 }, (_, n) =>
      castVote(n % 2 === 0 ? test.house : other, as(n % 3 === 0 ? wife : lead(0)), ballot._id, {
        choice: n % 2 === 0 ? 'for' : 'against',
        receipt: receiptOf(n % 3 === 0 ? wife : lead(0), ballot),
      }),
    );
    const outcomes = await Promise.allSettled(votes);
    const refused = outcomes.flatMap((one) => (one.status === 'rejected' ? [codeOf(one.reason)] : []));
    expect(refused).toHaveLength(99);
    expect(new Set(refused)).toEqual(new Set(['already_voted']));
    const { present, tally } = (await counted(ballot)).count ?? {};
    expect(present?.heads).toBe(1);
    expect((tally?.for.heads ?? 0) + (tally?.against.heads ?? 0)).toBe(1);
  });

  it('counts every household once, however often each sends its vote', async () => {
    const ballot = await opened();
    const other: House = { ...test.house };
    const sent = leads.flatMap((person, n) => {
      const vote = {
        choice: (['for', 'against', 'abstain'] as const)[n % 3] ?? 'for',
        receipt: receiptOf(person, ballot),
      };
      return [test.house, other, test.house].map((house) => () => castVote(house, as(person), ballot._id, vote));
    });
    await Promise.all(sent.map((send) => send()));
    expect(heads(await counted(ballot))).toEqual([8, 8, 8]);
  });

  it('is in when it was acknowledged, stays as it was, and is found by its own receipt only', async () => {
    const ballot = await opened();
    const receipt = receiptOf(lead(3), ballot);
    await castVote(test.house, as(lead(3)), ballot._id, { choice: 'for', receipt });
    const another = castVote(test.house, as(lead(3)), ballot._id, {
      choice: 'against',
      receipt: receiptOf(lead(3), ballot),
    });
    await expect(another).rejects.toMatchObject({ code: 'already_voted' });
    // The same again is done already; changing one's mind under the same receipt is told that it is not.
    await castVote(test.house, as(lead(3)), ballot._id, { choice: 'for', receipt });
    const changed = castVote(test.house, as(lead(3)), ballot._id, { choice: 'against', receipt });
    await expect(changed).rejects.toMatchObject({ code: 'already_voted' });
    expect(await checkReceipt(test.house, as(lead(3)), ballot._id, receipt)).toEqual({ inUrn: true });
    expect(heads(await counted(ballot))).toEqual([1, 0, 0]);
    expect(await checkReceipt(test.house, as(lead(3)), ballot._id, receipt)).toEqual({ inUrn: true, choice: 'for' });
    expect(await checkReceipt(test.house, as(lead(3)), ballot._id, receiptOf(lead(3), ballot))).toEqual({
      inUrn: false,
    });
    // A slip that somebody else picked up tells that person nothing.
    expect(await checkReceipt(test.house, as(lead(4)), ballot._id, receipt)).toEqual({ inUrn: false });
  });

  it('takes no receipt of another, whether a vote lies under it or not, and leaves both votes to be looked after', async () => {
    const [ballot, second] = [await opened(), await opened()];
    const [his, unused, before] = [receiptOf(lead(3), ballot), receiptOf(lead(3), ballot), receiptOf(lead(4), second)];
    await castVote(test.house, as(lead(3)), ballot._id, { choice: 'for', receipt: his });
    const stored = async () => JSON.stringify(await rowsOf<Urn>('ballot_urns', ballot));
    const whole = await stored();
    const told = [];
    for (const receipt of [his, unused, before, '5'.repeat(32)]) {
      const sent = castVote(test.house, as(lead(4)), ballot._id, { choice: 'against', receipt });
      told.push(await sent.catch(({ code, status, detail }) => [code, status, detail]));
    }
    expect(told[0]).toEqual(['receipt_not_yours', 422, expect.any(String)]);
    for (const one of told) expect(one).toEqual(told[0]);
    expect(await stored()).toBe(whole);
    const own = receiptOf(lead(4), ballot);
    await castVote(test.house, as(lead(4)), ballot._id, { choice: 'against', receipt: own });
    for (const [n, receipt] of [
      [3, his],
      [4, own],
    ] as const) {
      expect(await checkReceipt(test.house, as(lead(n)), ballot._id, receipt)).toEqual({ inUrn: true });
      expect(await checkReceipt(test.house, as(lead(7 - n)), ballot._id, receipt)).toEqual({ inUrn: false });
    }
    expect(heads(await counted(ballot))).toEqual([1, 1, 0]);
  });

  it('gives one of two receipts of one voice its place, and a paper or a phone, whichever comes first', async () => {
    const ballot = await opened();
    const rows = await rowsOf<Elector>('ballot_electors', ballot);
    for (const [n, person] of leads.entries()) {
      const elector = rows.find(({ people: mine }) => mine.includes(person._id))?.elector ?? '';
      const receipts = [receiptOf(person, ballot), receiptOf(person, ballot)];
      const ways = [
        ...receipts.map((receipt) => castVote(test.house, as(person), ballot._id, { choice: 'for', receipt })),
        markPaper(test.house, as(worker), ballot._id, elector),
      ];
      const outcomes = await Promise.allSettled(n % 2 === 0 ? ways : ways.reverse());
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const one of outcomes) if (one.status === 'rejected') expect(codeOf(one.reason)).toBe('already_voted');
    }
    const [urn] = await rowsOf<Urn>('ballot_urns', ballot);
    const byPhone = urn?.voted.filter((one) => one !== '' && one !== 'paper').length;
    expect(urn?.voted.filter((one) => one !== '')).toHaveLength(HOUSEHOLDS);
    expect(urn?.places.filter((one) => one !== '')).toHaveLength(byPhone ?? 0);
  });
});

describe('an open ballot', () => {
  it('may be changed until closing, and shows nobody how it stands', async () => {
    const ballot = await opened({ secrecy: 'open' });
    await castVote(test.house, as(lead(0)), ballot._id, { choice: 'against' });
    await castVote(test.house, as(wife), ballot._id, { choice: 'for' });
    await castVote(test.house, as(lead(1)), ballot._id, { choice: 'for' });
    const [row] = (await rowsOf<Elector>('ballot_electors', ballot)).filter(({ vote }) => vote?.before);
    expect(row?.vote).toMatchObject({ by: wife._id, before: [{ by: lead(0)._id }] });
    expect(JSON.stringify(row)).not.toMatch(/"(?:for|against)"/u);
    for (const person of [secretary, worker, lead(5)]) {
      const view = await ballotViewOf(test.house, as(person), await readBallot(test.house, as(person), ballot._id));
      expect(view.turnout?.sentences).toEqual([`一共${HOUSEHOLDS}户，参加表决2户。`]);
      expect(JSON.stringify({ ...view, moves: [] })).not.toMatch(/"(?:for|against|result)"/u);
    }
    const mine = await ballotViewOf(test.house, as(lead(0)), ballot);
    expect(mine.mine).toMatchObject([{ voted: true, choice: 'for', way: 'phone' }]);

    const done = await counted(ballot);
    const { result } = await ballotViewOf(test.house, as(lead(5)), done);
    expect(result).toMatchObject({ outcome: 'passed', tally: { for: { heads: 2 } } });
    expect(result?.sentences.at(-1)).toBe('结果：通过。');
    await expect(castVote(test.house, as(lead(0)), ballot._id, { choice: 'against' })).rejects.toMatchObject({
      code: 'ballot_over',
    });
  });

  it('ends with one choice when a family changes it fifty times at once', async () => {
    const ballot = await opened({ secrecy: 'open' });
    await Promise.allSettled(
      Array.from({ length: 50 }, (_, n) =>
        castVote(test.house, as(n % 2 === 0 ? wife : lead(0)), ballot._id, { choice: n % 2 === 0 ? 'for' : 'against' }),
      ),
    );
    const { tally, present } = (await counted(ballot)).count ?? {};
    expect((tally?.for.heads ?? 0) + (tally?.against.heads ?? 0)).toBe(1);
    expect(present?.heads).toBe(1);
  });

  it('of owners goes by heads and by area', async () => {
    const draft = await opened({ pack: 'owners', secrecy: 'open' });
    await expect(moveBallot(test.house, as(secretary), draft._id, 'open')).rejects.toMatchObject({
      code: 'no_electors',
    });
    const owners = [0, 1, 2].map((n) => ({ name: `业主${n}`, people: [lead(n)._id], area: n === 0 ? 20_001 : 10_000 }));
    await moveBallot(test.house, as(secretary), draft._id, 'enrol', { owners: owners.slice(1) });
    await moveBallot(test.house, as(secretary), draft._id, 'enrol', { owners });
    const { ballot } = await moveBallot(test.house, as(secretary), draft._id, 'open');
    expect(ballot.electorate).toEqual({ heads: 3, area: 40_001 });
    expect(await test.house.db.collection('ballot_electors').countDocuments({ ballot: ballot._id })).toBe(3);
    await castVote(test.house, as(lead(0)), ballot._id, { choice: 'against' });
    await castVote(test.house, as(lead(1)), ballot._id, { choice: 'for' });
    await castVote(test.house, as(lead(2)), ballot._id, { choice: 'for' });
    const done = await counted(ballot);
    // Two of three heads, but one hundredth of a square metre less than half.
    expect(done.count).toMatchObject({ outcome: 'failed', tally: { for: { heads: 2, area: 20_000 } } });
  });
});

describe('on paper', () => {
  it('a household that handed one in votes by no other way, nor the other way round', async () => {
    const ballot = await opened();
    const [first, second] = await rowsOf<Elector>('ballot_electors', ballot);
    if (!first || !second) throw new Error('nobody may vote');
    const owner = leads.find(({ _id }) => first.people.includes(_id)) ?? lead(0);
    const other = leads.find(({ _id }) => second.people.includes(_id)) ?? lead(0);
    await markPaper(test.house, as(worker), ballot._id, first.elector);
    await markPaper(test.house, as(worker), ballot._id, first.elector);
    await expect(
      castVote(test.house, as(owner), ballot._id, { choice: 'for', receipt: receiptOf(owner, ballot) }),
    ).rejects.toMatchObject({ code: 'already_voted' });
    await castVote(test.house, as(other), ballot._id, { choice: 'for', receipt: receiptOf(other, ballot) });
    await expect(markPaper(test.house, as(worker), ballot._id, second.elector)).rejects.toMatchObject({
      code: 'already_voted',
    });
    await expect(markPaper(test.house, as(owner), ballot._id, second.elector)).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  it('counts what two people entered alike, and nothing before they did', async () => {
    const ballot = await opened();
    const rows = await rowsOf<Elector>('ballot_electors', ballot);
    for (const { elector } of rows.slice(0, 2)) await markPaper(test.house, as(worker), ballot._id, elector);
    const enter = (person: Person, paper: string, choice: Choice) =>
      enterPaper(test.house, as(person), ballot._id, { paper, choice });
    await expect(enter(worker, '1', 'for')).rejects.toMatchObject({ code: 'not_closed_yet' });
    test.clock.set(ballot.closesAt);
    await enter(worker, '1', 'for');
    // The same person twice is one person.
    expect(await enter(worker, '1', 'for')).toMatchObject({ entered: 1, settled: false, differs: false });
    expect(await enter(secretary, '1', 'against')).toMatchObject({ entered: 2, settled: false, differs: true });
    expect(await listPapers(test.house, as(worker), ballot._id)).toEqual([
      { paper: '1', entered: 2, settled: false, differs: true, mine: true },
    ]);
    await expect(counted(ballot)).rejects.toMatchObject({ code: 'papers_unresolved' });
    expect(await enter(secretary, '1', 'for')).toMatchObject({ settled: true, differs: false });
    await expect(enter(worker, '1', 'against')).rejects.toMatchObject({ code: 'paper_settled' });
    await expect(counted(ballot)).rejects.toMatchObject({ code: 'papers_outstanding' });
    for (const person of [worker, secretary]) await enter(person, '2', 'against');
    // Three papers, two households.
    await expect(enter(worker, '3', 'against')).rejects.toMatchObject({ code: 'too_many_papers' });
    expect(heads(await counted(ballot))).toEqual([1, 1, 0]);
  });

  it('settles a paper that both enter at the same moment', async () => {
    const ballot = await opened();
    const [row] = await rowsOf<Elector>('ballot_electors', ballot);
    await markPaper(test.house, as(worker), ballot._id, row?.elector ?? '');
    test.clock.set(ballot.closesAt);
    await Promise.all(
      [worker, secretary, worker, secretary].map((person) =>
        enterPaper(test.house, as(person), ballot._id, { paper: '7', choice: 'abstain' }),
      ),
    );
    expect(heads(await counted(ballot))).toEqual([0, 0, 1]);
  });
});

describe('the list of voters', () => {
  it.each(['secret', 'open'] as const)(
    'is gone through by a part of the name and by the way, in a %s ballot',
    async (secrecy) => {
      const ballot = await opened({ secrecy });
      const rows = await rowsOf<Elector>('ballot_electors', ballot);
      for (const { elector } of rows.slice(0, 2)) await markPaper(test.house, as(worker), ballot._id, elector);
      for (const { people: mine } of rows.slice(2, 5)) {
        const voter = leads.find(({ _id }) => mine.includes(_id)) ?? lead(0);
        await castVote(test.house, as(voter), ballot._id, { choice: 'for', receipt: receiptOf(voter, ballot) });
      }
      const count = async (query: Parameters<typeof listElectors>[3]) =>
        (await listElectors(test.house, as(worker), ballot._id, { limit: 100, ...query })).items.length;
      expect(await count({})).toBe(HOUSEHOLDS);
      expect(await count({ q: '1-1-1' })).toBe(11);
      expect(await count({ q: '1.1' })).toBe(0);
      expect([await count({ way: 'paper' }), await count({ way: 'phone' }), await count({ way: 'none' })]).toEqual([
        2,
        3,
        HOUSEHOLDS - 5,
      ]);
      expect(await count({ way: 'phone', q: rows[2]?.name })).toBeGreaterThanOrEqual(1);
    },
  );
});

describe('at a meeting', () => {
  it('those who are there count as present, whether they vote or not', async () => {
    const ballot = await opened({ pack: 'residents-meeting', secrecy: 'open' });
    const rows = await rowsOf<Elector>('ballot_electors', ballot);
    for (const { elector } of rows.slice(0, 13)) await markAttending(test.house, as(worker), ballot._id, elector);
    for (const { people: mine } of rows.slice(0, 6)) {
      const voter = leads.find(({ _id }) => mine.includes(_id)) ?? lead(0);
      await castVote(test.house, as(voter), ballot._id, { choice: 'for' });
    }
    const { count } = await counted(ballot);
    // Six of thirteen are not more than half of those who came.
    expect(count).toMatchObject({ present: { heads: 13 }, tally: { for: { heads: 6 } }, outcome: 'failed' });
  });
});

describe('a draft', () => {
  it.each<[string, Partial<DraftInput>, string]>([
    ['no such rule', { pack: 'nothing' }, 'no_pack'],
    ['no such kind of matter', { variant: 'nothing' }, 'no_pack'],
    ['owners in secret', { pack: 'owners', secrecy: 'secret' }, 'secrecy_not_allowed'],
    ['too long', { closesAt: '2099-01-01T00:00:00Z' }, 'wrong_span'],
    ['too soon', { opensAt: '2020-01-01T00:00:00Z', closesAt: '2020-01-02T00:00:00Z' }, 'begins_too_soon'],
  ])('is refused with %s', async (_what, given, code) => {
    await expect(opened(given)).rejects.toMatchObject({ code });
  });

  it('is seen by those who prepare it and by nobody else', async () => {
    const draft = await opened({ pack: 'owners', secrecy: 'open' });
    await expect(readBallot(test.house, as(lead(0)), draft._id)).rejects.toMatchObject({ code: 'not_found' });
    expect(await readBallot(test.house, as(worker), draft._id)).toMatchObject({ state: 'drafted' });
    await expect(moveBallot(test.house, as(lead(0)), draft._id, 'void', { reason: '重来' })).rejects.toMatchObject({
      code: 'not_found',
    });
    const { ballot } = await moveBallot(test.house, as(secretary), draft._id, 'void', { reason: '重来' });
    expect(ballot.state).toBe('void');
  });
});
