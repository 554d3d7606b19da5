/** A city of the size of the first one, or ten of them: real divisions, invented people. */
import { createHash } from 'node:crypto';
import type { Role } from '../../src/core/ability.ts';
import type { House } from '../../src/core/house.ts';
import { civil } from '../../src/core/time.ts';
import { type Area, areasChanged } from '../../src/features/areas/index.ts';
import { type Gender, type NewPerson, type Person, personDocument } from '../../src/features/people/index.ts';
import {
  areaOf,
  type CityPlan,
  type CommunityPlan,
  FIGURES,
  planCity,
  RESIDENTS_PER_GRID,
  VOLUNTEERS_PER_TEAM,
} from './divisions.ts';
import { insertMissing } from './insert.ts';
import { nameFor } from './names.ts';
import { type Chance, chanceFrom } from './random.ts';

export interface CityOptions {
  /** How many cities: 1 or up to 10. */
  scale?: number;
  seed?: number;
  progress?(done: number, total: number): void;
}

export interface CitySeed {
  areas: number;
  people: number;
}

/** Documents a batch; a few are under way at once. */
const BATCH = 1_000;
const UNDER_WAY = 3;
const SKILLS = [
  '水电维修',
  '家电维修',
  '理发',
  '辅导作业',
  '陪诊',
  '代办跑腿',
  '法律咨询',
  '心理疏导',
  '测血压',
  '磨刀',
] as const;

/** How many documents one city has. */
const CITY_SIZE = {
  communities: 1_152,
  above: 1 + FIGURES.counties + 92,
  get areas() {
    return this.above + this.communities + FIGURES.grids;
  },
  get people() {
    return (
      FIGURES.workers +
      FIGURES.gridStaff +
      FIGURES.householdLeads +
      FIGURES.facilitators +
      FIGURES.teams * (2 + VOLUNTEERS_PER_TEAM) +
      FIGURES.grids * RESIDENTS_PER_GRID +
      this.communities +
      // A supervisor for each area above the communities, and one admin.
      this.above +
      1
    );
  },
};

/**
 * Fills the house with `scale` cities. The same seed makes the same cities; what is there already stays as it is, so an
 * interrupted seeding is simply run again.
 */
export async function seedCity(
  house: House,
  { scale = 1, seed = 5202, progress }: CityOptions = {},
): Promise<CitySeed> {
  if (!(scale >= 1 && scale <= 10)) throw new RangeError('A scale is from 1 to 10');
  const total = scale * (CITY_SIZE.areas + CITY_SIZE.people);
  const counts: CitySeed = { areas: 0, people: 0 };
  const under = new Set<Promise<void>>();
  const insert = async (model: 'areas' | 'people', documents: (Area | Person)[]) => {
    const writing = insertMissing(house, model, documents).then(() => {
      counts[model] += documents.length;
      progress?.(counts.areas + counts.people, total);
    });
    const kept = writing.finally(() => under.delete(kept));
    under.add(kept);
    if (under.size >= UNDER_WAY) await Promise.race(under);
  };
  for (let copy = 0; copy < scale; copy += 1) {
    const chance = chanceFrom(seed + copy);
    const plan = planCity(chance, copy);
    await inBatches(areasOf(plan), (batch) => insert('areas', batch));
    await inBatches(peopleOf(house, plan, chance, copy), (batch) => insert('people', batch));
  }
  await Promise.all(under);
  await areasChanged(house);
  return counts;
}

async function inBatches<T>(documents: Iterable<T>, write: (batch: T[]) => Promise<void>): Promise<void> {
  let batch: T[] = [];
  for (const document of documents) {
    batch.push(document);
    if (batch.length === BATCH) {
      await write(batch);
      batch = [];
    }
  }
  if (batch.length > 0) await write(batch);
}

function* areasOf({ above, communities }: CityPlan): Generator<Area> {
  yield* above;
  for (const { code, name, grids } of communities) {
    yield areaOf(code, name);
    for (const [at, grid] of grids.entries()) yield areaOf(grid.code, `第${at + 1}网格`);
  }
}

function* peopleOf(house: House, plan: CityPlan, chance: Chance, copy: number): Generator<Person> {
  const now = house.clock.now();
  const thisYear = civil(now).year;
  let count = 0;
  const person = (
    role: Role,
    area: string,
    lives: string,
    ages: [number, number],
    more: Partial<NewPerson> = {},
  ): Person => {
    count += 1;
    const gender: Gender = chance.next() < 0.5 ? 'female' : 'male';
    const birthYear = thisYear - ages[0] - chance.below(ages[1] - ages[0] + 1);
    const given: NewPerson = {
      name: nameFor(chance, gender, birthYear),
      gender,
      birthYear,
      // 154 is no operator's prefix: these numbers ring nowhere.
      phone: `154${String(copy * 1_000_000 + count).padStart(8, '0')}`,
      area: lives,
      roles: [{ role, area }],
      ...more,
    };
    return personDocument(house.vault, given, now, seededId(copy, count));
  };

  const [city] = plan.above;
  if (city) yield person('admin', city._id, city._id, [30, 55]);
  for (const { _id } of plan.above) yield person('supervisor', _id, _id, [30, 58]);
  for (const community of plan.communities) yield* communityPeople(community, person, chance);
}

type MakePerson = (
  role: Role,
  area: string,
  lives: string,
  ages: [number, number],
  more?: Partial<NewPerson>,
) => Person;

function* communityPeople(plan: CommunityPlan, person: MakePerson, chance: Chance): Generator<Person> {
  const { code, name } = plan;
  yield person('secretary', code, code, [32, 58]);
  const workers: string[] = [];
  for (let n = 0; n < plan.workers; n += 1) {
    const worker = person('worker', code, code, [23, 55]);
    workers.push(worker._id);
    yield worker;
  }
  if (plan.facilitator) yield person('facilitator', code, code, [50, 75]);
  if (plan.team) {
    for (let n = 0; n < 2; n += 1) yield person('social_worker', code, code, [23, 45]);
    for (let n = 0; n < VOLUNTEERS_PER_TEAM; n += 1) {
      yield person('volunteer', code, code, [18, 70], { skills: [chance.pick(SKILLS), chance.pick(SKILLS)] });
    }
  }
  for (const grid of plan.grids) {
    if (grid.staffed) yield person('grid_worker', grid.code, grid.code, [25, 58]);
    const address = () => `${name}${1 + chance.below(12)}组${1 + chance.below(99)}号`;
    for (let n = 1; n <= grid.householdLeads; n += 1) {
      yield person('household_lead', grid.code, grid.code, [30, 72], {
        address: address(),
        household: `${grid.code}-${n}`,
      });
    }
    for (let n = 0; n < RESIDENTS_PER_GRID; n += 1) {
      // The first resident of a grid is an old person or a child whom a worker of the community answers for.
      const sentinel = n === 0 ? workers[chance.below(workers.length)] : undefined;
      const ages: [number, number] = n > 0 ? [18, 75] : chance.next() < 0.8 ? [70, 92] : [6, 13];
      yield person('resident', code, grid.code, ages, {
        address: address(),
        ...(sentinel === undefined ? {} : { sentinel }),
      });
    }
  }
}

/** The same person has the same id in every seeding; ids of one city grow in the order they are made. */
function seededId(copy: number, count: number): string {
  return `5eed${copy.toString(16)}${count.toString(16).padStart(7, '0')}${createHash('sha256').update(`${copy}:${count}`).digest('hex').slice(0, 12)}`;
}
