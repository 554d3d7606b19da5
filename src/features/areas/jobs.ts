import type { Job } from '../../core/feature.ts';
import { resumeImports, unfinishedImports } from './import/redo.ts';
import { jobWords } from './messages.ts';

/** Finishes what a crash left of an import. */
export const jobs: Job[] = [
  {
    name: 'areas.imports',
    title: jobWords.title,
    cron: '*/5 * * * *',
    // The next tick does the same work as a missed one.
    makeUpWithinMs: 0,
    async run({ dryRun }, house) {
      if (dryRun) {
        return { lines: (await unfinishedImports(house)).map(({ rows, state }) => jobWords.would(rows, state)) };
      }
      const done = await house.coordination.lock('imports', 60_000, () => resumeImports(house));
      if (!done) return { lines: [jobWords.busy] };
      return {
        lines: [
          ...(done.finished > 0 ? [jobWords.finished(done.finished)] : []),
          ...(done.discarded > 0 ? [jobWords.discarded(done.discarded)] : []),
        ],
      };
    },
  },
];
