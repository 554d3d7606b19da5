import { may, type Role } from '../../core/ability.ts';
import type { Turn } from '../../core/feature.ts';
import type { House } from '../../core/house.ts';
import { lineage, subtreeOf } from '../areas/index.ts';
import { holdersWithin } from '../people/index.ts';
import { namedIn } from './told.ts';

const WORKERS: readonly Role[] = ['worker', 'grid_worker'];
const COMFORTS = /慰问|看望|探望|去看|看了/u;

/** Whether a secretary tells of a care visit to one of their own workers, which is no visit to a household: 去慰问了李敏. */
export async function comfortsWorker({ text, actor, ability }: Turn, house: House): Promise<boolean> {
  if (!COMFORTS.test(text)) return false;
  for (const { role, area } of actor.roles) {
    if (role !== 'secretary' || !may(ability, 'record', 'care_visit', { areas: lineage(area) })) continue;
    const workers: { name: string }[] = [];
    for await (const person of holdersWithin(house, WORKERS, await subtreeOf(house, area))) {
      if (person._id !== actor.id) workers.push(person);
    }
    if (workers.some(({ name }) => text.includes(name)) && namedIn(text, workers).length > 0) return true;
  }
  return false;
}
