/**
 * Runs commands: reads at once and in slices, writes together. All writing commands that arrived in one turn of the
 * event loop go into one durable transaction, and are answered after it is on disk.
 */
import type { Call, Command, Parts, Work } from './commands/command.ts';
import { checkSingleServer } from './commands/fields.ts';
import { commandNamed, mustWrite } from './commands/index.ts';
import { writeFailure } from './disk/write-failure.ts';
import { startSlice } from './query/slice.ts';
import { firstName, liftArray } from './raw.ts';
import { errorReply } from './reply.ts';
import type { Client, Handler } from './server.ts';
import { decode } from './values/bson.ts';
import { CommandError } from './values/errors.ts';
import type { Request } from './wire.ts';

type Answer = (document: readonly Uint8Array[]) => void;

/** One writing command on its way through transactions. */
interface Task {
  /** Begins the work anew, for when the transaction it was in came to nothing. */
  begin(): Uint8Array | Work;
  work: Work | undefined;
  /** Whether an earlier transaction already holds a part of it. */
  committed: boolean;
  done(reply: Uint8Array): void;
}

/** How long one transaction goes on taking up commands. */
const TRANSACTION_MS = 25;

const NOTHING = new Uint8Array(0);

/** The handler of all requests. */
export class Executor implements Handler {
  readonly #parts: Parts;
  readonly #report: (error: unknown) => void;
  #tasks: Task[] = [];
  #scheduled = false;
  /** Whether the disk refused the last write. */
  #failing = false;
  /** Reading commands that are not done yet. */
  readonly #reading = new Set<Work>();
  /** What came on a connection while an earlier request of it is being done, by the connection's number. */
  readonly #waiting = new Map<number, (() => void)[]>();
  #ended = false;

  /** `report` is told of errors that should not be. */
  constructor(parts: Parts, report: (error: unknown) => void) {
    this.#parts = parts;
    this.#report = report;
  }

  handle(request: Request, client: Client, answer: Answer): void {
    const queue = this.#waiting.get(client.id);
    // One connection's requests are done one after another, whatever they are.
    if (queue === undefined) this.#start(request, client, answer);
    else queue.push(() => this.#start(request, client, answer));
  }

  /** Work of the engine itself, done inside transactions; resolves when all of it is on disk. */
  own(work: () => Uint8Array | Work): Promise<void> {
    return new Promise((resolve) => {
      this.#enqueue({ begin: work, work: undefined, committed: false, done: () => resolve() });
    });
  }

  /** Ends all work, which would go on in files that are closed: reads at once, writes after one turn more. */
  async end(): Promise<void> {
    for (const work of this.#reading) work.return(NOTHING);
    this.#reading.clear();
    await this.own(() => NOTHING);
    this.#ended = true;
    this.#tasks = [];
  }

  #start(request: Request, client: Client, answer: Answer): void {
    if (this.#ended) return;
    try {
      const { call, command } = this.#call(request, client);
      if (mustWrite(command, call.body)) {
        this.#hold(client);
        const done = (reply: Uint8Array) => this.#finish(client, answer, reply);
        this.#enqueue({ begin: () => command.run(call), work: undefined, committed: false, done });
        return;
      }
      startSlice();
      const result = command.run(call);
      if (result instanceof Uint8Array) answer([result]);
      else this.#read(result, client, answer);
    } catch (error) {
      answer([this.#errorReply(error)]);
    }
  }

  /** Goes on with a reading command; when its slice ends, others come first. */
  #read(work: Work, client: Client, answer: Answer): void {
    const step = work.next();
    if (step.done) {
      answer([step.value]);
      return;
    }
    this.#hold(client);
    this.#reading.add(work);
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
        reply = this.#errorReply(error);
      }
      this.#reading.delete(work);
      this.#finish(client, answer, reply);
    };
    setImmediate(resume);
  }

  #hold(client: Client): void {
    if (!this.#waiting.has(client.id)) this.#waiting.set(client.id, []);
  }

  #finish(client: Client, answer: Answer, reply: Uint8Array): void {
    answer([reply]);
    const queue = this.#waiting.get(client.id);
    this.#waiting.delete(client.id);
    if (queue === undefined || queue.length === 0) return;
    // The first goes on; if it holds the connection again the others wait behind it, else they follow at once.
    for (let at = 0; at < queue.length; at++) {
      (queue[at] as () => void)();
      const held = this.#waiting.get(client.id);
      if (held === undefined) continue;
      held.push(...queue.slice(at + 1));
      return;
    }
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
    const database = request.database ?? body.$db;
    if (typeof database !== 'string')
      throw new CommandError(40571, 'Location40571', 'OP_MSG requests require a $db argument');
    const { environment, catalog, records, cursors, now, startedAt } = this.#parts;
    const connection = client.id;
    // Field by field: spreading an object is many times slower, and this is done for every command.
    const call = { environment, catalog, records, cursors, now, startedAt, name, body, database, lifted, connection };
    return { call, command };
  }

  #enqueue(task: Task): void {
    if (this.#ended) return;
    this.#tasks.push(task);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      if (this.#ended) return;
      this.#transact();
      if (this.#tasks.length > 0) this.#schedule();
    });
  }

  #transact(): void {
    const taken = this.#tasks;
    let answers: { task: Task; reply: Uint8Array }[] = [];
    let left: Task[] = [];
    try {
      this.#parts.environment.transact(() => {
        ({ answers, left } = this.#runAll(taken));
      });
    } catch (error) {
      this.#tasks = [];
      this.#apart(taken, error);
      return;
    }
    this.#failing = false;
    this.#tasks = [...left, ...this.#tasks.slice(taken.length)];
    for (const { task, reply } of answers) task.done(reply);
  }

  #runAll(tasks: readonly Task[]): { answers: { task: Task; reply: Uint8Array }[]; left: Task[] } {
    const until = performance.now() + TRANSACTION_MS;
    const answers: { task: Task; reply: Uint8Array }[] = [];
    const left: Task[] = [];
    for (const task of tasks) {
      const reply = performance.now() < until ? this.#step(task) : undefined;
      if (reply === undefined) left.push(task);
      else answers.push({ task, reply });
    }
    for (const task of left) task.committed ||= task.work !== undefined;
    return { answers, left };
  }

  /** One slice of a task. A refusal is its reply; any other error brings the transaction to nothing. */
  #step(task: Task): Uint8Array | undefined {
    startSlice();
    try {
      if (task.work === undefined) {
        const result = task.begin();
        if (result instanceof Uint8Array) return result;
        task.work = result;
      }
      const step = task.work.next();
      return step.done ? step.value : undefined;
    } catch (error) {
      if (error instanceof CommandError) return errorReply(error);
      throw error;
    }
  }

  /** A transaction came to nothing: each command is tried in one of its own, so that only the guilty one fails. */
  #apart(tasks: readonly Task[], error: unknown): void {
    for (const task of tasks) {
      if (task.committed || tasks.length === 1) {
        task.done(this.#errorReply(error));
        continue;
      }
      task.work = undefined;
      let reply: Uint8Array | undefined;
      try {
        this.#parts.environment.transact(() => {
          reply = this.#step(task);
        });
      } catch (own) {
        reply = this.#errorReply(own);
      }
      if (reply !== undefined) task.done(reply);
      else {
        task.committed = true;
        this.#tasks.push(task);
      }
    }
    if (this.#tasks.length > 0) this.#schedule();
  }

  #errorReply(error: unknown): Uint8Array {
    if (error instanceof CommandError) return errorReply(error);
    const failure = writeFailure(error);
    if (failure === undefined) {
      this.#report(error);
      return errorReply(new CommandError(1, 'InternalError', error instanceof Error ? error.message : String(error)));
    }
    // Said once, not for every write of a day.
    if (!this.#failing) this.#report(failure.message);
    this.#failing = true;
    return errorReply(failure);
  }
}
