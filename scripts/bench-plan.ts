/**
 * `npm run bench:plan [-- --json] [--wards N] [--folder DIR | --uri mongodb://…]`: the Monday plan of a whole city, computed
 * and queued, in a process of its own.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fillPlan } from './bench-plan/cast.ts';
import { isCount, runCommand, WRONG_USAGE } from './command-line.ts';
import { inHouse } from './open-house.ts';
import { showProgress } from './progress.ts';

const USAGE = `x`;

await runCommand({
  usage: USAGE,
  options: {
    json: { type: 'boolean', default: false },
    wards: { type: 'string', default: '400000' },
    folder: { type: 'string' },
  },
  async run(values) {
    if (!isCount(values.wards)) return WRONG_USAGE;
    const folder = values.folder ?? (await mkdtemp(join(tmpdir(), 'haolin-bench-plan-')));
    const progress = showProgress('准备数据');
    if (!existsSync(join(folder, 'store')))
      await inHouse({ folder }, (house) => fillPlan(house, Number(values.wards), progress));
    progress.end();
    execFileSync(process.execPath, ['--import', 'tsx', 'scripts/bench-plan/run.ts', folder], { stdio: 'inherit' });
    if (values.folder === undefined) await rm(folder, { recursive: true, force: true });
    return 0;
  },
});
