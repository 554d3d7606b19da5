/** What the running transaction changes, kept so that it can be written once more: see `transact` of the environment. */

/** What can be written to without being noted here again. */
export interface Replayed {
  replay(key: Uint8Array, value: Buffer | undefined): void;
}

interface Change {
  readonly table: Replayed;
  readonly keyAt: number;
  readonly valueAt: number;
  readonly end: number;
  readonly removes: boolean;
}

const USUAL_BYTES = 1 << 16;

/** Keys and values in the order they were put or removed in; copied, as most buffers are written to again at once. */
export class Journal {
  #bytes = Buffer.allocUnsafeSlow(USUAL_BYTES);
  #at = 0;
  #changes: Change[] = [];

  /** Forgets the transaction before. */
  begin(): void {
    this.#changes = [];
    this.#at = 0;
    if (this.#bytes.length > USUAL_BYTES) this.#bytes = Buffer.allocUnsafeSlow(USUAL_BYTES);
  }

  /** @param value none: the key is removed */
  note(table: Replayed, key: Uint8Array, value?: Buffer): void {
    const keyAt = this.#at;
    const valueAt = keyAt + key.length;
    const end = valueAt + (value?.length ?? 0);
    if (end > this.#bytes.length) this.#grow(end);
    this.#bytes.set(key, keyAt);
    if (value !== undefined) this.#bytes.set(value, valueAt);
    this.#at = end;
    this.#changes.push({ table, keyAt, valueAt, end, removes: value === undefined });
  }

  /** Does all of it again. */
  replay(): void {
    for (const { table, keyAt, valueAt, end, removes } of this.#changes) {
      table.replay(this.#bytes.subarray(keyAt, valueAt), removes ? undefined : this.#bytes.subarray(valueAt, end));
    }
  }

  #grow(bytes: number): void {
    const grown = Buffer.allocUnsafeSlow(Math.max(2 * this.#bytes.length, bytes));
    this.#bytes.copy(grown, 0, 0, this.#at);
    this.#bytes = grown;
  }
}
