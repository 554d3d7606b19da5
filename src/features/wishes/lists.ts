import { type Conditions, scope } from '../../core/ability.ts';
import type { Caller } from '../../core/caller.ts';
import type { Page } from '../../core/feature.ts';
import type { House } from '../../core/house.ts';
import { type Filter, pageOf } from '../../core/listing.ts';
import { noArea } from '../../core/matter-errors.ts';
import { formsOf } from '../../core/script.ts';
import { normalise } from '../../core/text.ts';
import { communityOf, levelOf, lineage } from '../areas/index.ts';
import { searchTooWide } from './errors.ts';
import type { Column, WishCategory, WishDoc, WishState } from './model.ts';
import { listedView, mayRead, movesOf, ON_THE_WALL, publicView, type WishLine } from './views.ts';

/** What a list asks for: one of `mine`, `claimedByMe`, `offeredToMe`, or an `area`. */
export interface WishQuery {
  mine?: boolean | undefined;
  claimedByMe?: boolean | undefined;
  offeredToMe?: boolean | undefined;
  /** Code of any level. */
  area?: string | undefined;
  /** `open` unless told otherwise. */
  column?: Column | undefined;
  state?: WishState | undefined;
  category?: WishCategory | undefined;
  urgent?: boolean | undefined;
  /** Past the deadline that counts now, the longest overdue first. */
  late?: boolean | undefined;
  /** Words in it, or its number, on a street or below. Searches every column of a community unless one is named. */
  q?: string | undefined;
  cursor?: string | undefined;
  limit?: number | undefined;
}

/** The columns a state may stand in. */
const COLUMNS_OF: Record<WishState, readonly Column[]> = {
  submitted: ['waiting'],
  published: ['open'],
  reopened: ['helping', 'open'],
  claimed: ['helping'],
  referred: ['helping'],
  done: ['answered'],
  partial: ['answered'],
  closed: ['over'],
  declined: ['over'],
  withdrawn: ['over'],
  merged: ['over'],
};

/** What neither a line nor the moves on it look at: two thirds of a wish, and taking bytes apart is what a page costs. */
export const NOT_ON_A_LINE = {
  history: 0,
  outbox: 0,
  sealedWords: 0,
  targets: 0,
  due: 0,
  warnAt: 0,
  warned: 0,
  photos: 0,
  photoIds: 0,
  done: 0,
  left: 0,
  contactNote: 0,
  contactedAt: 0,
  claimedAt: 0,
  publishedAt: 0,
  closedAt: 0,
  nextAt: 0,
  createdAt: 0,
  updatedAt: 0,
  priority: 0,
  lapses: 0,
  reopenings: 0,
  lastClaim: 0,
  child: 0,
  settled: 0,
  mergedInto: 0,
  mergedFrom: 0,
  referral: 0,
} as const satisfies Partial<Record<keyof WishDoc, 0>>;
const PAGE = 20;

/** What a list is in the order of: open wishes of an area by rank, what is late by its deadline, all else by when it was posted. */
type Order = 'rank' | 'dueAt' | 'postedAt';

/**
 * A page of wishes, newest first (of open ones those of higher priority before; or the longest overdue first), each as the
 * caller may see it. One query.
 * @throws HaolinError no_area, search_too_wide, invalid_input for a cursor that is not this list's
 */
export async function listWishes(house: House, caller: Caller, query: WishQuery): Promise<Page<WishLine>> {
  const limit = query.limit ?? PAGE;
  const filter = filterOf(caller, query);
  const field = orderOf(query, filter);
  const { page, next } = await pageOf(house, {
    model: house.model<WishDoc>('wish'),
    filter,
    field,
    direction: query.late ? 1 : -1,
    limit,
    cursor: query.cursor,
    placeOf: (wish) => wish[field] ?? wish.postedAt,
    without: NOT_ON_A_LINE,
  });
  const items = page.map((wish) => lineOf(house, caller, wish));
  return next === undefined ? { items } : { items, next };
}

function orderOf({ late }: WishQuery, { areas, column }: Conditions): Order {
  if (late) return 'dueAt';
  return areas !== undefined && column === 'open' ? 'rank' : 'postedAt';
}

/** A wish as a line of a list, read without what `NOT_ON_A_LINE` leaves out. */
export function lineOf(house: Pick<House, 'calendar'>, caller: Caller, wish: WishDoc): WishLine {
  const moves = movesOf(house, caller, wish);
  return mayRead(caller.ability, wish) ? listedView(wish, moves, caller.now) : publicView(wish, moves);
}

function filterOf(caller: Caller, query: WishQuery): Filter {
  const narrowed = {
    ...(query.state && { state: query.state }),
    ...(query.category && { category: query.category }),
    ...(query.urgent !== undefined && { urgent: query.urgent }),
    ...(query.late && { dueAt: { $lt: caller.now } }),
  };
  const column = columnFilter(query);
  const search = query.q === undefined ? [] : [wordsFilter(query.q, false)];
  if (query.mine) return { authors: caller.actor.id, ...column, ...narrowed, $and: search };
  if (query.claimedByMe) return { helpers: caller.actor.id, ...column, ...narrowed, $and: search };
  if (query.offeredToMe) return { offeredTo: caller.actor.id, ...column, ...narrowed, $and: search };
  const place = inAreaFilter(query, column);
  return { ...place, ...narrowed, $and: visible(caller, query, place.column === 'open') };
}

function inAreaFilter({ area, late, q }: WishQuery, column: Conditions | undefined): Conditions {
  const level = area === undefined ? undefined : levelOf(area);
  if (area === undefined || level === undefined) throw noArea();
  // No index knows words: looked for in a whole city, they would be looked for in every open wish there is.
  if (q !== undefined && (level === 'city' || level === 'county')) throw searchTooWide();
  if (late) return { ...communitiesIn(area), areas: area, ...column };
  const everyColumn = q !== undefined && (level === 'community' || level === 'grid');
  return { areas: area, ...(column ?? (everyColumn ? {} : { column: 'open' })) };
}

/** What of an area the caller may see in a list: all of it, or else what is on the wall and what is theirs. */
function visible({ ability }: Caller, { area = '', q }: WishQuery, allOnTheWall: boolean): Conditions[] {
  const everything = mayRead(ability, { areas: lineage(area) });
  const search = q === undefined ? [] : [wordsFilter(q, !everything)];
  if (everything || allOnTheWall) return search;
  const onTheWall = { state: { $in: [...ON_THE_WALL] } };
  const theirs = scope(ability, 'read', 'wish');
  return [{ $or: theirs ? [onTheWall, theirs] : [onTheWall] }, ...search];
}

function columnFilter({ column, state }: WishQuery): Conditions | undefined {
  if (column) return { column };
  if (!state) return undefined;
  const [first, ...others] = COLUMNS_OF[state];
  return others.length === 0 ? { column: first } : { column: { $in: COLUMNS_OF[state] } };
}

/** The words however wide, drawn out or far apart, and in whichever script, they were typed: texts are kept as they were written. */
function asTyped(q: string): string {
  const runs = (normalise(q) || q.trim()).match(/(.)\1*/gsu) ?? [];
  return runs.map(typedAs).join('');
}

function typedAs(run: string): string {
  const letter = [...run][0] ?? '';
  if (letter === ' ') return '\\s+';
  const code = letter.codePointAt(0) ?? 0;
  const plain = letter.replace(/[\\^$.*+?()[\]{}|/-]/gu, '\\$&');
  const other = code > 0x20 && code < 0x7f ? String.fromCodePoint(code + 0xfee0) : formsOf(letter).slice(letter.length);
  const form = other === '' ? plain : `[${plain}${other}]`;
  const length = [...run].length;
  if (/[\p{P}\p{S}]/u.test(letter)) return `(?:${form}){${length},}`;
  return /[A-Za-z0-9]/u.test(letter) || length < 3 ? form.repeat(length) : `(?:${form}){${length},}`;
}

/** By number, or by words; what strangers cannot read they cannot search for either. */
function wordsFilter(q: string, stranger: boolean): Conditions {
  const number = /^[#＃]?(\d{1,7})号?$/u.exec(q.trim())?.[1];
  if (number) return { number: Number(number) };
  const words = { $regex: asTyped(q), $options: 'i' };
  return stranger
    ? { $or: [{ 'wall.text': words }, { 'wall.title': words }] }
    : { $or: [{ text: words }, { title: words }] };
}

/** Communities in an area by code, since codes nest: what is late is indexed by community. */
export function communitiesIn(area: string): Conditions {
  const community = communityOf(lineage(area));
  return { community: community ?? { $gte: area, $lt: `${area}~` } };
}
