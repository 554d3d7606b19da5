/** What a write that the disk refused is answered with. The transaction it was in came to nothing; reads go on. */
import { getSystemErrorMap } from 'node:util';
import { CommandError } from '../values/errors.ts';

const MAP_FULL = -30792;

/**
 * MongoDB's refusal for an error of LMDB's or of the file system; undefined when the error is none of the disk's.
 * `stored` says what was written all the same, as the beginning of a sentence.
 */
export function writeFailure(error: unknown, stored: string): CommandError | undefined {
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
