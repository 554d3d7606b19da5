/** Makes the Monday plan of a house that is filled, in a process of its own, and prints what it cost as one line of JSON. */
import { readFileSync } from 'node:fs';
import { atCivil } from '../../src/core/time.ts';
import { dutyJobs } from '../../src/features/duties/jobs.ts';
import { inHouse } from '../open-house.ts';
import { PLAN_DAY } from './cast.ts';

const [job = 'duties.monday', hour = '9', day = PLAN_DAY] = process.argv.slice(3);
const folder = process.argv[2] === '' ? undefined : process.argv[2];

/** What the process holds, in MB; the store's file is mapped, so `resident` counts what was lately read of it. */
function memory() {
  const status = readFileSync('/proc/self/status', 'utf8');
  const field = (name: string) =>
    Math.round(Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0) / 1_024);
  return { resident: field('VmRSS'), peak: field('VmHWM'), own: field('RssAnon') + field('RssShmem') };
}

await inHouse(folder === undefined ? {} : { folder }, async (house) => {
  const found = dutyJobs.find(({ name }) => name === job);
  if (!found) throw new Error(`there is no job ${job}`);
  // What an earlier run on this folder queued would not be queued again.
  await house.db.collection('notices').deleteMany({});
  const began = { memory: memory(), processor: process.cpuUsage(), at: performance.now() };
  let own = 0;
  const watch = setInterval(() => {
    own = Math.max(own, memory().own);
  }, 100);
  const slot = atCivil(day, Number(hour));
  const report = await found.run({ slot, now: slot, late: false, dryRun: false }, house);
  clearInterval(watch);
  const seconds = (performance.now() - began.at) / 1_000;
  const { user, system } = process.cpuUsage(began.processor);
  const queued = await house.db.collection('notices').countDocuments();
  const people = await house.db
    .collection('people')
    .countDocuments({ 'roles.role': { $in: ['worker', 'grid_worker'] } });
  const wards = await house.db.collection('care').countDocuments({ state: 'kept' });
  const rounded = (value: number) => Number(value.toFixed(1));
  process.stdout.write(
    `${JSON.stringify({
      job,
      people,
      wards,
      queued,
      seconds: rounded(seconds),
      processorSeconds: rounded((user + system) / 1e6),
      peakMb: memory().peak,
      ownMb: own,
      beforeMb: began.memory.resident,
      lines: report.lines,
    })}\n`,
  );
});
