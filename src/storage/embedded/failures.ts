/** What is answered to a command that failed. */
import { writeFailure } from './disk/write-failure.ts';
import { errorReply } from './reply.ts';
import { CommandError } from './values/errors.ts';

/** Tells clients what failed, and `report` what should not have. */
export class Failures {
  readonly #report: (error: unknown) => void;
  /** Whether the disk refused the last write. */
  #refused = false;

  constructor(report: (error: unknown) => void) {
    this.#report = report;
  }

  /** Whether it was the disk that refused. */
  byDisk(error: unknown): boolean {
    return writeFailure(error, '') !== undefined;
  }

  /** The refusal for any error; `stored` says how a refusal by the disk begins. */
  refusalOf(error: unknown, stored = 'nothing was written'): CommandError {
    if (error instanceof CommandError) return error;
    const failure = writeFailure(error, stored);
    if (failure === undefined) {
      this.#report(error);
      return new CommandError(1, 'InternalError', error instanceof Error ? error.message : String(error));
    }
    // Said once, not for every write of a day.
    if (!this.#refused) this.#report(failure.message);
    this.#refused = true;
    return failure;
  }

  /** The reply for any error. */
  replyTo(error: unknown): Uint8Array {
    return errorReply(this.refusalOf(error));
  }

  /** A write succeeded: should the disk refuse one again, that is said anew. */
  over(): void {
    this.#refused = false;
  }
}
