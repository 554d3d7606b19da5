/**
 * Runs the driver specification's tests in a folder against the embedded store (or `MONGODB_URI`):
 * `npm run -s store:spec -- DIR`. Prints a line a file, the reason for each failure and skip, and the totals.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEngine } from '../src/storage/embedded/start.ts';
import { connectTarget, type Outcome, runFile, specFiles } from '../test/support/spec/runner.ts';

const folder = process.argv[2] ?? process.env.MONGO_SPEC_TESTS ?? '../shared/mongo-crud-tests';
const data = mkdtempSync(join(tmpdir(), 'haolin-spec-'));
const engine = process.env.MONGODB_URI ? undefined : await startEngine(data, { failPoints: true });
const target = await connectTarget(engine?.uri ?? (process.env.MONGODB_URI as string));
const all: Outcome[] = [];
for (const file of specFiles(folder)) {
  const outcomes = await runFile(target, folder, file);
  all.push(...outcomes);
  const of = (result: Outcome['result']) => outcomes.filter((one) => one.result === result).length;
  console.log(`${file}: ${of('passed')} passed, ${of('failed')} failed, ${of('skipped')} skipped`);
  for (const { test, result, reason } of outcomes) {
    if (result !== 'passed') console.log(`  ${result}: ${test}: ${reason}`);
  }
}
await target.client.close();
await engine?.close();
rmSync(data, { recursive: true, force: true });
const total = (result: Outcome['result']) => all.filter((one) => one.result === result).length;
console.log(`${total('passed')} passed, ${total('failed')} failed, ${total('skipped')} skipped`);
process.exitCode = total('failed') > 0 ? 1 : 0;
