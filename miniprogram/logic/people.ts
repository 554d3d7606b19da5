import type { Me } from '../api/session';

export type Role = Me['roles'][number]['role'];

type Roles = Pick<Me, 'roles'>;

/** Those who take wishes on. */
export const HELPERS: readonly Role[] = ['worker', 'grid_worker', 'volunteer', 'social_worker'];
/** Those who work with a community and may read everything in it. */
export const STAFF: readonly Role[] = ['worker', 'grid_worker', 'secretary'];

/** Those who go to see people and note it down. */
const VISITORS: readonly Role[] = [...STAFF, 'social_worker', 'household_lead', 'care_keeper'];

/** Those who keep the register of people in care of an area. */
export const KEEPERS: readonly Role[] = ['care_keeper', 'secretary'];

/** Those who see the incidents of an area, and not only what came up to a street. */
export const INCIDENT_READERS: readonly Role[] = [...STAFF, 'household_lead'];
/** Those who may know how many there are. */
export const INCIDENT_COUNTERS: readonly Role[] = [...STAFF, 'supervisor'];

const holds = (me: Roles, roles: readonly Role[]) => me.roles.some(({ role }) => roles.includes(role));

export const holdsAny = (me: Me, roles: readonly Role[]): boolean => holds(me, roles);

export const isHelper = (me: Me): boolean => holds(me, HELPERS);
export const isStaff = (me: Me): boolean => holds(me, STAFF);
export const isVisitor = (me: Me): boolean => holds(me, VISITORS);
/** Those who keep people in care, or look after some of them. */
export const looksAfter = (me: Me): boolean => holds(me, [...STAFF, ...KEEPERS, 'household_lead']);
export const bearsDuties = (me: Me): boolean => holds(me, STAFF) || holds(me, ['care_keeper']);
/** Those the secretary talks with each quarter. */
export const isWorker = (me: Me): boolean => holds(me, ['worker', 'grid_worker']);
export const isSecretary = (me: Me): boolean => holds(me, ['secretary']);
export const moderates = (me: Me): boolean => holds(me, ['secretary', 'grid_worker']);
export const isAdmin = (me: Me): boolean => holds(me, ['admin']);
export const isSupervisor = (me: Me): boolean => holds(me, ['supervisor']);
export const countsIncidents = (me: Me): boolean => holds(me, INCIDENT_COUNTERS);

/** The areas somebody holds one of these roles for, without those inside another of them. */
export function areasOf(me: Me, roles: readonly Role[]): string[] {
  const areas = [...new Set(me.roles.filter(({ role }) => roles.includes(role)).map(({ area }) => area))];
  return areas.filter((area) => !areas.some((other) => other !== area && area.startsWith(other)));
}

/** The streets somebody supervises. */
export const streetsOf = (me: Me): string[] => areasOf(me, ['supervisor']).filter((code) => STREET.test(code));

/** Whether somebody says how long incidents may take in an area. */
export const setsTargets = (me: Me, area: string): boolean =>
  areasOf(me, ['admin']).some((code) => area.startsWith(code));

/** Who sees incidents that are not their own. */
export const seesIncidents = (me: Me): boolean => holds(me, INCIDENT_READERS) || streetsOf(me).length > 0;

/** Where somebody helps: their areas of work, or else their own community. */
export function helpingAreas(me: Me): string[] {
  const areas = areasOf(me, HELPERS);
  const home = homeCommunity(me);
  return areas.length > 0 || home === undefined ? areas : [home];
}

/** A community's code has twelve digits; a grid's goes on with G. */
const COMMUNITY = /^\d{12}$/;
const STREET = /^\d{9}$/;
const GRID = /^\d{12}G/;

/** The community somebody lives in, by their areas from the top. */
export const homeCommunity = (me: Me): string | undefined => me.areas.find((code) => COMMUNITY.test(code));

/** The grid somebody lives in, where they live in one. */
export const homeGrid = (me: Me): string | undefined => me.areas.find((code) => GRID.test(code));

/** What people are called, by the role that says most about them. */
const TITLES: readonly (readonly [Role, string])[] = [
  ['secretary', '社区书记'],
  ['supervisor', '督导'],
  ['worker', '社区工作者'],
  ['grid_worker', '网格员'],
  ['social_worker', '社工'],
  ['facilitator', '说事长'],
  ['care_keeper', '关爱专员'],
  ['volunteer', '志愿者'],
  ['household_lead', '联户长'],
  ['admin', '管理员'],
  ['resident', '居民'],
];
export const titleOf = (me: Roles): string => TITLES.find(([role]) => holds(me, [role]))?.[1] ?? '居民';
