/** One invented community with named people: what the demo and the stories in the tests play in. */
import { createHash } from 'node:crypto';
import type { Role } from '../../src/core/ability.ts';
import type { House } from '../../src/core/house.ts';
import { civil } from '../../src/core/time.ts';
import { type Area, areasChanged, lineage } from '../../src/features/areas/index.ts';
import { attach, findPerson, type Gender, personDocument } from '../../src/features/people/index.ts';
import type { Venue } from '../../src/features/venues/index.ts';
import { careAt } from './care.ts';
import { gridVersions } from './demo-grids.ts';
import { areaOf } from './divisions.ts';
import { insertMissing } from './insert.ts';

/** Codes under 99 belong to no province. */
const COMMUNITY = '990001001001';
const STREET = '990001001';
const AREAS = [
  ['9900', '和风市'],
  ['990001', '清溪区'],
  [STREET, '向阳街道'],
  [COMMUNITY, '幸福里社区'],
  [`${COMMUNITY}G01`, '第一网格（1—4栋）'],
  [`${COMMUNITY}G02`, '第二网格（5—8栋）'],
  [`${COMMUNITY}G03`, '第三网格（9—12栋）'],
  [`${COMMUNITY}G04`, '第四网格（清溪巷）'],
] as const;

interface Invented {
  role: Role;
  gender: Gender;
  age: number;
  /** Number of the grid they live or serve in; none for those of the community or the street. */
  grid?: number;
  address?: string;
  sentinel?: string;
  skills?: string[];
  household?: string;
  /** Not bound to any chat yet, to try binding with. */
  unbound?: true;
}

const PEOPLE = {
  王秀英: {
    role: 'resident',
    gender: 'female',
    age: 81,
    grid: 1,
    address: '3栋2单元501',
    sentinel: '李敏',
    household: '3-2-501',
  },
  李敏: { role: 'worker', gender: 'female', age: 34 },
  周强: { role: 'worker', gender: 'male', age: 29 },
  赵小燕: { role: 'worker', gender: 'female', age: 26 },
  陈建国: { role: 'secretary', gender: 'male', age: 52 },
  何春梅: { role: 'grid_worker', gender: 'female', age: 41, grid: 1 },
  罗志勇: { role: 'grid_worker', gender: 'male', age: 38, grid: 2 },
  韦光明: { role: 'grid_worker', gender: 'male', age: 45, grid: 3 },
  杨秀花: { role: 'grid_worker', gender: 'female', age: 36, grid: 4 },
  孙桂芳: { role: 'household_lead', gender: 'female', age: 63, grid: 1, address: '3栋1单元102', household: '3-1-102' },
  马德福: { role: 'household_lead', gender: 'male', age: 58, grid: 2, address: '6栋1单元301', household: '6-1-301' },
  安国华: { role: 'household_lead', gender: 'male', age: 49, grid: 3, address: '10栋2单元202', household: '10-2-202' },
  吴永贵: { role: 'household_lead', gender: 'male', age: 66, grid: 4, address: '清溪巷18号', household: 'qx-18' },
  刘洋: { role: 'volunteer', gender: 'male', age: 31, skills: ['家电维修', '水电维修'] },
  黄丽娟: { role: 'volunteer', gender: 'female', age: 44, skills: ['理发', '陪诊'] },
  田小军: { role: 'volunteer', gender: 'male', age: 20, skills: ['辅导作业'] },
  许静: { role: 'social_worker', gender: 'female', age: 28, skills: ['心理疏导'] },
  唐文博: { role: 'social_worker', gender: 'male', age: 33, skills: ['法律咨询'] },
  熊国柱: { role: 'facilitator', gender: 'male', age: 68 },
  郑海燕: { role: 'supervisor', gender: 'female', age: 46 },
  方毅: { role: 'admin', gender: 'male', age: 35 },
  张福生: {
    role: 'resident',
    gender: 'male',
    age: 76,
    grid: 2,
    address: '5栋3单元601',
    sentinel: '周强',
    household: '5-3-601',
  },
  吴小宇: {
    role: 'resident',
    gender: 'male',
    age: 9,
    grid: 4,
    address: '清溪巷18号',
    sentinel: '赵小燕',
    household: 'qx-18',
  },
  卢明芬: { role: 'resident', gender: 'female', age: 47, grid: 1, address: '4栋2单元302', household: '4-2-302' },
  潘美玲: { role: 'resident', gender: 'female', age: 37, grid: 2, address: '7栋1单元101', household: '7-1-101' },
  蒋国强: { role: 'resident', gender: 'male', age: 55, grid: 3, address: '11栋1单元402', household: '11-1-402' },
  邓小兰: {
    role: 'resident',
    gender: 'female',
    age: 30,
    grid: 4,
    address: '清溪巷7号',
    household: 'qx-7',
    unbound: true,
  },
  韦素芳: {
    role: 'resident',
    gender: 'female',
    age: 83,
    grid: 1,
    address: '2栋1单元201',
    sentinel: '李敏',
    household: '2-1-201',
  },
  石有才: {
    role: 'resident',
    gender: 'male',
    age: 72,
    grid: 1,
    address: '4栋1单元101',
    sentinel: '李敏',
    household: '4-1-101',
  },
  杨玉珍: {
    role: 'resident',
    gender: 'female',
    age: 86,
    grid: 2,
    address: '6栋2单元302',
    sentinel: '周强',
    household: '6-2-302',
  },
  陆开明: {
    role: 'resident',
    gender: 'male',
    age: 51,
    grid: 2,
    address: '8栋1单元502',
    sentinel: '周强',
    household: '8-1-502',
  },
  罗文贵: {
    role: 'resident',
    gender: 'male',
    age: 79,
    grid: 3,
    address: '9栋2单元402',
    sentinel: '赵小燕',
    household: '9-2-402',
  },
  岑小雨: {
    role: 'resident',
    gender: 'female',
    age: 7,
    grid: 3,
    address: '12栋1单元201',
    sentinel: '赵小燕',
    household: '12-1-201',
  },
  蒙桂英: { role: 'resident', gender: 'female', age: 68, grid: 3, address: '10栋1单元101', household: '10-1-101' },
  覃大山: {
    role: 'resident',
    gender: 'male',
    age: 45,
    grid: 4,
    address: '清溪巷12号',
    sentinel: '杨秀花',
    household: 'qx-12',
  },
  莫兰香: {
    role: 'resident',
    gender: 'female',
    age: 77,
    grid: 4,
    address: '清溪巷3号',
    sentinel: '杨秀花',
    household: 'qx-3',
  },
  何静: { role: 'care_keeper', gender: 'female', age: 39 },
} as const satisfies Record<string, Invented>;

export type DemoName = keyof typeof PEOPLE;

/** The demo's place and people. */
export interface Demo {
  community: string;
  street: string;
  grids: string[];
  /** Ids of the hall and the courtyard. */
  venues: string[];
  /** Ids of the people by name; the same in every demo. */
  ids: Record<DemoName, string>;
}

/** Where the neighbours meet: minutes of the day from when to when, on every day of the week. */
const VENUES = [
  { name: '幸福里议事厅', kind: 'hall', address: '党群服务中心二楼', capacity: 60, from: 8 * 60 + 30, to: 21 * 60 },
  { name: '老槐树说事小院', kind: 'courtyard', address: '清溪巷口老槐树下', capacity: 20, from: 9 * 60, to: 19 * 60 },
] as const;

const NAMES = Object.keys(PEOPLE) as DemoName[];

export const demo: Demo = {
  community: COMMUNITY,
  street: STREET,
  grids: AREAS.slice(4).map(([code]) => code),
  venues: VENUES.map(({ name }) => idOf(name)),
  ids: Object.fromEntries(NAMES.map((name) => [name, idOf(name)])) as Record<DemoName, string>,
};

/** The neighbours' group of the demo. Mock room ids hold an @, or Wechaty takes them for people. */
export const DEMO_GROUP = { puppet: 'web', room: 'xingfuli@@demo' };

/** Somebody answers it day and night; like every number of the demo it rings nowhere. */
const DUTY_PHONE = '15499009999';

/** The chats of the demo; a person's contact id there is the person's own id. */
const DEMO_PUPPETS = ['console', 'web'] as const;

function idOf(name: string): string {
  return createHash('sha256').update(`haolin demo ${name}`).digest('hex').slice(0, 24);
}

/**
 * Puts the demo community and its people into the house, each bound to the chats of the demo. Whoever is there already
 * stays as they are, so it may run at every start.
 */
export async function seedDemo(house: House): Promise<Demo> {
  await insertMissing(
    house,
    'areas',
    AREAS.map(([code, name]) => areaOf(code, name)),
  );
  await house
    .model<Area>('areas')
    .updateOne({ _id: COMMUNITY, 'chatGroups.room': { $ne: DEMO_GROUP.room } }, { $push: { chatGroups: DEMO_GROUP } });
  // What an admin or the secretary has set since stays.
  await house
    .model<Area>('areas')
    .updateOne(
      { _id: COMMUNITY, 'settings.dutyPhone': { $exists: false } },
      { $set: { 'settings.dutyPhone': DUTY_PHONE } },
    );
  await areasChanged(house);
  const now = house.clock.now();
  await insertMissing(house, 'grid_versions', gridVersions(AREAS.slice(4), now));
  const { year } = civil(now);
  for (const [at, name] of NAMES.entries()) {
    const id = demo.ids[name];
    if (await findPerson(house, id)) continue;
    const { role, gender, age, grid, sentinel, unbound, ...more }: Invented = PEOPLE[name];
    const home = role === 'supervisor' ? STREET : grid === undefined ? COMMUNITY : `${COMMUNITY}G0${grid}`;
    const area = role === 'grid_worker' || role === 'household_lead' || role === 'supervisor' ? home : COMMUNITY;
    const person = personDocument(
      house.vault,
      {
        name,
        gender,
        birthYear: year - age,
        // 154 is no operator's prefix: these numbers ring nowhere.
        phone: `1549900${String(at + 1).padStart(4, '0')}`,
        area: home,
        roles: [{ role, area: role === 'admin' ? '9900' : area }],
        ...(sentinel === undefined ? {} : { sentinel: idOf(sentinel) }),
        ...more,
      },
      now,
      id,
    );
    await insertMissing(house, 'people', [person]);
    if (unbound) continue;
    for (const puppet of DEMO_PUPPETS) await attach(house, { puppet, id }, id, now);
  }
  // A house can stand without the feature that keeps them.
  if (house.db.modelNames().includes('venues')) await insertMissing(house, 'venues', venuesAt(now));
  if (house.db.modelNames().includes('care')) await insertMissing(house, 'care', await careAt(house, demo));
  return demo;
}

const venuesAt = (now: Date): Venue[] =>
  VENUES.map(({ from, to, ...venue }) => ({
    _id: idOf(venue.name),
    ...venue,
    community: COMMUNITY,
    areas: lineage(COMMUNITY),
    opening: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from, to })),
    closedDays: [],
    active: true,
    version: 1,
    history: [],
    createdAt: now,
    updatedAt: now,
  }));
