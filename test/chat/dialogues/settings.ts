import { understand } from '../../../src/chat/understanding/index.ts';
import type { Caller } from '../../../src/core/caller.ts';
import type { House } from '../../../src/core/house.ts';
import { addDays, DAY, dayOf, HOUR } from '../../../src/core/time.ts';
import { openCare } from '../../../src/features/care/index.ts';
import { HANDOFF_STATES, type HandoffState } from '../../../src/features/handoffs/model.ts';
import { openHandoff } from '../../../src/features/handoffs/service.ts';
import { findIncidentByNumber, moveIncident, reportIncident } from '../../../src/features/incidents/index.ts';
import { category as INCIDENT_KINDS } from '../../../src/features/incidents/inputs.ts';
import { INCIDENT_STATES, type IncidentState } from '../../../src/features/incidents/model.ts';
import type { Person } from '../../../src/features/people/index.ts';
import { TALK_STATES, type TalkState } from '../../../src/features/talks/index.ts';
import { moveTopic, proposeTopic, TOPIC_STATES, type TopicDoc } from '../../../src/features/topics/index.ts';
import { moveWish, submitWish, type WishDoc } from '../../../src/features/wishes/index.ts';
import { WISH_STATES } from '../../../src/features/wishes/model.ts';
import type { TestCommunity } from '../../support/house.ts';

/** What is there before somebody speaks, made by the features themselves, and what came of it all. */

export interface Scene {
  house: House;
  community: TestCommunity;
  person(who: string): Promise<Person>;
  as(who: string): Promise<Caller>;
}

type Groups = Record<string, string | undefined>;

export const SETTINGS: readonly [RegExp, (scene: Scene, found: Groups) => Promise<void>][] = [
  [
    /^还有：(?<whom>.+)$/u,
    async ({ person }, { whom = '' }) => {
      for (const who of whom.split('、')) await person(who);
    },
  ],
  [
    /^心愿：(?<who>\S+?)，(?<text>.+)，(?<state>待受理|待认领|不予受理|(?:办理中|已联系|待评价)，(?<helper>\S+))$/u,
    wish,
  ],
  [
    /^(?<danger>危急)?事件：(?<who>\S+?)，(?<text>.+)，(?<state>待核实|待分办|已上报街道|并到(?<into>\d+)号|(?:处置中|待确认|部分解决)，(?<helper>\S+))$/u,
    incident,
  ],
  [/^议题：(?<who>\S+?)，(?<text>.+)，(?<state>\S+)$/u, topic],
  [
    /^求助：(?<who>\S+?)，(?<text>.+)$/u,
    async ({ house, as }, { who = '', text = '' }) => {
      await openHandoff(house, await as(who), { text });
    },
  ],
  [
    /^(?<sentinel>\S+)照看(?<who>\S+)$/u,
    async ({ house, as, person }, { sentinel = '', who = '' }) => {
      const caller = await as('陈书记');
      await openCare(house, caller, {
        person: (await person(who))._id,
        kind: 'living_alone',
        reason: '独居',
        consent: { by: 'self', at: dayOf(caller.now) },
        reviewBy: addDays(dayOf(caller.now), 90),
        colour: 'red',
        sentinel: (await person(sentinel))._id,
      });
    },
  ],
];

async function wish({ house, as }: Scene, { who = '', text = '', state = '', helper = '' }: Groups): Promise<void> {
  const caller = await as(who);
  const { category } = understand({ text, role: 'resident', place: 'private', now: caller.now }).slots;
  const { wish } = await submitWish(house, caller, { text, category: category ?? 'other' });
  const move = async (by: string, name: Parameters<typeof moveWish>[3], input: object = {}) => {
    await moveWish(house, await as(by), wish._id, name, input);
  };
  if (state === '待受理') return;
  if (state === '不予受理') return move('陈书记', 'decline', { reason: '这件事不归社区管' });
  await move('陈书记', 'publish');
  if (state === '待认领') return;
  await move(helper, 'claim');
  if (state.startsWith('办理中')) return;
  await move(helper, 'contact');
  if (state.startsWith('待评价')) await move(helper, 'done', { note: '已经送到家' });
}

async function incident(scene: Scene, { danger, who = '', text = '', state = '', into, helper = '' }: Groups) {
  const { house, as, community } = scene;
  const caller = await as(who);
  const { category } = understand({ text, role: 'resident', place: 'private', now: caller.now }).slots;
  const known = INCIDENT_KINDS.safeParse(category).data;
  const report = { text, ...(known && { category: known }), danger: danger !== undefined };
  const { incident: made } = await reportIncident(house, caller, report);
  const move = async (by: string, name: Parameters<typeof moveIncident>[3], input: object = {}) => {
    await moveIncident(house, await as(by), made._id, name, input);
  };
  if (state === '待核实') return;
  if (into !== undefined) {
    const chen = await as('陈书记');
    const { id } = await findIncidentByNumber(house, chen, community.community, Number(into));
    return move('陈书记', 'merge', { into: id });
  }
  if (danger === undefined) await move('陈书记', 'triage', { urgency: 'usual' });
  if (state === '待分办') return;
  if (state === '已上报街道') return move('陈书记', 'raise', { reason: '要街道协调' });
  await move('陈书记', 'dispatch', { to: (await scene.person(helper))._id });
  if (state.startsWith('待确认')) await move(helper, 'resolve', { note: '已经弄好了' });
  if (state.startsWith('部分解决')) await move(helper, 'partial', { note: '先清了一半', left: '还差一半' });
}

async function topic(scene: Scene, { who = '', text = '', state = '' }: Groups): Promise<void> {
  const { house, as } = scene;
  const caller = await as(who);
  const { topic } = await proposeTopic(house, caller, { text });
  const now = caller.now;
  const put = async (fields: Partial<TopicDoc>) => {
    await house.model<TopicDoc>('topic').updateOne({ _id: topic._id }, { $set: fields });
  };
  const meeting: TopicDoc['meeting'] = {
    session: 1,
    venue: { id: 'v', name: '议事厅', address: '3栋一楼' },
    booking: 'b',
    startsAt: now,
    endsAt: new Date(now.getTime() + HOUR),
    agenda: [],
    changes: 0,
    announcedAt: now,
    begunAt: now,
  };
  switch (state) {
    case '征集附议':
      return;
    case '商量中':
      return put({ state: 'discussing', meeting });
    case '公示中':
      return put({
        state: 'publicised',
        outcome: 'agreed',
        resolution: '同意',
        publicity: { from: now, until: new Date(now.getTime() + 5 * DAY) },
      });
    case '落实中': {
      const people = [(await scene.person('王奶奶'))._id];
      const reviewing = { until: new Date(now.getTime() + 5 * DAY), summary: '修好了', people };
      return put({ state: 'executing', outcome: 'agreed', reviewing });
    }
    case '公开表决':
    case '不记名表决': {
      await put({ state: 'discussing', meeting });
      const chen = await as('陈书记');
      await moveTopic(house, chen, topic._id, 'prepareVote', {
        question: `${text}，同意吗？`,
        pack: 'courtyard-poll',
        secrecy: state === '公开表决' ? 'open' : 'secret',
        opensAt: now.toISOString(),
        closesAt: new Date(now.getTime() + 48 * HOUR).toISOString(),
      });
      await moveTopic(house, chen, topic._id, 'openVote');
      return;
    }
    default:
      throw new Error(`不会把议题安排成${state}`);
  }
}

/** Everything there is in the end in one line, so that nothing can have happened besides. */
export async function outcomeIn({ house, community }: Scene): Promise<string> {
  const rows = <D extends object>(name: string) =>
    house.db.collection<D & { community: string; number: number }>(name).find({ areas: community.community } as never);
  const wishes = await rows<WishDoc>('wish').sort({ number: 1 }).toArray();
  const topics = await rows<TopicDoc>('topic').sort({ number: 1 }).toArray();
  const handoffs = await rows<{ state: HandoffState }>('handoff').sort({ number: 1 }).toArray();
  const incidents = await rows<{ state: IncidentState }>('incident').sort({ number: 1 }).toArray();
  const visits = await rows<{ households: number }>('visit').toArray();
  const talks = await rows<{ state: TalkState; worker: { name: string } }>('talk').toArray();
  const parts = [
    ...wishes.map(
      ({ number, title, state, claimant, photos, rating }) =>
        `心愿${number}号“${title}”${WISH_STATES[state]}${claimant ? `（${claimant.name}）` : ''}${photos.length > 0 ? `附${photos.length}张照片` : ''}${rating ? `${rating.score}分` : ''}`,
    ),
    ...topics.map(
      ({ number, title, state, supporters, objections, reviews }) =>
        `议题${number}号“${title}”${TOPIC_STATES[state]}${supporters.length > 0 ? `，${supporters.length}人附议` : ''}${objections?.length ? `，${objections.length}条异议` : ''}${reviews?.length ? `，${reviews.length}人评价` : ''}`,
    ),
    ...incidents.map(({ number, state }) => `事件${number}号${INCIDENT_STATES[state]}`),
    ...handoffs.map(({ number, state }) => `求助${number}号${HANDOFF_STATES[state]}`),
    ...visits.map(({ households }) => `走访${households}户`).sort(),
    ...talks.map(({ state, worker }) => `和${worker.name}谈心${TALK_STATES[state]}`).sort(),
  ];
  return `结果：${parts.length === 0 ? '什么也没有' : parts.join('；')}`;
}
