import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Tests of processes, of whole stories and of commands: they take the longest. */
const LONG = /\/test\/(?:faults|e2e|scripts)\//u;

/** Long files first, so that none of them is begun when the others are done and keeps one core only. */
class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => LONG.test(moduleId);
    return [...sorted.filter(isLong), ...sorted.filter((one) => !isLong(one))];
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    // The programs and the embedded store are loaded once a process, not once a file.
    isolate: false,
    // Many tests wait for clocks, discs and browsers: with a worker a core a third of the cores' time was nobody's.
    maxWorkers: 3,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    env: { TZ: 'America/New_York' },
    globalSetup: ['test/support/temporary.ts'],
    sequence: { sequencer: LongFirst },
  },
});
