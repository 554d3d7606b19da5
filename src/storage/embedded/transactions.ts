/**
 * Does the work of writing commands: all that arrived in one turn of the event loop goes into one durable transaction, and
 * is answered after it is on disk.
 */

import type { Environment } from './disk/environment.ts';
import type { Failures } from './failures.ts';
import { startSlice } from './query/slice.ts';
import { errorReply } from './reply.ts';
import { CommandError } from './values/errors.ts';
import { Partway, type Work } from './work.ts';

/** One piece of work on its way through transactions. */
interface Task {
  /** Begins the work anew, for when the transaction it was in came to nothing. */
  readonly begin: () => Uint8Array | Work;
  readonly done: (reply: Uint8Array) => void;
  work: Work | undefined;
  /** Whether an earlier transaction already holds a part of it. */
  committed: boolean;
  /** What it said last of how far it is. */
  partway: Partway | undefined;
  /** What it said so in the last transaction that is on disk. */
  kept: Partway | undefined;
}

interface Answer {
  readonly task: Task;
  readonly reply: Uint8Array;
}

const NOTHING = new Uint8Array(0);

/** How long one transaction goes on taking up work. */
const TRANSACTION_MS = 25;

/** The writing work of one store. */
export class Transactions {
  readonly #environment: Environment;
  readonly #failures: Failures;
  #tasks: Task[] = [];
  /** What failed commands left behind that could not be taken back yet. */
  #undos: (() => void)[] = [];
  /** Why one of them could not be. */
  #obstacle: unknown;
  #scheduled = false;
  #ended = false;

  constructor(environment: Environment, failures: Failures) {
    this.#environment = environment;
    this.#failures = failures;
  }

  /** Does work in the next transactions; `done` is told its reply, or why it failed, once all of it is on disk. */
  add(begin: () => Uint8Array | Work, done: (reply: Uint8Array) => void): void {
    if (this.#ended) return;
    this.#tasks.push({ begin, done, work: undefined, committed: false, partway: undefined, kept: undefined });
    this.#schedule();
  }

  /** Drops all work that is left. */
  end(): void {
    this.#ended = true;
    this.#tasks = [];
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      if (this.#ended) return;
      this.#takeBack();
      // What failed commands left half done is gone before anybody else can meet it.
      if (this.#obstacle === undefined) this.#transact();
      else this.#failAll(this.#obstacle);
      if (this.#tasks.length > 0) this.#schedule();
    });
  }

  /** Each in a transaction of its own, so that none stands in the way of another. */
  #takeBack(): void {
    const undos = this.#undos;
    this.#undos = [];
    this.#obstacle = undefined;
    for (const undo of undos) {
      try {
        this.#environment.transact(undo);
      } catch (error) {
        // Another time the disk may let it; any other fault is told, and would only come again and stop all writing.
        this.#failures.refusalOf(error);
        if (!this.#failures.byDisk(error)) continue;
        this.#undos.push(undo);
        this.#obstacle = error;
      }
    }
  }

  #failAll(error: unknown): void {
    const tasks = this.#tasks;
    this.#tasks = [];
    for (const task of tasks) this.#fail(task, error);
  }

  /**
   * What was not begun goes into one transaction: should that come to nothing, each can be begun anew. Work of which a
   * part is on disk cannot, and so has transactions of its own.
   */
  #transact(): void {
    const begun = this.#tasks.filter(({ committed }) => committed);
    const fresh = this.#tasks.filter(({ committed }) => !committed);
    this.#tasks = [];
    const until = performance.now() + TRANSACTION_MS;
    this.#together(fresh);
    this.#inTurn(begun, until);
  }

  #together(tasks: readonly Task[]): void {
    if (tasks.length === 0) return;
    let answers: Answer[] = [];
    let left: Task[] = [];
    const touched = new Set<Task>();
    try {
      this.#environment.transact(() => {
        ({ answers, left } = this.#runAll(tasks, touched));
      });
    } catch (error) {
      this.#tasks.push(...tasks.filter((task) => !touched.has(task)));
      this.#apart([...touched], error);
      return;
    }
    this.#failures.over();
    for (const task of left) keep(task);
    this.#tasks.push(...left);
    for (const { task, reply } of answers) task.done(reply);
  }

  /** A slice of each, as many as there is time for and one in any case. */
  #inTurn(tasks: readonly Task[], until: number): void {
    let reached = 0;
    for (const task of tasks) {
      if (reached > 0 && performance.now() >= until) break;
      reached += 1;
      if (this.#alone(task)) continue;
      // Nobody else meets what it left.
      this.#takeBack();
      break;
    }
    this.#tasks.unshift(...tasks.slice(reached));
  }

  /** One slice of a task in a transaction of its own; false when that came to nothing. */
  #alone(task: Task): boolean {
    let reply: Uint8Array | undefined;
    try {
      this.#environment.transact(() => {
        reply = this.#step(task);
      });
    } catch (error) {
      this.#fail(task, error);
      return false;
    }
    this.#failures.over();
    if (reply !== undefined) task.done(reply);
    else {
      keep(task);
      this.#tasks.push(task);
    }
    return true;
  }

  /** `touched` is told which of the tasks have a part in the transaction. */
  #runAll(tasks: readonly Task[], touched: Set<Task>): { answers: Answer[]; left: Task[] } {
    const until = performance.now() + TRANSACTION_MS;
    const answers: Answer[] = [];
    // Whoever had no turn comes first in the next one, else a task of heavy steps would keep all others waiting.
    const unreached: Task[] = [];
    const goingOn: Task[] = [];
    for (const task of tasks) {
      if (performance.now() >= until) {
        unreached.push(task);
        continue;
      }
      touched.add(task);
      const reply = this.#step(task);
      if (reply === undefined) goingOn.push(task);
      else answers.push({ task, reply });
    }
    return { answers, left: [...unreached, ...goingOn] };
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
      if (step.done) return step.value;
      if (step.value instanceof Partway) task.partway = step.value;
      return undefined;
    } catch (error) {
      if (error instanceof CommandError) return errorReply(error);
      throw error;
    }
  }

  /** A transaction came to nothing: each task is begun anew in one of its own, so that only the guilty one fails. */
  #apart(tasks: readonly Task[], error: unknown): void {
    const [only] = tasks;
    if (only !== undefined && tasks.length === 1) {
      this.#fail(only, error);
      return;
    }
    for (const task of tasks) {
      task.work?.return(NOTHING);
      task.work = undefined;
      task.partway = undefined;
      this.#alone(task);
    }
  }

  /** Answers a task whose last transaction came to nothing, and sees to what earlier ones hold of it. */
  #fail(task: Task, error: unknown): void {
    const { reply, undo } = task.kept ?? {};
    if (undo !== undefined) this.#undos.push(undo);
    if (reply === undefined) task.done(this.#failures.replyTo(error));
    else task.done(reply(this.#failures.refusalOf(error, 'the rest was not written')));
  }
}

/** Notes that what a task did so far is on disk. */
function keep(task: Task): void {
  if (task.work === undefined) return;
  task.committed = true;
  task.kept = task.partway;
}
