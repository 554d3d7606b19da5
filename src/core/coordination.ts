/** What several processes of one house share besides the database. Implemented on Redis and in-process by `storage/`. */
export interface Coordination {
  /**
   * Runs `work` while holding `name`, at most one holder anywhere at a time.
   * @param ttlMs how long the hold survives its holder's death; renewed while `work` runs
   * @returns what `work` returns, or `undefined` when another holds it
   */
  lock<T>(name: string, ttlMs: number, work: () => Promise<T>): Promise<T | undefined>;
  /** Takes one of `points` per `seconds` for `key`; `retryAfterMs` is 0 when it was granted. */
  take(key: string, points: number, seconds: number): Promise<{ retryAfterMs: number; remaining: number }>;
  /** True the first time `key` is seen within `ttlMs`, false afterwards, however many processes ask. */
  once(key: string, ttlMs: number): Promise<boolean>;
  /** Forgets a key remembered by `once`, so that it may happen again. */
  forget(key: string): Promise<void>;
  /** Sends a JSON-able message to every subscriber of `topic` in every process. */
  publish(topic: string, message: unknown): Promise<void>;
  /** Calls `listener` for every message on `topic` until the returned function is called. */
  subscribe(topic: string, listener: (message: unknown) => void): Promise<() => Promise<void>>;
  /** A shared token (an access token of WeChat, say): read, or fetched once by one process and kept for `ttlMs`. */
  token(name: string, fetch: () => Promise<{ value: string; ttlMs: number }>): Promise<string>;
  /** Forgets a token that was refused, so that the next call fetches a new one. */
  dropToken(name: string): Promise<void>;
  /** Whether the other side answers. */
  healthy(): Promise<boolean>;
  close(): Promise<void>;
}
