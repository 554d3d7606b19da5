/** Holds what was told on each simulated day against what was to be told. Only a few days' keys are in memory at a time. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import type { House } from '../../src/core/house.ts';
import { DAY_MS, shanghai } from './days.ts';

/** What a delivery came to, as far as it is compared. */
interface Row {
  _id: string;
  to: string;
  state: string;
  channel?: string;
  lastError?: string;
  passedAt?: Date;
}

export interface Figures {
  expected: number;
  sent: number;
  lost: number;
  doubled: number;
  /** Told though nothing of the kind was to be told, or at another time. */
  unexpected: number;
}

const SINGLES_A_DAY = 3;
const MOST_NAMED = 12;
/** What was put out on a day that is closed and is carried only now is looked for so far back. */
const LOOKS_BACK_DAYS = 3;

/**
 * @param sentFile where the chats of all processes write what they were given
 * @param chats ids of those who have a chat
 */
export function reckoningOf(house: House, sentFile: string, chats: ReadonlySet<string>) {
  const figures: Figures = { expected: 0, sent: 0, lost: 0, doubled: 0, unexpected: 0 };
  const wrong: string[] = [];
  /** Deliveries that were looked at with the days before, each day's apart. */
  const known: Set<string>[] = [];
  const note = (kind: 'lost' | 'doubled' | 'unexpected', what: string) => {
    figures[kind] += 1;
    if (wrong.length < MOST_NAMED) wrong.push(`${kind} ${what}`);
  };

  /** Whether a message reached all it was to: the inbox, and the chat of whoever has one, unless there is a reason. */
  const arrived = ({ to, state, channel, passedAt, lastError, _id }: Row) =>
    state === 'sent' &&
    (!chats.has(to) ||
      channel === 'wechaty' ||
      passedAt !== undefined ||
      lastError !== undefined ||
      _id.startsWith('push.digest:'));

  /** What was given to the chats on a day: each message once, few to anybody, never at night. */
  function lookAtChats(day: string, expected: ReadonlyMap<string, string>): void {
    const lines = existsSync(sentFile) ? readFileSync(sentFile, 'utf8').split('\n').filter(Boolean) : [];
    rmSync(sentFile, { force: true });
    const seen = new Set<string>();
    const singles = new Map<string, number>();
    for (const line of lines) {
      const [time = '', key = ''] = line.split(/ (.*)/u);
      const [date, clock = ''] = shanghai(new Date(time)).split('T');
      const to = expected.get(key);
      if (seen.has(key)) note('doubled', `${key} in the chat`);
      else if (to === undefined || date !== day) note('unexpected', `${key} in the chat at ${time}`);
      else if (clock < '08:00' || clock >= '21:00') note('unexpected', `${key} at night, ${time}`);
      seen.add(key);
      singles.set(to ?? '', (singles.get(to ?? '') ?? 0) + 1);
    }
    for (const [to, count] of singles) {
      if (count > SINGLES_A_DAY + 1) note('unexpected', `${count} messages to ${to} on ${day}`);
    }
  }

  return {
    figures,
    wrong,
    /** Closes a day. @param keys all that was to be told that day */
    async close(day: string, from: Date, to: Date, keys: ReadonlySet<string>): Promise<void> {
      const since = new Date(from.getTime() - LOOKS_BACK_DAYS * DAY_MS);
      const rows = house.db
        .collection<Row>('deliveries')
        .find({ createdAt: { $gte: since, $lt: to } } as never)
        .project<Row>({ to: 1, state: 1, channel: 1, lastError: 1, passedAt: 1 });
      const told = new Map<string, string>();
      const fresh = new Set<string>();
      for await (const row of rows) {
        if (known.some((day) => day.has(row._id))) continue;
        fresh.add(row._id);
        if (!keys.has(row._id)) note('unexpected', row._id);
        else if (arrived(row)) told.set(row._id, row.to);
      }
      known.push(fresh);
      if (known.length > LOOKS_BACK_DAYS) known.shift();
      figures.expected += keys.size;
      figures.sent += told.size;
      for (const key of keys) if (!told.has(key)) note('lost', key);
      lookAtChats(day, told);
    },
  };
}
