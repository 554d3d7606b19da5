import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { demo, seedDemo } from '../../scripts/seed/demo.ts';
import { FIGURES, planCity } from '../../scripts/seed/divisions.ts';
import { nameFor } from '../../scripts/seed/names.ts';
import { chanceFrom, share } from '../../scripts/seed/random.ts';
import { areas, findArea, lineage } from '../../src/features/areas/index.ts';
import { type CareDoc, care } from '../../src/features/care/index.ts';
import { findPerson, type Person, people, wardsOf } from '../../src/features/people/index.ts';
import { type Venue, venues } from '../../src/features/venues/index.ts';
import { type TestHouse, testHouse } from '../support/house.ts';

let at: TestHouse;
beforeAll(async () => {
  at = await testHouse([areas, people, venues, care], { demo: true });
});
afterAll(() => at.close());

test('the demo community has its people in their places, and seeding it again changes nothing', async () => {
  const { ids, community, street, grids } = await seedDemo(at.house);
  const all = () => at.house.model<Person>('people').find().sort({ _id: 1 }).lean<Person[]>();
  const first = await all();
  expect(first).toHaveLength(37);
  expect(await findArea(at.house, community)).toMatchObject({ name: '幸福里社区', parent: street });
  const granny = await findPerson(at.house, ids.王秀英);
  expect(granny).toMatchObject({ name: '王秀英', sentinel: ids.李敏, areas: lineage(grids[0] ?? ''), birthYear: 1945 });
  expect((await wardsOf(at.house, ids.李敏)).map(({ name }) => name).sort()).toEqual(['王秀英', '石有才', '韦素芳']);
  const holders = async (role: Parameters<typeof at.house.directory.holders>[0], area: string) =>
    (await at.house.directory.holders(role, area)).sort();
  expect(await holders('secretary', grids[2] ?? '')).toEqual([ids.陈建国]);
  expect(await holders('worker', community)).toEqual([ids.李敏, ids.周强, ids.赵小燕].sort());
  expect(await holders('grid_worker', grids[0] ?? '')).toEqual([ids.何春梅]);
  expect(await holders('supervisor', community)).toEqual([ids.郑海燕]);
  expect((await at.house.directory.byContact('console', ids.王秀英))?.name).toBe('王秀英');
  expect((await at.house.directory.byContact('web', ids.周强))?.name).toBe('周强');
  expect(await at.house.directory.byContact('console', ids.邓小兰)).toBeUndefined();
  for (const grid of grids) expect(await findArea(at.house, grid)).toBeDefined();
  const places = await at.house.model<Venue>('venues').find({ community }).sort({ kind: 1 }).lean<Venue[]>();
  expect(places.map(({ name, kind }) => [name, kind])).toEqual([
    ['老槐树说事小院', 'courtyard'],
    ['幸福里议事厅', 'hall'],
  ]);

  const inCare = await at.house.model<CareDoc>('care').find().lean<CareDoc[]>();
  expect(inCare).toHaveLength(12);
  for (const { person, sentinel } of inCare) {
    expect((await findPerson(at.house, person))?.sentinel).toBe(sentinel);
  }

  await at.house.model('people').updateOne({ _id: ids.王秀英 }, { $set: { version: 7 } });
  expect(await seedDemo(at.house)).toEqual(demo);
  expect(await all()).toEqual(first.map((person) => (person._id === ids.王秀英 ? { ...person, version: 7 } : person)));
});

test('a city has the figures of its report, on its real divisions', () => {
  const { above, communities } = planCity(chanceFrom(5202), 0);
  const grids = communities.flatMap((one) => one.grids);
  const sum = (numbers: number[]) => numbers.reduce((all, one) => all + one, 0);
  expect({
    counties: above
      .filter(({ level }) => level === 'county')
      .map(({ name }) => name)
      .sort(),
    streets: above.filter(({ level }) => level === 'street').length,
    communities: communities.length,
    grids: new Set(grids.map(({ code }) => code)).size,
    workers: sum(communities.map((one) => one.workers)),
    gridStaff: grids.filter((one) => one.staffed).length,
    householdLeads: sum(grids.map((one) => one.householdLeads)),
    facilitators: communities.filter((one) => one.facilitator).length,
    teams: communities.filter((one) => one.team).length,
  }).toEqual({
    counties: ['六枝特区', '水城区', '盘州市', '钟山区'].sort(),
    streets: 92,
    communities: 1_152,
    grids: FIGURES.grids,
    workers: FIGURES.workers,
    gridStaff: FIGURES.gridStaff,
    householdLeads: FIGURES.householdLeads,
    facilitators: FIGURES.facilitators,
    teams: FIGURES.teams,
  });
  expect([FIGURES.grids, FIGURES.workers, FIGURES.gridStaff, FIGURES.householdLeads, FIGURES.facilitators]).toEqual([
    8_599, 2_466, 8_410, 65_000, 316,
  ]);
  expect(communities.every((one) => one.workers >= 1 && one.grids.length >= 2 && one.grids.length < 100)).toBe(true);
});

test('copies of the city share no code with it or with one another', () => {
  const codes = Array.from({ length: 10 }, (_, copy) => planCity(chanceFrom(copy), copy)).map(
    ({ above, communities }) => new Set([...above.map(({ _id }) => _id), ...communities.map(({ code }) => code)]),
  );
  const all = codes.flatMap((one) => [...one]);
  expect(new Set(all).size).toBe(all.length);
  expect(all).not.toContain(lineage(demo.community)[0]);
  expect(all.every((code) => lineage(code).at(-1) === code)).toBe(true);
});

test('shares add up exactly, each at least its least, none more than one off its due', () => {
  const given = fc.record({
    weights: fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 30 }),
    least: fc.nat(3),
    spare: fc.nat(1_000),
  });
  fc.assert(
    fc.property(given, ({ weights, least, spare }) => {
      const shares = share(least * weights.length + spare, weights, least);
      const sum = weights.reduce((all, one) => all + one, 0);
      expect(shares.reduce((all, one) => all + one, 0)).toBe(least * weights.length + spare);
      for (const [n, one] of shares.entries()) {
        expect(Math.abs(one - least - (spare * (weights[n] ?? 0)) / sum)).toBeLessThan(1);
      }
    }),
  );
  expect(() => share(3, [1, 1], 2)).toThrow(RangeError);
});

test('the same seed invents the same people, another seed others', () => {
  const names = (seed: number) => {
    const chance = chanceFrom(seed);
    return Array.from({ length: 50 }, (_, n) => nameFor(chance, n % 2 ? 'male' : 'female', 1940 + n));
  };
  expect(names(1)).toEqual(names(1));
  expect(names(1)).not.toEqual(names(2));
  for (const name of names(3)) expect(name).toMatch(/^[\u4e00-\u9fa5]{2,4}$/);
});
