/** A community with a secretary and a facilitator, and what the tests of venues ask for there. */
import { type Actor, type Role, type RoleGrant, system } from '../../../src/core/ability.ts';
import type { Caller } from '../../../src/core/caller.ts';
import { areas, lineage } from '../../../src/features/areas/index.ts';
import { people } from '../../../src/features/people/index.ts';
import { createVenue, venues } from '../../../src/features/venues/index.ts';
import { type TestApi, testApi } from '../../support/api.ts';
import { makeCommunity, type TestCommunity } from '../../support/house.ts';

/** The house's clock stands at Monday 2026-03-09 09:00. */
export const TODAY = '2026-03-09';
export const TUESDAY = '2026-03-10';
export const THURSDAY = '2026-03-12';

let persons = 0;
let named = 0;

export const everyDay = (from = '09:00', to = '21:00') =>
  [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from, to }));

export const form = (more: object = {}) => {
  named += 1;
  return { name: `议事厅${named}`, kind: 'hall', address: '3栋一楼', capacity: 40, opening: everyDay(), ...more };
};

export const bookingOf = (day: string, from: string, to: string, more: object = {}) => ({
  day,
  from,
  to,
  purpose: '商量加装电梯',
  ...more,
});

/** `ok`, or the code of what it is refused with. */
export const outcome = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'ok',
    (error: { code?: string }) => error.code ?? String(error),
  );

export interface Town {
  test: TestApi;
  here: TestCommunity;
  elsewhere: TestCommunity;
  secretary: Caller;
  facilitator: Caller;
  /** Somebody new with these roles; a bare one holds for the community of `area`. */
  as(roles: readonly (Role | RoleGrant)[], more?: { area?: string; key?: string }): Caller;
  houseItself(): Caller;
  /** Registers a hall, open every day from 9 to 21 unless told otherwise. */
  hall(more?: object): Promise<string>;
}

export async function openTown(): Promise<Town> {
  const test = await testApi([areas, people, venues]);
  const here = await makeCommunity(test.house);
  const elsewhere = await makeCommunity(test.house);
  const callerOf = (actor: Actor): Caller => ({
    actor,
    ability: test.house.abilityOf(actor),
    now: test.clock.now(),
  });
  const as: Town['as'] = (roles, { area = `${here.community}G01`, key } = {}) => {
    persons += 1;
    const community = lineage(area)[3] ?? area;
    const actor: Actor = {
      kind: 'person',
      id: `person${persons}`,
      name: `邻居${persons}`,
      roles: roles.map((role) => (typeof role === 'string' ? { role, area: community } : role)),
      areas: lineage(area),
      channel: 'api',
    };
    return { ...callerOf(actor), ...(key === undefined ? {} : { key }) };
  };
  const secretary = as(['secretary']);
  return {
    test,
    here,
    elsewhere,
    secretary,
    facilitator: as(['facilitator']),
    as,
    houseItself: () => callerOf(system()),
    hall: async (more = {}) => (await createVenue(test.house, secretary, { area: here.community, ...form(more) })).id,
  };
}
