/** What a write that the disk refused is answered with. The transaction it was in came to nothing; reads go on. */
import { getSystemErrorMap } from 'node:util';
import { CommandError } from '../values/errors.ts';

const MAP_FULL = -30792;

/** MongoDB's refusal for an error of LMDB's; undefined when the error is none of the disk's. */
export function writeFailure(error: unknown): CommandError | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, message } = error as { code?: unknown; message: string };
  if (code === MAP_FULL) return full(message);
  switch (typeof code === 'number' ? getSystemErrorMap().get(-code)?.[0] : undefined) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
    // LMDB's word for a write of which only a part was done, as happens when the disk becomes full in the middle of it.
    case 'EIO':
      return full(message);
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return new CommandError(96, 'OperationFailed', `the store's disk does not let it write: ${message}`);
    default:
      return undefined;
  }
}

function full(message: string): CommandError {
  return new CommandError(
    14031,
    'OutOfDiskSpace',
    `nothing was written, the store's disk is full or failing: ${message}; free some space and write again`,
  );
}
