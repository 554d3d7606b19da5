import { HOUR, MINUTE } from '../../src/core/time.ts';
import { type DraftInput, draftBallot } from '../../src/features/ballots/index.ts';
import type { Stage } from '../demo/stage.ts';
import { demo } from '../seed/demo.ts';

/** Ids of ballots in the states the pictures show. */
export interface FurnishedBallots {
  /** Owners, open: somebody votes for two of them. */
  owners: string;
  /** Owners, being prepared: some are entered. */
  prepared: string;
  /** Secret, under way, with a vote and its receipt. */
  secret: string;
  receipt: string;
  voice: string;
  /** Closed, with papers two people are about to enter. */
  closed: string;
}

export type Ask = <T>(who: string, method: string, path: string, body?: object) => Promise<T>;

const SECRETARY = '陈建国';

/** Puts three ballots to the demo's community. */
export async function furnishBallots(stage: Stage, ask: Ask): Promise<FurnishedBallots> {
  const { house } = stage.app;
  const post = (who: string, id: string, name: string, body: object = {}) =>
    ask(who, 'POST', `/ballots/${id}/${name}`, body);

  async function draft(hours: number, input: Omit<DraftInput, 'opensAt' | 'closesAt'>): Promise<string> {
    const actor = await house.directory.actor(stage.people[SECRETARY] ?? '', 'api');
    if (!actor) throw new Error(`${SECRETARY} is not there`);
    const now = stage.now();
    const span = { opensAt: now.toISOString(), closesAt: new Date(now.getTime() + hours * HOUR).toISOString() };
    const caller = { actor, ability: house.abilityOf(actor), now };
    return (await draftBallot(house, caller, demo.community, { ...input, ...span })).ballot._id;
  }
  type Elector = { elector: string; name: string };
  const electorsOf = async (id: string) =>
    (await ask<{ items: Elector[] }>(SECRETARY, 'GET', `/ballots/${id}/electors?limit=100`)).items;

  const closed = await draft(1, {
    title: '花坛改停车棚',
    question: '小区门口的花坛改成停电动车的棚子，同意吗？',
    pack: 'courtyard-poll',
    secrecy: 'secret',
  });
  await post(SECRETARY, closed, 'open');
  for (const { elector } of (await electorsOf(closed)).slice(0, 4))
    await post('李敏', closed, 'handed-in', { elector });
  await stage.pass(HOUR + 2 * MINUTE);
  const papers: [who: string, paper: string, choice: string][] = [
    [SECRETARY, '1', 'for'],
    ['李敏', '1', 'for'],
    [SECRETARY, '2', 'for'],
    ['李敏', '2', 'against'],
    ['李敏', '3', 'for'],
  ];
  for (const [who, paper, choice] of papers) await post(who, closed, 'papers', { paper, choice });

  const owners = await draft(72, {
    title: '用维修资金修屋顶',
    question: '3栋屋顶漏水，用公共维修资金修，大约要八万元，同意吗？',
    pack: 'owners',
    variant: 'three-quarters',
    secrecy: 'open',
  });
  const owner = (name: string, area: number, ...people: string[]) => ({
    name,
    area,
    people: people.map((one) => stage.people[one] ?? ''),
  });
  await post(SECRETARY, owners, 'enrol', {
    owners: [
      owner('3栋1单元102', 8_050, '孙桂芳'),
      owner('3栋1单元201', 9_120, '孙桂芳', '安国华'),
      owner('3栋2单元501', 8_050, '王秀英'),
      owner('6栋1单元301', 7_690, '马德福'),
    ],
  });
  await post(SECRETARY, owners, 'open');
  const prepared = await draft(72, {
    title: '用维修资金换电梯',
    question: '2栋的电梯用了二十年，用公共维修资金换一部，同意吗？',
    pack: 'owners',
    variant: 'three-quarters',
    secrecy: 'open',
  });
  await post(SECRETARY, prepared, 'enrol', {
    owners: [
      owner('孙桂芳 3-1-102、3-1-103', 17_125, '孙桂芳'),
      owner('马德福 6-1-301', 7_690, '马德福'),
      owner('田丰 2-1-401', 10_233),
    ],
  });
  const [first] = (await ask<{ mine: Elector[] }>('孙桂芳', 'GET', `/ballots/${owners}`)).mine;
  await post('孙桂芳', owners, 'vote', { choice: 'for', elector: first?.elector });

  const secret = await draft(48, {
    title: '评一位热心邻居',
    question: '推选孙桂芳做今年的热心邻居，同意吗？',
    pack: 'courtyard-poll',
    secrecy: 'secret',
  });
  await post(SECRETARY, secret, 'open');
  const { receipt } = (await post('王秀英', secret, 'receipt')) as { receipt: string };
  await post('王秀英', secret, 'vote', { choice: 'for', receipt });
  const [mine] = (await ask<{ mine: Elector[] }>('王秀英', 'GET', `/ballots/${secret}`)).mine;
  return { owners, prepared, secret, receipt, voice: mine?.elector ?? '', closed };
}
