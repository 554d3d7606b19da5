import { HaolinError } from '../../core/errors.ts';

/** What must be exact across processes cannot be promised while the Redis is away. */
export const coordinationUnavailable = (cause?: unknown): HaolinError =>
  new HaolinError('coordination_unavailable', 503, '系统正在恢复，请过几秒再试一次。', { cause });
