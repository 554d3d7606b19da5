import { z } from 'zod';
import type { Caller } from '../../core/caller.ts';
import type { Page } from '../../core/feature.ts';
import type { House } from '../../core/house.ts';
import { decodeCursor, encodeCursor } from '../../core/page.ts';
import { electorsOf } from './electors.ts';
import { withWays } from './urn.ts';
import { ballotFor } from './votes.ts';

/** One line of the list of voters: who has voted and by which way, never what. */
export const electorView = z.object({
  elector: z.string(),
  name: z.string(),
  heads: z.number().int(),
  area: z.number().int().describe('单位：0.01平方米'),
  attended: z.boolean(),
  way: z.enum(['phone', 'paper']).optional(),
});
export type ElectorView = z.output<typeof electorView>;

const cursorSchema = z.object({ elector: z.string().regex(/^[0-9a-f]{24}$/) });

/** A page of those who may vote, for who keeps the list. @throws HaolinError not_found, forbidden, invalid_input */
export async function listElectors(
  house: House,
  caller: Caller,
  id: string,
  { limit = 20, cursor }: { limit?: number | undefined; cursor?: string | undefined },
): Promise<Page<ElectorView>> {
  const { snapshot } = await ballotFor(house, caller, id, 'mark');
  if (snapshot === undefined) return { items: [] };
  const after = cursor === undefined ? '' : decodeCursor(house.vault, cursor, cursorSchema).elector;
  const found = await electorsOf(house)
    .find({ _id: { $gt: `${snapshot}:${after}`, $lt: `${snapshot};` } })
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
    ...(way && { way }),
  }));
  const last = items.at(-1);
  return found.length > limit && last
    ? { items, next: encodeCursor(house.vault, { elector: last.elector }) }
    : { items };
}
