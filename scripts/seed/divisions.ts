/** The real divisions of the first city, from `scripts/data`, and where its figures (design, section 1) lie in them. */
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { type Area, levelOf, lineage, parentOf, placeName } from '../../src/features/areas/index.ts';
import { type Chance, choose, share } from './random.ts';

/** The figures of the city's own report. */
export const FIGURES = {
  counties: 4,
  workers: 2_466,
  grids: 8_599,
  gridStaff: 8_410,
  householdLeads: 65_000,
  facilitators: 316,
  /** Vanguard teams: each with two social workers and some volunteers. */
  teams: 122,
} as const;

/** Not in the report: people who just live there, so that wishes have authors. */
export const RESIDENTS_PER_GRID = 3;
export const VOLUNTEERS_PER_TEAM = 10;

const CITY = { code: '5202', name: '六盘水市' };

/** A community and how many of each it has. */
export interface CommunityPlan {
  code: string;
  name: string;
  grids: { code: string; staffed: boolean; householdLeads: number }[];
  workers: number;
  facilitator: boolean;
  team: boolean;
}

export interface CityPlan {
  /** City, counties and streets, from the top. */
  above: Area[];
  communities: CommunityPlan[];
}

export const areaOf = (code: string, name: string): Area => {
  const level = levelOf(code);
  if (!level) throw new Error(`${code} is no area code`);
  return { _id: code, name, level, parent: parentOf(code), areas: lineage(code) };
};

interface Division {
  code: string;
  name: string;
  street_code: string;
  street: string;
  county_code: string;
  county: string;
}

/**
 * The city as it is or, for `copy` 1 to 9, an invented one beside it with the same divisions, under codes that no real
 * place has (91 to 99 are no province).
 */
export function planCity(chance: Chance, copy: number): CityPlan {
  const file = new URL('../data/liupanshui-divisions.csv', import.meta.url);
  const divisions = parse<Division>(readFileSync(file, 'utf8'), { columns: true, bom: true });
  const coded = (code: string) => (copy === 0 ? code : `9${copy}${code.slice(2)}`);
  const above = new Map([[coded(CITY.code), copy === 0 ? CITY.name : `${CITY.name}（复本${copy}）`]]);
  for (const { county_code, county, street_code, street } of divisions) {
    above.set(coded(county_code), county);
    above.set(coded(street_code), street);
  }

  // A town's community has more grids and more workers than a village.
  const town = divisions.map(({ name }) => (placeName(name).endsWith('社区') ? 1 : 0));
  const grids = share(
    FIGURES.grids,
    town.map((one) => 2 + 3 * one + chance.next()),
    2,
  );
  const workers = share(
    FIGURES.workers,
    town.map((one) => 1 + 4 * one + chance.next()),
    1,
  );
  const facilitators = choose(chance, FIGURES.facilitators, divisions.length);
  const teams = choose(chance, FIGURES.teams, divisions.length);
  const unstaffed = choose(chance, FIGURES.grids - FIGURES.gridStaff, FIGURES.grids);
  const leads = share(
    FIGURES.householdLeads,
    Array.from({ length: FIGURES.grids }, () => 1 + chance.next() / 4),
  );

  let grid = 0;
  const communities = divisions.map(({ code, name }, at): CommunityPlan => {
    const own = Array.from({ length: grids[at] ?? 0 }, (_, n) => {
      const plan = {
        code: `${coded(code)}G${String(n + 1).padStart(2, '0')}`,
        staffed: !unstaffed.has(grid),
        householdLeads: leads[grid] ?? 0,
      };
      grid += 1;
      return plan;
    });
    return {
      code: coded(code),
      name: placeName(name),
      grids: own,
      workers: workers[at] ?? 0,
      facilitator: facilitators.has(at),
      team: teams.has(at),
    };
  });
  return {
    above: [...above].map(([code, name]) => areaOf(code, name)).sort((a, b) => a.areas.length - b.areas.length),
    communities,
  };
}
