/**
 * One process of a simulated house, to be killed at any time: wired like the application's, but its clock says what it is
 * told, and so come its ticks. It prints `loaded`, and for each line it reads one that says what came of it.
 */
import { appendFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { type App, createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';

/** What is asked of it: the time, and what to do then. */
export interface Order {
  at: string;
  do: 'open' | 'tick' | 'catch up' | 'drain';
  /** Names of jobs whose slot it is. */
  jobs?: string[];
}

/** What came of it. */
export interface Answer {
  done: number;
  failed: string[];
}

const { SIMULATE_SENT = '' } = process.env;
let now = new Date(0);
let app: App | undefined;

async function open(): Promise<App> {
  return createApp(readConfig(process.env), {
    clock: { now: () => now },
    channels: [
      {
        name: 'wechaty',
        async send(_address, { _id }) {
          appendFileSync(SIMULATE_SENT, `${_id}\n`);
        },
      },
    ],
  });
}

async function obey(order: Order): Promise<Answer> {
  now = new Date(order.at);
  app ??= await open();
  const { schedule, push } = app;
  const outcomes =
    order.do === 'tick'
      ? await Promise.all((order.jobs ?? []).map((job) => schedule.tick(job, now)))
      : order.do === 'catch up'
        ? await schedule.catchUp(now)
        : [];
  const told = outcomes.some((one) => one.kind === 'done' && one.report.lines.length > 0);
  if (told || order.do === 'drain' || order.do === 'catch up') await push.drain();
  return {
    done: outcomes.filter(({ kind }) => kind === 'done').length,
    failed: outcomes.flatMap((one) => (one.kind === 'failed' ? [`${one.job}: ${String(one.error)}`] : [])),
  };
}

process.stdout.write('loaded\n');
createInterface({ input: process.stdin })
  .on('line', (line) => {
    void obey(JSON.parse(line) as Order).then(
      (answer) => process.stdout.write(`${JSON.stringify(answer)}\n`),
      (error: unknown) => process.stdout.write(`${JSON.stringify({ done: 0, failed: [String(error)] })}\n`),
    );
  })
  .on('close', () => process.exit(0));
