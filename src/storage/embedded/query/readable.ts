import type { Environment } from '../disk/environment.ts';
import type { Records } from '../disk/records.ts';

/** Of the parts of the engine those a query works with. */
export interface Readable {
  readonly environment: Environment;
  readonly records: Records;
  /** What time it is. */
  now(): Date;
}
