/** All that the tests put into the temporary folder goes into one of its own, which is gone afterwards, whoever was killed. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { dropBundles } from './bundles.ts';

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'haolin-'));
  process.env.TMPDIR = folder;
  project.onTestsRerun(dropBundles);
  return async () => {
    await dropBundles();
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  };
}
