import type { Coordination } from '../core/coordination.ts';
import { localCoordination } from './coordination/local.ts';

export interface CoordinationOptions {
  /** A Redis, `redis://…`. Without one the same promises are kept within this process. */
  url?: string;
  /** Told when the Redis is lost, once each time, and of listeners that threw. */
  onTrouble?: (error: Error) => void;
}

/**
 * Opens what the processes of a house share besides the database.
 *
 * While the Redis is away nothing crashes and no call waits longer than two seconds:
 * - rate limits hold, but each process counts for itself;
 * - `publish` reaches this process only, and every listener is heard again once the Redis is back;
 * - `lock`, `once`, `forget`, `token` and `dropToken` fail with `coordination_unavailable` rather than guess.
 * @throws Error when the Redis does not answer at the start
 */
export async function openCoordination({ url, onTrouble }: CoordinationOptions = {}): Promise<Coordination> {
  if (url === undefined) return localCoordination(onTrouble);
  // The client of a Redis is no small thing to load for those who have none.
  const { openRedisCoordination } = await import('./coordination/redis.ts');
  return openRedisCoordination(url, onTrouble);
}
