/** Below this many entries sweeping is not worth its time. */
const FEW = 1_024;

/**
 * A map whose entries lapse. It runs on the monotonic clock: a moved civil clock must neither free nor freeze anything.
 * Lapsed entries are swept whenever the map has doubled, so it stays within twice what is alive.
 */
export class Expiring<V> {
  readonly #entries = new Map<string, { value: V; endsAt: number }>();
  #sweepAt = FEW;

  get(key: string): V | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined || entry.endsAt > performance.now()) return entry?.value;
    this.#entries.delete(key);
    return undefined;
  }

  set(key: string, value: V, ttlMs: number): void {
    this.#entries.set(key, { value, endsAt: performance.now() + ttlMs });
    if (this.#entries.size >= this.#sweepAt) this.#sweep();
  }

  delete(key: string): void {
    this.#entries.delete(key);
  }

  get size(): number {
    return this.#entries.size;
  }

  #sweep(): void {
    const now = performance.now();
    for (const [key, { endsAt }] of this.#entries) if (endsAt <= now) this.#entries.delete(key);
    this.#sweepAt = Math.max(FEW, this.#entries.size * 2);
  }
}
