/** Papers: who hands one in, who enters it, how each of these is taken back, and that a count never overlooks one. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../../../src/core/caller.ts';
import { NOTICES } from '../../../src/core/notice.ts';
import { HOUR, MINUTE } from '../../../src/core/time.ts';
import { areas } from '../../../src/features/areas/index.ts';
import {
  type BallotDoc,
  ballots,
  ballotViewOf,
  type Choice,
  castVote,
  type DraftInput,
  draftBallot,
  enterPaper,
  listPapers,
  markPaper,
  moveBallot,
  newReceipt,
  openFor,
  readBallot,
  takeBackPaper,
  unmarkPaper,
} from '../../../src/features/ballots/index.ts';
import { closing } from '../../../src/features/ballots/jobs.ts';
import { listElectors } from '../../../src/features/ballots/lists.ts';
import { ballotMessages } from '../../../src/features/ballots/messages.ts';
import type { Elector } from '../../../src/features/ballots/model.ts';
import { fewPapersSentences } from '../../../src/features/ballots/sentences.ts';
import { actorOf, type Person, people } from '../../../src/features/people/index.ts';
import { makeCommunity, makePerson, type TestHouse, testHouse } from '../../support/house.ts';

const HOUSEHOLDS = 6;
const BOTH = ['open', 'secret'] as const;
type Secrecy = (typeof BOTH)[number];

let test: TestHouse;
let community: string;
let secretary: Person;
let worker: Person;
let other: Person;
const leads: Person[] = [];

beforeAll(async () => {
  test = await testHouse([areas, people, ballots]);
  ({ community } = await makeCommunity(test.house));
  const area = `${community}G01`;
  for (let n = 0; n < HOUSEHOLDS; n += 1) leads.push(await makePerson(test.house, { area, household: `1-1-${n}` }));
  secretary = await makePerson(test.house, { area: community, roles: ['secretary'] });
  worker = await makePerson(test.house, { area: community, roles: ['worker'], name: '李敏' });
  other = await makePerson(test.house, { area: community, roles: ['worker'] });
}, 60_000);
afterAll(() => test.close());

const as = (person: Person): Caller => {
  const actor = actorOf(person, 'api');
  return { actor, ability: test.house.abilityOf(actor), now: test.clock.now() };
};

interface Opened {
  ballot: BallotDoc;
  /** By household. */
  electors: Elector[];
  /** The numbers papers of these households go by. */
  numbers: string[];
}

async function opened(secrecy: Secrecy, given: Partial<DraftInput> = {}): Promise<Opened> {
  const now = test.clock.now().getTime();
  const { ballot: draft } = await draftBallot(test.house, as(secretary), community, {
    title: '要不要装路灯',
    question: '巷子口要不要装两盏路灯？',
    pack: 'courtyard-poll',
    secrecy,
    opensAt: new Date(now).toISOString(),
    closesAt: new Date(now + HOUR).toISOString(),
    ...given,
  });
  const ballot = await openFor(test.house, { ballot: draft._id, community, now: test.clock.now() });
  const rows = await rowsOf(ballot);
  const electors = leads.map((lead) => {
    const found = rows.find((one) => one.people.includes(lead._id));
    if (!found) throw new Error('a household has no voice');
    return found;
  });
  return { ballot, electors, numbers: electors.map(({ elector }, n) => (secrecy === 'open' ? elector : `${n}`)) };
}
const rowsOf = ({ snapshot }: BallotDoc): Promise<Elector[]> =>
  test.house.db.collection('ballot_electors').find({ snapshot }).toArray() as unknown as Promise<Elector[]>;
const at = <T>(all: readonly T[], n: number): T => {
  const found = all[n];
  if (found === undefined) throw new Error(`there is no ${n}`);
  return found;
};

const mark = ({ ballot, electors }: Opened, n: number, who = worker) =>
  markPaper(test.house, as(who), ballot._id, at(electors, n).elector);
const unmark = ({ ballot, electors }: Opened, n: number) =>
  unmarkPaper(test.house, as(worker), ballot._id, at(electors, n).elector);
const vote = ({ ballot }: Opened, n: number) =>
  castVote(test.house, as(at(leads, n)), ballot._id, {
    choice: 'for',
    receipt: newReceipt(test.house, ballot._id, at(leads, n)._id),
  });
const enter = ({ ballot }: Opened, who: Person, paper: string, choice: Choice = 'for') =>
  enterPaper(test.house, as(who), ballot._id, { paper, choice });
const takeBack = ({ ballot }: Opened, who: Person, paper: string) =>
  takeBackPaper(test.house, as(who), ballot._id, paper);
const papersOf = ({ ballot }: Opened) => listPapers(test.house, as(worker), ballot._id);
const close = ({ ballot }: Opened) => test.clock.set(new Date(ballot.closesAt.getTime() + MINUTE));
const count = async ({ ballot }: Opened) =>
  (await moveBallot(test.house, as(secretary), ballot._id, 'count')).ballot.count;
const codeOf = (made: Promise<unknown>): Promise<string> =>
  made.then(
    () => 'ok',
    (error: { code?: string }) => error.code ?? String(error),
  );

/** Before the next call of a collection's method something else happens. */
function justBefore(model: string, method: string, happens: () => Promise<unknown>): void {
  const collection = test.house.model(model).collection as unknown as Record<string, (...all: unknown[]) => unknown>;
  const real = collection[method]?.bind(collection);
  collection[method] = async (...all) => {
    delete collection[method];
    await happens();
    return real?.(...all);
  };
}

describe('an entry', () => {
  it('under a number that was never handed in is refused, or taken back by who made it', async () => {
    const here = await opened('secret');
    await mark(here, 0);
    close(here);
    await enter(here, worker, '7');
    expect(await codeOf(enter(here, other, '1'))).toBe('too_many_papers');
    expect(await codeOf(count(here))).toBe('papers_unresolved');
    // Not everybody's to take back.
    expect(await takeBack(here, other, '7')).toMatchObject({ entered: 1, mine: false });
    expect(await takeBack(here, worker, '7')).toMatchObject({ entered: 0, settled: false, mine: false });
    // Of what nobody entered, or nobody has entered any more, nothing is taken back, whoever asks.
    for (const who of [worker, other, secretary]) {
      for (const number of ['7', '不存在', '1']) {
        await expect(takeBack(here, who, number)).rejects.toMatchObject({ code: 'paper_missing', status: 404 });
      }
    }
    expect(await papersOf(here)).toEqual([]);
    await enter(here, worker, '1', 'against');
    await enter(here, other, '1', 'against');
    expect(await count(here)).toMatchObject({ tally: { against: { heads: 1 } } });
    expect(await codeOf(takeBack(here, worker, '1'))).toBe('wrong_state');
  });

  it.each(BOTH)('is mended whatever two people entered and took back, in an %s ballot', async (secrecy) => {
    const act = fc.record({
      who: fc.nat(1),
      paper: fc.nat(2),
      does: fc.constantFrom<Choice | 'takes back'>('for', 'against', 'takes back'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 8 }), async (acts) => {
        const here = await opened(secrecy);
        for (const n of [0, 1]) await mark(here, n);
        close(here);
        for (const { who, paper, does } of acts) {
          const number = at(here.numbers, paper);
          const person = who === 0 ? worker : other;
          await codeOf(does === 'takes back' ? takeBack(here, person, number) : enter(here, person, number, does));
          expect((await papersOf(here)).length).toBeLessThanOrEqual(2);
        }
        for (const { paper } of await papersOf(here)) {
          for (const person of [worker, other]) await codeOf(takeBack(here, person, paper));
        }
        for (const n of [0, 1]) for (const person of [worker, other]) await enter(here, person, at(here.numbers, n));
        expect(await count(here)).toMatchObject({ present: { heads: 2 }, tally: { for: { heads: 2 } } });
      }),
      { numRuns: 3 },
    );
  });

  it('never stays where more are made at once than were handed in', async () => {
    const here = await opened('secret');
    for (const n of [0, 1]) await mark(here, n);
    close(here);
    await Promise.all(['a', 'b', 'c', 'd', 'e'].map((paper) => codeOf(enter(here, worker, paper))));
    expect((await papersOf(here)).length).toBeLessThanOrEqual(2);
  });

  it('of somebody who is gone is taken back by the secretary', async () => {
    const here = await opened('secret');
    await mark(here, 0);
    close(here);
    for (const person of [worker, other]) await enter(here, person, '1', 'abstain');
    expect(await takeBack(here, secretary, '1')).toMatchObject({ entered: 0 });
    expect(await papersOf(here)).toEqual([]);
  });
});

describe.each(BOTH)('that a paper was handed in, in an %s ballot,', (secrecy) => {
  it('is taken back until the count; who wrote it down is kept, and the household is told each time', async () => {
    const here = await opened(secrecy);
    const { elector, _id } = at(here.electors, 0);
    const told = async () => {
      const all = await test.house.db.collection(NOTICES).find().toArray();
      return all.filter((one) => String(one._id).includes(elector)).map((one) => one.outbox[0].to.person);
    };
    for (const who of [worker, worker, secretary]) await mark(here, 0, who);
    expect(await told()).toEqual([at(leads, 0)._id]);
    expect(await codeOf(vote(here, 0))).toBe('already_voted');
    const { body, stands } = ballotMessages['ballot.handed-in'];
    expect(body({ title: '路灯' })).toBe('“路灯”的投票，您家登记交了纸质票；不是您家交的，请联系社区。');
    const holds = () =>
      stands({ to: at(leads, 0)._id, data: { id: here.ballot._id }, now: test.clock.now() }, test.house);
    expect(await holds()).toBe(true);
    for (const _again of [1, 2]) await unmark(here, 0);
    expect(await holds()).toBe(false);
    const row = (await rowsOf(here.ballot)).find((one) => one._id === _id);
    expect(row).toMatchObject({ handedInBefore: [{ by: { name: '李敏' }, undone: { by: { name: '李敏' } } }] });
    expect(row).not.toHaveProperty('handedIn');
    expect(row).not.toHaveProperty('way');
    test.clock.shift(MINUTE);
    await mark(here, 0);
    expect(await told()).toHaveLength(2);
    await unmark(here, 0);
    await vote(here, 0);
    expect(await codeOf(unmark(here, 0))).toBe('not_on_paper');
    close(here);
    expect(await count(here)).toMatchObject({ tally: { for: { heads: 1 } } });
  });

  it('holds up the count until it is entered or taken back, and may be found out when the box is opened', async () => {
    const here = await opened(secrecy);
    await vote(here, 5);
    await mark(here, 0);
    close(here);
    expect(await codeOf(mark(here, 5))).toBe('already_voted');
    await mark(here, 1);
    for (const person of [worker, other]) await enter(here, person, at(here.numbers, 1), 'against');
    expect(await codeOf(count(here))).toBe('papers_outstanding');
    if (secrecy === 'open') expect(await codeOf(unmark(here, 1))).toBe('paper_entered');
    await unmark(here, 0);
    expect(await codeOf(unmark(here, 1))).toBe('paper_entered');
    expect(await count(here)).toMatchObject({
      present: { heads: 2 },
      tally: { for: { heads: 1 }, against: { heads: 1 } },
    });
    expect([await codeOf(mark(here, 2)), await codeOf(unmark(here, 1))]).toEqual(['wrong_state', 'wrong_state']);
  });

  it('is told the secretary once with the number when voting is over', async () => {
    const about = '0123456789abcdef01234567';
    const [none, one, alone] = [
      await opened(secrecy, { about }),
      await opened(secrecy, { about }),
      await opened(secrecy),
    ];
    await mark(one, 0);
    close(one);
    const now = test.clock.now();
    for (const _again of [1, 2]) await closing.run({ slot: now, now, late: false, dryRun: false }, test.house);
    const told = async ({ ballot }: Opened) =>
      (await readBallot(test.house, as(secretary), ballot._id)).outbox.map(({ message, data }) => [
        message,
        data.papers,
      ]);
    expect(await told(none)).toEqual([]);
    expect(await told(one)).toEqual([['ballot.papers', 1]]);
    expect(await told(alone)).toEqual([['ballot.closed', undefined]]);
    expect(ballotMessages['ballot.papers'].body({ title: '路灯', papers: 1 })).toContain('还有1张纸质票');
  });
});

describe.each(BOTH)('of what comes while an %s ballot is counted', (secrecy) => {
  const voteTable = secrecy === 'open' ? 'ballot_electors' : 'ballot_urns';

  it('a vote is in the count or refused', async () => {
    const here = await opened(secrecy);
    await vote(here, 0);
    justBefore(voteTable, 'updateOne', async () => {
      close(here);
      await count(here);
    });
    expect(await codeOf(vote(here, 1))).toBe('ballot_over');
    const [standing] = (await ballotViewOf(test.house, as(at(leads, 1)), here.ballot)).mine;
    expect(standing).toMatchObject({ voted: false });
    expect((await readBallot(test.house, as(worker), here.ballot._id)).count?.present.heads).toBe(1);
  });

  it('a paper that is handed in is in the count or refused', async () => {
    const here = await opened(secrecy);
    await vote(here, 0);
    close(here);
    justBefore(voteTable, 'updateOne', () => count(here));
    expect(await codeOf(mark(here, 1))).toBe('wrong_state');
    const { items } = await listElectors(test.house, as(worker), here.ballot._id, { way: 'none' });
    expect(items).toHaveLength(HOUSEHOLDS - 1);

    const next = await opened(secrecy);
    close(next);
    justBefore('ballot', 'findOneAndUpdate', () => mark(next, 1));
    expect(await codeOf(count(next))).toBe('papers_outstanding');
  });

  it('a paper that is taken back, or its mark, holds the count up or stays', async () => {
    const here = await opened(secrecy);
    await mark(here, 0);
    close(here);
    for (const person of [worker, other]) await enter(here, person, at(here.numbers, 0));
    justBefore('ballot', 'findOneAndUpdate', () => takeBack(here, worker, at(here.numbers, 0)));
    expect(await codeOf(count(here))).toBe('papers_unresolved');
    await enter(here, worker, at(here.numbers, 0));
    justBefore('ballot_papers', 'updateOne', () => count(here));
    expect(await codeOf(takeBack(here, worker, at(here.numbers, 0)))).toBe('wrong_state');
    expect(await papersOf(here)).toMatchObject([{ settled: true, entered: 2 }]);
  });
});

describe('whose paper it was', () => {
  it.each([
    [0, 0],
    [1, 1],
    [4, 1],
    [5, 0],
  ])('is warned of where %d papers would say it', (papers, sentences) => {
    expect(fewPapersSentences(papers)).toHaveLength(sentences);
  });

  it('is shown in a secret ballot to who marks it, and after the count to nobody', async () => {
    const here = await opened('secret');
    await mark(here, 0);
    await vote(here, 1);
    const lines = async (way?: 'phone' | 'paper' | 'none') => {
      const { items } = await listElectors(test.house, as(worker), here.ballot._id, { ...(way && { way }) });
      return here.electors.slice(0, 3).map(({ elector }) => {
        const line = items.find((one) => one.elector === elector);
        return line && [line.voted, line.way];
      });
    };
    const warned = async (person: Person) =>
      (await ballotViewOf(test.house, as(person), here.ballot)).turnout?.sentences.some((one) =>
        one.includes('只有1张'),
      );
    expect(await lines()).toEqual([
      [true, 'paper'],
      [true, undefined],
      [false, undefined],
    ]);
    expect([await warned(worker), await warned(at(leads, 2))]).toEqual([true, false]);
    close(here);
    for (const person of [worker, other]) await enter(here, person, '1');
    await count(here);
    const after = [[true, undefined], [true, undefined], undefined];
    expect(await lines('paper')).toEqual(after);
    expect(await lines('phone')).toEqual(after);
    expect(await lines('none')).toEqual([undefined, undefined, [false, undefined]]);
  });
});
