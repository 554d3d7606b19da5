/**
 * Runs the driver specification's tests in a folder against the embedded store (or `MONGODB_URI`):
 * `npm run -s store:spec -- DIR`. Prints a line a file, the reason for each failure and skip, and the totals.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEngine } from '../src/storage/embedded/start.ts';
import { connectTarget, type Outcome, runFile, specFiles } from '../test/support/spec/runner.ts';
import { runCommand } from './command-line.ts';

const USAGE = `用法 Usage：npm run -s store:spec -- [文件夹/DIR]
  用驱动规范的测试检验自带的存储（或 MONGODB_URI）/ runs the driver specification's tests against the embedded store or MONGODB_URI`;

await runCommand({
  usage: USAGE,
  words: [0, 1],
  async run(_values, [folder = process.env.MONGO_SPEC_TESTS ?? '../shared/mongo-crud-tests']) {
    const files = specFiles(folder);
    const data = mkdtempSync(join(tmpdir(), 'haolin-spec-'));
    const engine = process.env.MONGODB_URI ? undefined : await startEngine(data, { failPoints: true });
    const target = await connectTarget(engine?.uri ?? (process.env.MONGODB_URI as string));
    const all: Outcome[] = [];
    for (const file of files) {
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
    return total('failed') > 0 ? 1 : 0;
  },
});
