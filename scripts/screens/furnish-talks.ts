import type { Stage } from '../demo/stage.ts';
import type { Ask } from './furnish-ballots.ts';

const SECRETARY = '陈建国';
const ADMIN = '方毅';
const COUNTY = '990001';

/** A talk that was held, a difficulty out of it that is still to be solved, and another that somebody else solves. */
export interface FurnishedTalks {
  talk: string;
  difficulty: string;
}

/** The quarter's talks of the community: one held, one called for, difficulties on their way, care visits; and somebody who wants a rest from reminders. */
export async function furnishTalks({ people }: Stage, ask: Ask): Promise<FurnishedTalks> {
  const made = (path: string, body: object) => ask<{ id: string }>(SECRETARY, 'POST', path, body);
  const { id: talk } = await made('/talks/held', {
    worker: people.周强,
    day: '2026-03-12',
    topics: ['load', 'family'],
    record: '最近晚上值班多，孩子没人接。想调一下值班。',
  });
  const out = (kind: string, text: string) => made(`/talks/${talk}/difficulties`, { kind, text });
  const { id: difficulty } = await out('schooling', '孩子放学没人接，想有个托管的地方');
  const { id: given } = await out('workload', '晚上值班太多，一周轮到三次');
  await made(`/difficulties/${given}/handOver`, { owner: people.李敏 });
  const { id: solved } = await out('health', '想做一次体检，一直排不上');
  await made(`/difficulties/${solved}/solve`, {});
  await made('/talks', { worker: people.赵小燕, occasion: 'illness' });
  await made('/care-visits', { worker: people.赵小燕, day: '2026-03-13', kind: 'illness' });
  const { id: twice } = await made('/care-visits', { worker: people.何春梅, day: '2026-03-10', kind: 'hardship' });
  await made(`/care-visits/${twice}/void`, { because: 'mistake' });
  await ask('韦光明', 'PUT', '/me/mute', { days: 7 });
  await ask('韦光明', 'PUT', '/me/push', { mute: ['duties.thursday'] });
  return { talk, difficulty };
}

/** A county has filled in one of the rules that are only names; the others stay so. */
export async function furnishRules(ask: Ask): Promise<void> {
  const item = (code: string, title: string, hours: number) => {
    return { code, title, kind: 'arrive', rule: { on: code, within: { hours } }, restDays: true };
  };
  await ask(ADMIN, 'POST', '/duty-packs', {
    code: 'liu-bidao',
    version: 1,
    area: COUNTY,
    title: '六必到',
    source: '清溪区2026年的通知（演示用，不是真的）',
    verified: false,
    effectiveFrom: '2026-03-01',
    items: [item('quarrel', '邻里起纠纷必到', 2), item('outage', '停水停电必到', 4)],
  });
}
