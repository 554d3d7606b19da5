/** What dropped collections and indexes left behind: remembered in `meta`, removed piece by piece. */
import type { Environment } from './environment.ts';
import { idOfMetaKey, MetaKind, metaKey, prefixOf, rangeOfKind } from './keys.ts';

const RECORDS = 'r';
const ENTRIES = 'e';

/** The remains of what was dropped. All changing methods run inside a transaction of the environment. */
export class Dropped {
  readonly #environment: Environment;

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  /** Remembers that the records of a collection are to be removed. */
  addRecords(id: number): void {
    this.#environment.meta.putSync(metaKey(MetaKind.dropped, id), Buffer.from(RECORDS));
  }

  /** Remembers that the entries of an index are to be removed. */
  addEntries(id: number): void {
    this.#environment.meta.putSync(metaKey(MetaKind.dropped, id), Buffer.from(ENTRIES));
  }

  /** The numbers of the collections and indexes of which something may be left. */
  ids(): number[] {
    return [...this.#all()].map(({ key }) => idOfMetaKey(key));
  }

  /** Whether anything waits for its removal. */
  any(): boolean {
    for (const _ of this.#all()) return true;
    return false;
  }

  /** Removes up to `most` records or entries. Returns whether something is left. */
  removeSome(most: number): boolean {
    const { records, entries, meta } = this.#environment;
    let left = most;
    for (const { key, value } of [...this.#all()]) {
      const id = idOfMetaKey(key);
      const table = value.toString() === RECORDS ? records : entries;
      const keys = [...table.getKeys({ start: prefixOf(id), end: prefixOf(id + 1), limit: left })];
      for (const one of keys) table.removeSync(one);
      left -= keys.length;
      if (left <= 0) return true;
      meta.removeSync(key);
    }
    return false;
  }

  #all() {
    return this.#environment.meta.getRange(rangeOfKind(MetaKind.dropped));
  }
}
