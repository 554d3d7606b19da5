/**
 * One process of a simulated house, to be killed at any time: wired like the application's, but its clock says what it is
 * told, and so come its ticks. It prints `loaded`, and for each line it reads one that says what came of it.
 */
import { appendFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { type App, createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { NOTICES } from '../../src/core/notice.ts';
import { features as allFeatures } from '../../src/features/index.ts';

/**
 * Where a process may be killed that chance seldom meets: while a job has begun and half of what it tells is written, or
 * after a chat was given a message and before that is noted.
 */
export type Halt = 'telling' | 'sending';

/** Jobs whose slot it is at a time. */
export interface Slots {
  at: string;
  /** Their names. */
  tick: string[];
}

/** What is asked of it. */
export interface Order {
  /** Slots before `at` at which nobody is told anything: done side by side, and beside what is due at `at`. */
  quiet?: Slots[];
  /** What its clock is to say. */
  at: string;
  /** Names of jobs whose slot it is. */
  tick?: string[];
  /** Looks for what was missed, and takes over what died. */
  catchUp?: boolean;
  /** Relays and sends. */
  drain?: boolean;
  /** Where it is to stand still, to be killed there. */
  halt?: Halt;
  /** Keeps what the engine has made of the script until now. */
  keep?: boolean;
}

/** What came of it. */
export interface Answer {
  failed: string[];
  /** What it held at most so far, in MB. */
  peakMb: number;
  /** It stands still where it was told to. */
  halted?: boolean;
}

/** Those that tell people by the calendar, and what these need. The others have nothing to tell where nobody did anything. */
const TELLING = ['care', 'visits', 'duties', 'talks', 'calendars'];
const wanted = new Set<string>(TELLING);
for (const name of wanted)
  for (const used of allFeatures.find((one) => one.name === name)?.uses ?? []) wanted.add(used);
/** What a simulated house does. */
export const features = allFeatures.filter(({ name }) => wanted.has(name));

const KB_PER_MB = 1_024;
const { SIMULATE_SENT = '' } = process.env;
let now = new Date(0);
let app: App | undefined;
let halt: Halt | undefined;

/** Says that it stands still, and does so until it is killed. */
function standStill(): Promise<never> {
  answer({ halted: true, failed: [], peakMb: peakMb() });
  return new Promise(() => undefined);
}

/** A chat that writes down what it is given, with the time. */
const channel = {
  name: 'wechaty',
  atOnce: 1,
  async send(_address: unknown, { _id }: { _id: string }) {
    appendFileSync(SIMULATE_SENT, `${now.toISOString()} ${_id}\n`);
    if (halt === 'sending') await standStill();
  },
};

async function open(): Promise<App> {
  const opened = await createApp(readConfig(process.env), { clock: { now: () => now }, channels: [channel], features });
  const notices = opened.house.db.collection(NOTICES);
  const insertMany = notices.insertMany.bind(notices);
  notices.insertMany = async (rows, options) => {
    if (halt !== 'telling') return insertMany(rows, options);
    if (rows.length > 1) await insertMany(rows.slice(0, rows.length / 2), options);
    return standStill();
  };
  return opened;
}

async function obey({ at, tick = [], quiet = [], catchUp = false, drain = false, ...order }: Order): Promise<Answer> {
  app ??= await open();
  const { schedule, push } = app;
  const tickAt = ({ at: time, tick: jobs }: Slots) => {
    now = new Date(time);
    return jobs.map((job) => schedule.tick(job, now));
  };
  halt = order.halt;
  // A run takes its time from the clock as it begins.
  const ticked = await Promise.all([...quiet, { at, tick }].flatMap(tickAt));
  const outcomes = catchUp ? [...ticked, ...(await schedule.catchUp(now))] : ticked;
  // One pass of each carries all there is; what a crash left may take more.
  if (drain && catchUp) await push.drain();
  else if (drain) {
    await push.relayOnce();
    await push.sendOnce();
  }
  return {
    failed: outcomes.flatMap((one) => (one.kind === 'failed' ? [`${one.job}: ${String(one.error)}`] : [])),
    peakMb: peakMb(),
  };
}

const peakMb = () => process.resourceUsage().maxRSS / KB_PER_MB;
const answer = (one: Answer) => process.stdout.write(`${JSON.stringify(one)}\n`);

/** Obeys one order after another until its parent is gone. @param keep see `load.ts` */
export function serve(keep: () => void): void {
  process.stdout.write('loaded\n');
  let last: Promise<unknown> = Promise.resolve();
  createInterface({ input: process.stdin })
    .on('line', (line) => {
      const order = JSON.parse(line) as Order;
      last = last
        .then(() => obey(order))
        .then((one) => {
          if (order.keep) keep();
          answer(one);
        })
        .catch((error: unknown) => answer({ failed: [String(error)], peakMb: 0 }));
    })
    .on('close', () => process.exit(0));
}
