import { vi } from 'vitest';

/** Waits until something holds, as long as a busy machine may take. @throws Error when it never does */
export const until = (holds: () => unknown): Promise<unknown> => vi.waitUntil(holds, { timeout: 40_000, interval: 20 });
