import { HaolinError } from '../../core/errors.ts';
import type { Turn } from '../../core/feature.ts';
import { communityOf, lineage } from './codes.ts';

/** The communities whose numbers a speaker may mean, the likeliest first: the group's, those served, the one lived in. */
export function communitiesMeant({ area, actor }: Pick<Turn, 'area' | 'actor'>): string[] {
  const codes = [...(area === undefined ? [] : [area]), ...actor.roles.map((grant) => grant.area)];
  const found = [...codes.map((code) => communityOf(lineage(code))), communityOf(actor.areas)];
  return [...new Set(found.filter((code) => code !== undefined))];
}

/**
 * What is found of a number in the communities a speaker may mean, the likeliest first. Said in a group, the number is one
 * of the group's own community if there is such a matter.
 * @param find throws not_found where there is none
 */
export async function inCommunitiesMeant<V>(turn: Turn, find: (community: string) => Promise<V>): Promise<V[]> {
  const found: V[] = [];
  for (const community of communitiesMeant(turn)) {
    try {
      found.push(await find(community));
    } catch (error) {
      if (!(error instanceof HaolinError && error.code === 'not_found')) throw error;
    }
    if (turn.area !== undefined && found.length > 0) break;
  }
  return found;
}
