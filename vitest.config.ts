import { configDefaults, defineConfig } from 'vitest/config';

/** Tests of processes, of whole stories and of commands: each file keeps its own process. */
const APART = ['test/faults/**', 'test/e2e/**', 'test/scripts/**'];
const TESTS = '**/*.test.ts';

export default defineConfig({
  test: {
    pool: 'forks',
    // Many tests wait for clocks, discs and browsers: with a worker a core a third of the cores' time was nobody's.
    maxWorkers: 3,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    env: { TZ: 'America/New_York' },
    globalSetup: ['test/support/temporary.ts'],
    projects: [
      {
        extends: true,
        test: { name: 'apart', include: APART.map((folder) => folder.replace('**', TESTS)) },
      },
      {
        extends: true,
        test: {
          name: 'house',
          include: [`test/${TESTS}`],
          exclude: [...configDefaults.exclude, ...APART],
          // The programs and the embedded store are loaded once a process, not once a file.
          isolate: false,
        },
      },
    ],
  },
});
