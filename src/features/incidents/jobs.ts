import { moveByClock, runClock } from '../../core/clockwork.ts';
import type { Job, Run, RunReport } from '../../core/feature.ts';
import type { House } from '../../core/house.ts';
import { settleMerge } from '../../core/merging.ts';
import { DAY } from '../../core/time.ts';
import { dueMoves } from './due.ts';
import { incidentTable } from './lifecycle.ts';
import type { IncidentDoc } from './model.ts';

/**
 * Does what the clock has to do to incidents: warnings, escalations, closings. `due.ts` says what is due; the lifecycle
 * refuses what is not due any more. Every other minute, for where life is in danger a quarter of an hour is long.
 */
export const deadlines: Job = {
  name: 'incidents.deadlines',
  title: '事件时限：提醒、督办、自动办结',
  cron: '*/2 * * * *',
  makeUpWithinMs: DAY,
  run: runIncidentDeadlines,
};

/** One run of the job, also by hand. @throws when some incidents failed, once all others are done */
export function runIncidentDeadlines(run: Pick<Run, 'now' | 'dryRun'>, house: House): Promise<RunReport> {
  const table = incidentTable(house);
  return runClock(run, house, {
    model: house.model<IncidentDoc>('incident'),
    called: '事件',
    plural: 'incidents',
    due: (incident: IncidentDoc, now) => dueMoves(incident, now, house.calendar),
    carryOut: (incident, due, now) =>
      due.move === 'settle'
        ? settleMerge(house, table, incident, now)
        : moveByClock(house, table, incident._id, due, { now, facts: {} }),
  });
}
