import { type RunCoordinator, type ScheduledTask, schedule as scheduleTask } from 'node-cron';
import type { Job } from '../core/feature.ts';
import type { House } from '../core/house.ts';
import { ZONE } from './slots.ts';

/**
 * Spares the ledger from being asked by every process at every tick. Where it cannot say, the ledger decides alone; when the
 * process it chose dies at once, the others find the slot untaken within seconds.
 */
export function runCoordinator({ coordination, db }: Pick<House, 'coordination' | 'db'>): RunCoordinator {
  return {
    async shouldRun(key, ttlMs) {
      try {
        return await coordination.once(`tick:${db.name}:${key}`, ttlMs);
      } catch {
        return true;
      }
    },
  };
}

/** Calls `onTick` at each slot of each job by the host's clock, in Shanghai, never while its last call is still running. */
export function startTicker(
  house: House,
  jobs: readonly Job[],
  onTick: (job: Job, slot: Date) => Promise<void>,
): { stop(): Promise<void> } {
  const { log } = house;
  const coordinator = runCoordinator(house);
  const tasks = jobs.map((job): ScheduledTask => {
    return scheduleTask(job.cron, ({ date }) => onTick(job, date), {
      name: job.name,
      timezone: ZONE,
      noOverlap: true,
      distributed: true,
      runCoordinator: coordinator,
      logger: {
        info: (message) => log.debug({ job: job.name }, message),
        debug: (message) => log.debug({ job: job.name }, String(message)),
        // A tick that was missed or came too early is found by the rounds; the log need not cry.
        warn: (message) => log.debug({ job: job.name }, message),
        error: (message, err) => log.error({ job: job.name, err: err ?? message }, 'a tick failed'),
      },
    });
  });
  return {
    async stop() {
      await Promise.all(tasks.map((task) => task.destroy()));
    },
  };
}
