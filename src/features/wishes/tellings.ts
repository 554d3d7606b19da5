import type { Role } from '../../core/ability.ts';
import { type Telling, to, toRole } from '../../core/lifecycle.ts';
import { type Day, dayOf } from '../../core/time.ts';
import { streetOf } from '../areas/index.ts';
import type { WishMessage } from './messages.ts';
import type { Stage, WishDoc, WishState } from './model.ts';

/** Who hears of a wish. Each group is told in its own words, and with no more of the wish than it may know. */

type Data = Record<string, unknown>;

/** For those who know the wish. */
const known = (wish: WishDoc): Data => ({ id: wish._id, number: wish.number, title: wish.title });
/** For those who have not taken it on: what the wall says. */
const posted = (wish: WishDoc): Data => ({ id: wish._id, number: wish.number, title: wish.wall.title });

/** The requester and whoever spoke for them. */
export const toAuthors = (wish: WishDoc, message: WishMessage, data: Data = {}): Telling[] =>
  wish.authors.map((person) => to(person, message, { ...known(wish), ...data }));

/** The authors of duplicates merged into this wish: how it stands, under their own number. */
export const toFollowers = (wish: WishDoc, now: WishState, message: WishMessage = 'wish.follow'): Telling[] =>
  (wish.mergedFrom ?? []).flatMap(({ id, number, authors }) =>
    authors.map((person) => to(person, message, { id, number, now })),
  );

/** The claimant and the group. */
export const toHelpers = (wish: WishDoc, message: WishMessage, data: Data = {}): Telling[] =>
  wish.helpers.map((person) => to(person, message, { ...known(wish), ...data }));

/** One person who takes the wish on. */
export const toHelper = (
  wish: WishDoc,
  person: string | undefined,
  message: WishMessage,
  data: Data = {},
): Telling[] => (person === undefined ? [] : [to(person, message, { ...known(wish), ...data })]);

/** The group without its lead. */
export const toMembers = (wish: WishDoc, message: WishMessage, data: Data = {}): Telling[] =>
  (wish.group?.members ?? []).map((member) => to(member.id, message, { ...known(wish), ...data }));

const toHolders = (role: Role, area: string, wish: WishDoc, message: WishMessage, data: Data): Telling =>
  toRole(role, area, message, { ...posted(wish), ...data });

export const toSecretary = (wish: WishDoc, message: WishMessage, data: Data = {}): Telling[] => [
  toHolders('secretary', wish.community, wish, message, data),
];

/** Whoever supervises at the street. */
export const toStreet = (wish: WishDoc, message: WishMessage, data: Data = {}): Telling[] => [
  toHolders('supervisor', streetOf(wish.areas) ?? wish.community, wish, message, data),
];

/** The grid's own worker; of a wish without a grid, whoever works in the community: grid workers hold their grids alone. */
export const toGrid = (wish: WishDoc, message: WishMessage, data: Data = {}): Telling[] => [
  wish.grid === undefined
    ? toHolders('worker', wish.community, wish, message, data)
    : toHolders('grid_worker', wish.grid, wish, message, data),
];

/** The community's workers. */
export const toWorkers = (wish: WishDoc, message: WishMessage, data: Data = {}): Telling[] => [
  toHolders('worker', wish.community, wish, message, data),
];

/** The sentinel alone while it is offered to them, else the grid. */
export const toThoseWhoMayClaim = (wish: WishDoc): Telling[] =>
  wish.offeredTo === undefined ? toGrid(wish, 'wish.open') : toHelper(wish, wish.offeredTo, 'wish.offered');

/** The day a deadline falls on, as messages carry it. */
export const dueDay = (wish: WishDoc, stage: Stage): Day => {
  const due = wish.due[stage];
  return due ? dayOf(due) : '';
};
