/** Runs commands: reads at once and in slices, writes together in transactions. */
import { checkApiVersion } from './commands/api-version.ts';
import type { Call, Command, Parts } from './commands/command.ts';
import { bounded } from './commands/deadline.ts';
import { commandNamed, mustWrite } from './commands/index.ts';
import { checkSingleServer } from './commands/known-fields.ts';
import { Failures } from './failures.ts';
import { startSlice } from './query/slice.ts';
import { firstName, liftArray } from './raw.ts';
import { errorReply } from './reply.ts';
import type { Client, Handler } from './server.ts';
import { Transactions } from './transactions.ts';
import { decode } from './values/bson.ts';
import { CommandError } from './values/errors.ts';
import type { Request } from './wire.ts';
import type { Work } from './work.ts';

type Answer = (document: readonly Uint8Array[]) => void;

/** MongoDB's refusal that has a driver ask again. */
const INTERRUPTED = new CommandError(
  11602,
  'InterruptedDueToReplStateChange',
  'the store was opened anew after its disk had failed; ask again',
);

const NOTHING = new Uint8Array(0);

/** The handler of all requests. */
export class Executor implements Handler {
  readonly #parts: Parts;
  readonly #failures: Failures;
  readonly #transactions: Transactions;
  /** Reading commands that are not done yet, and who asked. */
  readonly #reading = new Map<Work, { client: Client; answer: Answer }>();
  #ended = false;

  /** `report` is told of errors that should not be. */
  constructor(parts: Parts, report: (error: unknown) => void) {
    this.#parts = parts;
    this.#failures = new Failures(report);
    this.#transactions = new Transactions(parts.environment, this.#failures);
    parts.environment.beforeReopening(() => this.#interrupt());
  }

  handle(request: Request, client: Client, answer: Answer): void {
    if (this.#ended) return;
    try {
      const { call, command } = this.#call(request, client);
      const since = performance.now();
      if (mustWrite(command, call.body)) {
        this.#transactions.add(
          () => bounded(call, since, command.run(call)),
          (reply) => answer([reply]),
        );
        return;
      }
      startSlice();
      const result = bounded(call, since, command.run(call));
      if (result instanceof Uint8Array) answer([result]);
      else this.#read(result, client, answer);
    } catch (error) {
      answer([this.#failures.replyTo(error)]);
    }
  }

  /** Ends what a client that is gone only read. What it writes is done: it may not want to be told. */
  leave(client: Client): void {
    for (const [work, reading] of [...this.#reading]) {
      if (reading.client !== client) continue;
      this.#reading.delete(work);
      work.return(NOTHING);
      reading.answer([NOTHING]);
    }
  }

  /** Work of the engine itself, done inside transactions; resolves when all of it is on disk. */
  own(work: () => Uint8Array | Work): Promise<void> {
    return new Promise((resolve) => {
      this.#transactions.add(work, () => resolve());
    });
  }

  /** Ends all work, which would go on in files that are closed: reads at once, writes after one turn more. */
  async end(): Promise<void> {
    for (const work of this.#reading.keys()) work.return(NOTHING);
    this.#reading.clear();
    await this.own(() => NOTHING);
    this.#ended = true;
    this.#transactions.end();
  }

  /** Goes on with a reading command; when its slice ends, others come first. */
  #read(work: Work, client: Client, answer: Answer): void {
    const step = work.next();
    if (step.done) {
      answer([step.value]);
      return;
    }
    this.#reading.set(work, { client, answer });
    const resume = () => {
      if (!this.#reading.has(work)) return;
      let reply: Uint8Array;
      try {
        startSlice();
        const next = work.next();
        if (!next.done) {
          if (typeof next.value === 'number') setTimeout(resume, next.value);
          else setImmediate(resume);
          return;
        }
        reply = next.value;
      } catch (error) {
        reply = this.#failures.replyTo(error);
      }
      this.#reading.delete(work);
      answer([reply]);
    };
    setImmediate(resume);
  }

  /** Ends reading commands that are on their way, since they may hold what would outlive the files they read. */
  #interrupt(): void {
    const reading = [...this.#reading];
    this.#reading.clear();
    for (const [work] of reading) work.return(NOTHING);
    // What waits behind them on their connections is done when the files are open again.
    setImmediate(() => {
      for (const [, { answer }] of reading) answer([errorReply(INTERRUPTED)]);
    });
  }

  #call(request: Request, client: Client): { call: Call; command: Command } {
    const name = firstName(request.body);
    const command = commandNamed(name);
    let { body: bytes, sequences: lifted } = request;
    if (command.lift !== undefined && !lifted.has(command.lift)) {
      const found = liftArray(bytes, command.lift);
      if (found !== undefined) {
        bytes = found.rest;
        lifted = new Map([[command.lift, found.documents]]);
      }
    }
    const body = decode(bytes);
    checkSingleServer(body);
    checkApiVersion(name, body);
    const database = request.database ?? body.$db;
    if (typeof database !== 'string')
      throw new CommandError(40571, 'Location40571', 'OP_MSG requests require a $db argument');
    const { environment, catalog, records, cursors, now, startedAt } = this.#parts;
    const connection = client.id;
    // Field by field: spreading an object is many times slower, and this is done for every command.
    const call = { environment, catalog, records, cursors, now, startedAt, name, body, database, lifted, connection };
    return { call, command };
  }
}
