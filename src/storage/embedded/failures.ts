/** What is answered to a command that failed, and to a write that the disk refused. */
import { getSystemErrorMap } from 'node:util';
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

const MAP_FULL = -30792;

/**
 * MongoDB's refusal for an error of LMDB's or of the file system; undefined when the error is none of the disk's.
 * `stored` says what was written all the same, as the beginning of a sentence.
 */
function writeFailure(error: unknown, stored: string): CommandError | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, message } = error as { code?: unknown; message: string };
  if (code === MAP_FULL) return full(stored, message);
  switch (typeof code === 'number' ? getSystemErrorMap().get(-code)?.[0] : code) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
    // LMDB's word for a write of which only a part was done, as happens when the disk becomes full in the middle of it.
    case 'EIO':
      return full(stored, message);
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return new CommandError(96, 'OperationFailed', `${stored}, the store's disk does not let it write: ${message}`);
    default:
      return undefined;
  }
}

function full(stored: string, message: string): CommandError {
  return new CommandError(
    14031,
    'OutOfDiskSpace',
    `${stored}, the store's disk is full or failing: ${message}; free some space and write again`,
  );
}
