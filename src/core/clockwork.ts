import type { Model } from 'mongoose';
import { system } from './ability.ts';
import { perform, rawCollection, type Table } from './aggregate.ts';
import { HaolinError, notDue } from './errors.ts';
import type { Run, RunReport } from './feature.ts';
import type { House } from './house.ts';
import type { Aggregate } from './moves.ts';
import type { Calendar } from './time.ts';

/** What the clock does to documents whose `nextAt` says when it has to look at them next. */

/** Something the clock has to do to a document. */
export interface ClockMove {
  at: Date;
  move: string;
  input: Record<string, string | undefined>;
}

/** A document the clock looks at: `nextAt` is the earliest moment it has something to do to it, absent when never. */
export type Clocked = Aggregate & { community: string; number: number; nextAt?: Date };

/** How one kind of document is wound. */
export interface Clockwork<D extends Clocked, C extends ClockMove> {
  model: Model<D>;
  /** 心愿, before its number in what a run reports. */
  called: string;
  /** `wishes`, for who runs the house. */
  plural: string;
  /** What is due now, in order; pure. The lifecycle refuses what is not due any more. */
  due(doc: D, now: Date): readonly C[];
  carryOut(doc: D, move: C, now: Date): Promise<D>;
}

/** What of a schedule is due, in order. A warning whose deadline has passed has lost its purpose. Pure. */
export function dueIn<C extends ClockMove>(schedule: readonly C[], now: Date): C[] {
  const due = schedule.filter((one) => one.at <= now);
  const late = new Set(due.filter((one) => one.move === 'escalate').map((one) => one.input.stage));
  return due.filter((one) => one.move !== 'warn' || !late.has(one.input.stage)).sort((a, b) => +a.at - +b.at);
}

/**
 * A guard of what the house itself does: the clock decided on what it read a moment ago; the document may have moved since.
 * What is not due (any more) does not happen, whoever asks and however often.
 * @param dueMoves what is due to a document; pure
 */
export const onlyWhenDueBy =
  <D, C extends ClockMove>(dueMoves: (doc: D, now: Date, calendar: Calendar) => readonly C[]) =>
  (name: C['move']) =>
  (doc: D, input: C['input'], { now, calendar }: { now: Date; calendar: Calendar }): HaolinError | undefined =>
    dueMoves(doc, now, calendar).some(
      (due) => due.move === name && due.input.stage === input.stage && due.input.to === input.to,
    )
      ? undefined
      : notDue();

const BATCH = 100;
const AT_ONCE = 8;
/** What one document may need in a run: a warning and an escalation after a long outage, and what follows from them. */
const MOST_ROUNDS = 6;

/**
 * Does all that is due. A document that fails does not keep the others waiting; it is met again in the next run. Any number
 * of runs at once do everything exactly once.
 * @throws when some documents failed, once all others are done
 */
export async function runClock<D extends Clocked, C extends ClockMove>(
  { now, dryRun }: Pick<Run, 'now' | 'dryRun'>,
  house: House,
  clockwork: Clockwork<D, C>,
): Promise<RunReport> {
  const lines: string[] = [];
  let failed = 0;
  const one = async (doc: D): Promise<string[]> => {
    try {
      return dryRun
        ? clockwork.due(doc, now).map((due) => lineOf(clockwork, doc, due))
        : await settled(house, doc, now, clockwork);
    } catch (error) {
      failed += 1;
      house.log.error({ document: doc._id, err: error }, 'the clock cannot move a document');
      return [];
    }
  };
  for await (const batch of dueDocuments(clockwork.model, now)) {
    for (let at = 0; at < batch.length; at += AT_ONCE) {
      const done = await Promise.all(batch.slice(at, at + AT_ONCE).map(one));
      lines.push(...done.flat());
    }
  }
  if (failed > 0)
    throw new Error(`The clock could not move ${failed} ${clockwork.plural}; ${lines.length} moves were made`);
  return { lines };
}

/** Makes a move of the house itself. */
export async function moveByClock<D extends Aggregate, S extends string, F>(
  house: House,
  table: Table<D, S, F>,
  id: string,
  { move, input }: { move: string; input: unknown },
  { now, key, facts }: { now: Date; key?: string; facts: F },
): Promise<D> {
  const actor = system();
  const ctx = {
    actor,
    ability: house.abilityOf(actor),
    now,
    calendar: house.calendar,
    ...(key !== undefined && { key }),
  };
  const { document } = await perform(table, id, move, input, ctx, () => facts);
  return document;
}

/** Documents the clock has something to do to, in batches, each once. */
async function* dueDocuments<D extends Clocked>(model: Model<D>, now: Date): AsyncGenerator<D[]> {
  const documents = rawCollection(model);
  let last: D | undefined;
  for (;;) {
    const from = last?.nextAt;
    const batch = (await documents
      .find({
        nextAt: { $lte: now, ...(from && { $gte: from }) },
        ...(from && last && { $or: [{ nextAt: { $gt: from } }, { _id: { $gt: last._id } }] }),
      })
      .sort({ nextAt: 1, _id: 1 })
      .limit(BATCH)
      .toArray()) as unknown as D[];
    if (batch.length > 0) yield batch;
    if (batch.length < BATCH) return;
    last = batch.at(-1);
  }
}

async function settled<D extends Clocked, C extends ClockMove>(
  house: House,
  first: D,
  now: Date,
  clockwork: Clockwork<D, C>,
): Promise<string[]> {
  const lines: string[] = [];
  let doc = first;
  try {
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const [due] = clockwork.due(doc, now);
      if (!due) break;
      const line = lineOf(clockwork, doc, due);
      doc = await clockwork.carryOut(doc, due, now);
      lines.push(line);
    }
  } catch (error) {
    if (!(error instanceof HaolinError)) throw error;
    // Somebody moved it in between: then it is theirs, and the next run sees what is left.
    house.log.debug({ document: doc._id, code: error.code }, 'a document moved before the clock did');
  }
  return lines;
}

/** Where, which and what; no person. */
function lineOf<D extends Clocked, C extends ClockMove>(
  { called }: Clockwork<D, C>,
  { community, number }: D,
  { move, input }: C,
): string {
  return [community, `${called}${number}号`, move, ...Object.values(input)]
    .filter((part) => part !== undefined)
    .join(' ');
}
