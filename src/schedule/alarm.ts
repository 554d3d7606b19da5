import type { Job } from '../core/feature.ts';
import type { House } from '../core/house.ts';
import { deliver } from '../core/notice.ts';
import { dayOf } from '../core/time.ts';
import type { JobRun } from './model.ts';

/**
 * Tells whoever administers the cities of the house that a run came to nothing and is not tried again: once a day for each
 * job, however many of its slots fail. A message that cannot be left must not keep the other jobs from running.
 */
export async function tellOfFailure(
  house: House,
  cities: () => Promise<readonly string[]>,
  { name, title }: Pick<Job, 'name' | 'title'>,
  { attempts }: Pick<JobRun, 'attempts'>,
): Promise<void> {
  try {
    const data = { job: name, title, attempts };
    const notices = (await cities()).map((area) => ({
      key: `schedule.failed:${name}:${dayOf(house.clock.now())}:${area}`,
      to: { role: 'admin' as const, area },
      message: 'schedule.failed',
      data,
    }));
    await deliver(house, ...notices);
  } catch (error) {
    house.log.error({ job: name, err: error }, 'nobody could be told that a job is given up');
  }
}
