import type { Job, Planned, Run, RunReport } from './feature.ts';
import type { House } from './house.ts';
import { allTold, deliver } from './notice.ts';

/** A job that does nothing but tell people things. */
export interface PlannedJob extends Omit<Job, 'run' | 'preview'> {
  /**
   * All that is to be told in a run, one after another, read from the store as it goes: a whole city does not fit into
   * memory. It goes by `run.slot` and `run.now` and by no other clock, writes nothing, and gives the same keys for the same
   * slot, so that a run may be cut off and begun again.
   */
  plan(run: Run, house: House): AsyncIterable<Planned>;
}

/** So many notices are written at once. */
const BATCH = 500;

/**
 * A job whose run and whose preview come of one plan: what was looked over is what is sent. A run writes the notices in
 * batches, each key once for ever; a dry run only counts them.
 */
export function plannedJob({ plan, ...job }: PlannedJob): Job {
  return {
    ...job,
    preview: (run, house) => plan(run, house),
    async run(run, house): Promise<RunReport> {
      let planned = 0;
      let fresh = 0;
      for await (const batch of batches(plan(run, house), BATCH)) {
        planned += batch.length;
        if (run.dryRun) continue;
        fresh += await deliver(
          house,
          ...batch.map(({ key, to, message, data }) => ({ key, to, message, ...(data && { data }) })),
        );
      }
      return { lines: planned === 0 ? [] : [run.dryRun ? would(job.title, planned) : done(job.title, fresh, planned)] };
    },
  };
}

/** A plan that also says under which keys it is to be noted that everybody has heard. */
export interface NotedPlan extends Omit<PlannedJob, 'plan'> {
  plan(run: Run, house: House, note: (key: string) => void): AsyncIterable<Planned>;
  /** When that is said to have been; by default the time it is noted. */
  notedAt?: (run: Run) => Date;
}

/** So many keys are noted at once. */
const NOTED = 2_000;

/**
 * A planned job whose keys are noted once all is told: a run that is cut off tells the rest when it is begun again. A
 * preview and a dry run note nothing.
 */
export function notedJob({ plan, notedAt, ...job }: NotedPlan): Job {
  const planned = (note: (key: string) => void) => plannedJob({ ...job, plan: (run, house) => plan(run, house, note) });
  return {
    ...planned(() => undefined),
    async run(run, house) {
      const keys: string[] = [];
      const report = await planned((key) => keys.push(key)).run(run, house);
      if (run.dryRun) return report;
      for (let at = 0; at < keys.length; at += NOTED) await allTold(house, keys.slice(at, at + NOTED), notedAt?.(run));
      return report;
    },
  };
}

const would = (title: string, planned: number) => `${title}：将发出提醒 ${planned} 条`;
const done = (title: string, fresh: number, planned: number) =>
  `${title}：发出提醒 ${fresh} 条${fresh < planned ? `，另有 ${planned - fresh} 条先前已经发过` : ''}`;

async function* batches<T>(items: AsyncIterable<T>, most: number): AsyncGenerator<T[]> {
  let batch: T[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length < most) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
