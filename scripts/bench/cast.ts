/** Who and what the benchmark works with: a city's people and their wishes, in a folder that may be kept for another run. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { House } from '../../src/core/house.ts';
import type { Person } from '../../src/features/people/index.ts';
import type { WishDoc } from '../../src/features/wishes/index.ts';
import { inHouse } from '../open-house.ts';
import { showProgress } from '../progress.ts';
import { seedCity } from '../seed/city.ts';
import { seedWishes } from '../seed/wishes.ts';

/** A wish and a worker of its community. */
export interface Pair {
  wish: string;
  worker: string;
}

export interface Cast {
  /** A grid with more than a page of open wishes. */
  grid: string;
  /** A worker who may read everything in that grid. */
  worker: string;
  /** People who may wish. */
  residents: string[];
  /** Wishes of the community of `grid`. */
  nearby: string[];
  /** Open wishes all over the city, each with somebody who may claim it. */
  claims: Pair[];
}

const AUTHORS = 500;
const CLAIMS = 20_000;

/** Fills an empty folder with a city and `count` published wishes; one filled before is taken as it is. */
export async function fill(folder: string, count: number): Promise<Cast> {
  const filled = existsSync(join(folder, 'store'));
  const progress = showProgress('准备数据');
  try {
    return await inHouse({ folder }, async (house) => {
      const people = house.model<Person>('people').collection;
      if (!filled) await seedCity(house);
      const residents = (await people.find({ 'roles.role': 'resident' }).limit(5_000).toArray()) as unknown as Person[];
      if (!filled) await seedWishes(house, residents, count, progress);
      return await castFrom(house, residents);
    });
  } finally {
    progress.end();
  }
}

async function castFrom(house: House, residents: readonly Person[]): Promise<Cast> {
  const open = (await house
    .model<WishDoc>('wish')
    .collection.find({ column: 'open' })
    .sort({ _id: -1 })
    .limit(60_000)
    .project({ grid: 1, community: 1, areas: 1 })
    .toArray()) as unknown as Pick<WishDoc, '_id' | 'grid' | 'community' | 'areas'>[];
  const workers = await workersByCommunity(house);
  const claims = open.flatMap(({ _id, community }) => {
    const worker = workers.get(community);
    return worker === undefined ? [] : [{ wish: _id, worker }];
  });
  const inGrids = new Map<string, number>();
  for (const { grid, community } of open) {
    if (grid !== undefined && workers.has(community)) inGrids.set(grid, (inGrids.get(grid) ?? 0) + 1);
  }
  const [grid] = [...inGrids].sort(([, a], [, b]) => b - a)[0] ?? [];
  const community = open.find((wish) => wish.grid === grid)?.community ?? '';
  const worker = workers.get(community);
  if (grid === undefined || worker === undefined) throw new Error('the seed holds no worker beside a wish');
  return {
    grid,
    worker,
    residents: residents.slice(0, AUTHORS).map((person) => person._id),
    nearby: open.filter((wish) => wish.community === community).map((wish) => wish._id),
    claims: claims.slice(0, CLAIMS),
  };
}

async function workersByCommunity(house: House): Promise<Map<string, string>> {
  const workers = (await house
    .model<Person>('people')
    .collection.find({ 'roles.role': 'worker' })
    .toArray()) as unknown as Person[];
  return new Map(
    workers.flatMap((person) =>
      person.roles.filter(({ role }) => role === 'worker').map(({ area }): [string, string] => [area, person._id]),
    ),
  );
}
