/** Several schedules on one database, each with a connection of its own as in processes of their own. */
import mongoose from 'mongoose';
import type { Coordination } from '../../src/core/coordination.ts';
import type { Job, Run } from '../../src/core/feature.ts';
import type { House, Log } from '../../src/core/house.ts';
import type { OutboxEntry } from '../../src/core/lifecycle.ts';
import { NOTICES, type NoticeDoc } from '../../src/core/notice.ts';
import { createSchedule, type JobRun, type Schedule } from '../../src/schedule/index.ts';
import { type JobMark, marksOf, runsOf } from '../../src/schedule/model.ts';
import { openCoordination } from '../../src/storage/coordination.ts';
import { type TestClock, testHouse } from '../support/house.ts';
import { freshDatabase } from '../support/storage.ts';

export interface Line {
  level: keyof Log;
  fields: Record<string, unknown>;
  message: string;
}

export interface Ledgers {
  clock: TestClock;
  lines: Line[];
  /** A schedule as another process would have it. */
  schedule(jobs: readonly Job[], rest?: { coordination?: Coordination; lookEveryMs?: number }): Promise<Schedule>;
  houses: House[];
  runs(filter?: object): Promise<JobRun[]>;
  marks(): Promise<JobMark[]>;
  /** What was left for the relay to tell people. */
  told(): Promise<OutboxEntry[]>;
  close(): Promise<void>;
}

export async function openLedgers(now?: string): Promise<Ledgers> {
  const database = await freshDatabase();
  const opened = await testHouse([], now === undefined ? {} : { now });
  const lines: Line[] = [];
  const at = (level: Line['level']) => (fields: object, message: string) =>
    void lines.push({ level, fields: fields as Record<string, unknown>, message });
  const log: Log = { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
  const connections: mongoose.Connection[] = [];
  const schedules: Schedule[] = [];
  const houses: House[] = [];
  return {
    clock: opened.clock,
    lines,
    houses,
    async schedule(jobs, { coordination, lookEveryMs = 5_000 } = {}) {
      const db = await mongoose
        .createConnection(database.uri, { dbName: database.connection.name, autoIndex: false, autoCreate: false })
        .asPromise();
      connections.push(db);
      const house: House = {
        ...opened.house,
        db,
        log,
        coordination: coordination ?? (await openCoordination()),
      };
      houses.push(house);
      const schedule = createSchedule({ house, jobs, lookEveryMs, cities: async () => ['9900'] });
      if (schedules.length === 0) for (const name of Object.keys(schedule.models)) await db.model(name).createIndexes();
      schedules.push(schedule);
      return schedule;
    },
    runs: (filter = {}) => runsOf({ db: database.connection }).find(filter).sort({ slot: 1 }).toArray(),
    marks: () => marksOf({ db: database.connection }).find({}).toArray(),
    async told() {
      const notices = database.connection.collection<NoticeDoc>(NOTICES);
      return (await notices.find({}).sort({ _id: 1 }).toArray()).flatMap(({ outbox }) => outbox);
    },
    async close() {
      await Promise.all(schedules.map((schedule) => schedule.stop(100)));
      await Promise.all(connections.map((one) => one.close()));
      await opened.close();
      await database.drop();
    },
  };
}

/** A job that notes each of its runs. */
export function noting(rest: Partial<Job> = {}): Job & { ran: Run[] } {
  const ran: Run[] = [];
  return {
    name: 'visits.plan',
    title: '本周走访计划',
    cron: '0 9 * * 1',
    makeUpWithinMs: 8 * 3_600_000,
    async run(run) {
      ran.push(run);
      return { lines: [`第${ran.length}次`] };
    },
    ...rest,
    ran,
  };
}

/** Monday, nine o'clock in Shanghai: where every test begins. */
export const NINE = new Date('2026-03-09T09:00:00+08:00');

/** So many milliseconds after that. */
export const past = (ms: number): Date => new Date(NINE.getTime() + ms);
