import { z } from 'zod';
import { HaolinError } from '../../../core/errors.ts';
import type { Turn } from '../../../core/feature.ts';
import type { House } from '../../../core/house.ts';
import { getIncident } from '../service.ts';

const keptSchema = z.object({ id: z.string() });

/** Whether a danger that is kept has come to its end: nobody would hear more of it, and it does not go on in another one. */
export async function isPast(house: House, turn: Turn): Promise<boolean> {
  const kept = keptSchema.safeParse(turn.kept).data;
  if (!kept) return false;
  try {
    const { moves, state } = await getIncident(house, turn, kept.id);
    return state !== 'merged' && !moves.includes('add');
  } catch (error) {
    if (error instanceof HaolinError) return true;
    throw error;
  }
}
