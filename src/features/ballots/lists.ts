import { z } from 'zod';
import type { Caller } from '../../core/caller.ts';
import type { Page } from '../../core/feature.ts';
import type { House } from '../../core/house.ts';
import { called } from '../../core/input.ts';
import { literal } from '../../core/literal.ts';
import { decodeCursor, encodeCursor, pageQuery } from '../../core/page.ts';
import { electorsOf } from './electors.ts';
import type { BallotDoc } from './model.ts';
import { seatedBy, withWays } from './urn.ts';
import { ballotFor } from './votes.ts';

/** One line of the list of voters: who has voted and by which way, never what. */
export const electorView = z.object({
  elector: z.string(),
  name: z.string(),
  heads: z.number().int(),
  area: z.number().int().describe('单位：0.01平方米'),
  attended: z.boolean(),
  voted: z.boolean(),
  way: z.enum(['phone', 'paper']).optional().describe('不记名的只说交了纸质票的，计票以后也不再说'),
});
export type ElectorView = z.output<typeof electorView>;

/** Which of them: by a part of the name, by how they voted or that they have not. */
export const electorQuery = pageQuery.extend({
  q: called('名字', z.string().trim().max(30)).optional(),
  way: called('怎么交的票', z.enum(['phone', 'paper', 'none'])).optional(),
});
const cursorSchema = z.object({ elector: z.string().regex(/^[0-9a-f]{24}$/) });

/** From then on nobody needs to know whose paper it was, and few papers would say what is on them. */
const isCounted = ({ state }: BallotDoc): boolean => state === 'counted';

/** A page of those who may vote, for who keeps the list. @throws HaolinError not_found, forbidden, invalid_input */
export async function listElectors(
  house: House,
  caller: Caller,
  id: string,
  { limit = 20, cursor, q, way: by }: Partial<z.output<typeof electorQuery>>,
): Promise<Page<ElectorView>> {
  const ballot = await ballotFor(house, caller, id, 'mark');
  const { snapshot, secrecy } = ballot;
  if (snapshot === undefined) return { items: [] };
  const byWay =
    by &&
    (secrecy === 'secret'
      ? await seatedBy(house, snapshot, by === 'none' || !isCounted(ballot) ? by : 'any')
      : { way: by === 'none' ? { $exists: false } : by });
  const after = cursor === undefined ? '' : decodeCursor(house.vault, cursor, cursorSchema).elector;
  const found = await electorsOf(house)
    .find({
      _id: { $gt: `${snapshot}:${after}`, $lt: `${snapshot};` },
      ...(q && { name: { $regex: literal(q) } }),
      ...byWay,
    })
    .sort({ _id: 1 })
    .limit(limit + 1)
    .toArray();
  const listed = await withWays(house, found.slice(0, limit));
  const items = listed.map(({ elector, name, heads, area, attended = false, way }) => ({
    elector,
    name,
    heads,
    area,
    attended,
    voted: way !== undefined,
    ...(way && (secrecy === 'open' || (way === 'paper' && !isCounted(ballot))) && { way }),
  }));
  const last = items.at(-1);
  return found.length > limit && last
    ? { items, next: encodeCursor(house.vault, { elector: last.elector }) }
    : { items };
}
