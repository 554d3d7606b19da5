import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Started, startEngine } from '../../src/storage/embedded/start.ts';
import { connectTarget, runFile, specFiles, type Target } from '../support/spec/runner.ts';

const folder = process.env.MONGO_SPEC_TESTS ?? join(import.meta.dirname, '../../../shared/mongo-crud-tests');
const present = existsSync(folder);

describe.skipIf(!present)(`the driver specification's tests in ${folder}`, () => {
  let engine: Started | undefined;
  let target: Target;
  let data: string;

  beforeAll(async () => {
    data = mkdtempSync(join(tmpdir(), 'haolin-spec-'));
    engine = process.env.MONGODB_URI ? undefined : await startEngine(data, { failPoints: true });
    target = await connectTarget(engine?.uri ?? (process.env.MONGODB_URI as string));
  });
  afterAll(async () => {
    await target.client.close();
    await engine?.close();
    rmSync(data, { recursive: true, force: true });
  });

  for (const file of present ? specFiles(folder) : []) {
    test(file, async () => {
      const outcomes = await runFile(target, folder, file);
      expect(outcomes.length).toBeGreaterThan(0);
      expect(outcomes.filter(({ result }) => result === 'failed')).toEqual([]);
    });
  }
});
