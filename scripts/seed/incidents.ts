/** Incidents of the invented community, one for each state there is, as its people would have made them. */
import type { House } from '../../src/core/house.ts';
import {
  type IncidentMoveName,
  type IncidentState,
  listIncidents,
  moveIncident,
  reportIncident,
} from '../../src/features/incidents/index.ts';
import { type DemoName, demo } from './demo.ts';

type Step = readonly [DemoName, IncidentMoveName, object?];

const seen: Step = ['何春梅', 'triage', { urgency: 'usual' }];
const taken: readonly Step[] = [seen, ['李敏', 'take']];
const solved: readonly Step[] = [...taken, ['李敏', 'resolve', { note: '已经清理干净，也和商户说好了' }]];

/** What was reported, and what became of it. */
const STORIES: Partial<
  Record<IncidentState, { text: string; category: string; danger?: true; steps: readonly Step[] }>
> = {
  reported: { text: '3栋楼下的窨井盖松了，踩上去会翘', category: 'safety', steps: [] },
  triaged: {
    text: '2栋楼道里堆满了纸箱，过不去人',
    category: 'safety',
    steps: [['何春梅', 'triage', { urgency: 'soon' }]],
  },
  dispatched: { text: '小区门口的路灯坏了，晚上看不见路', category: 'facility', steps: taken },
  assisting: {
    text: '1栋的下水道堵了，一楼返水',
    category: 'facility',
    steps: [...taken, ['李敏', 'assist', { unit: '排水公司', words: '请带疏通车来' }]],
  },
  resolved: { text: '垃圾桶边上垃圾堆得到处都是', category: 'sanitation', steps: solved },
  confirmed: {
    text: '4栋外墙的小广告贴满了',
    category: 'sanitation',
    steps: [...solved, ['王秀英', 'confirm', { satisfied: true, words: '清得很干净' }]],
  },
  reopened: {
    text: '烧烤摊半夜还在放音响',
    category: 'noise',
    steps: [...solved, ['王秀英', 'confirm', { satisfied: false, words: '昨晚又响到一点' }]],
  },
  partial: {
    text: '健身器材坏了两台',
    category: 'facility',
    steps: [...taken, ['李敏', 'partial', { note: '修好了一台', left: '另一台等配件' }]],
  },
  rejected: {
    text: '门口的绿化树枝挡住了红绿灯',
    category: 'safety',
    steps: [...taken, ['李敏', 'reject', { reason: '归园林站管' }]],
  },
  referred: {
    text: '公交站牌被撞歪了',
    category: 'facility',
    steps: [seen, ['陈建国', 'refer', { to: '12345', number: 'QX-2031' }]],
  },
  declined: {
    text: '想把院墙再加高一米',
    category: 'other',
    steps: [['陈建国', 'decline', { reason: '院墙加高要先报规划，社区不能定' }]],
  },
  withdrawn: {
    text: '楼道里有煤气味',
    category: 'safety',
    danger: true,
    steps: [['王秀英', 'withdraw', { reason: '没事了，是隔壁在烧菜' }]],
  },
};

/** Makes them where there are none yet. @returns how many there are now, at most a page */
export async function seedIncidents(house: House): Promise<number> {
  const count = async () =>
    (await listIncidents(house, await as(house, '陈建国'), { area: demo.community })).items.length;
  if ((await count()) > 0) return count();
  for (const { steps, ...report } of Object.values(STORIES)) {
    const { incident } = await reportIncident(house, await as(house, '王秀英'), report);
    for (const [who, move, input = {}] of steps) {
      await moveIncident(house, await as(house, who), incident._id, move, input);
    }
  }
  return count();
}

async function as(house: House, name: DemoName) {
  const actor = await house.directory.actor(demo.ids[name], 'command');
  if (!actor) throw new Error(`${name} is not in this house`);
  return { actor, ability: house.abilityOf(actor), now: house.clock.now() };
}
