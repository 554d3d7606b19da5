import type { Turn } from '../../core/feature.ts';
import { communityOf, lineage } from './codes.ts';

/** The communities whose numbers a speaker may mean, the likeliest first: the group's, those served, the one lived in. */
export function communitiesMeant({ area, actor }: Pick<Turn, 'area' | 'actor'>): string[] {
  const codes = [...(area === undefined ? [] : [area]), ...actor.roles.map((grant) => grant.area)];
  const found = [...codes.map((code) => communityOf(lineage(code))), communityOf(actor.areas)];
  return [...new Set(found.filter((code) => code !== undefined))];
}
