/** Writers that make and remove indexes and collections beside the others. */
import type { CreateIndexesOptions, Db, IndexSpecification } from 'mongodb';
import { pick, Tally, upTo, type Writers } from './store-writers.ts';

/** Whether something is there: acknowledged, acknowledged to be gone, or under way at the kill. */
class Presence {
  readonly #known = new Map<string, boolean>();
  readonly #pending = new Set<string>();

  async change(name: string, there: boolean, act: () => Promise<unknown>): Promise<void> {
    this.#pending.add(name);
    await act();
    this.#pending.delete(name);
    this.#known.set(name, there);
  }

  /** What is wrong; then forgets all that is gone. Returns what is there, too. */
  compare(found: ReadonlySet<string>): { wrong: string[]; there: string[] } {
    const wrong = [...this.#known]
      .filter(([name, there]) => !this.#pending.has(name) && found.has(name) !== there)
      .map(([name, there]) => `${name} is ${there ? 'gone' : 'still there'}`);
    wrong.push(...[...found].filter((name) => !this.#known.has(name) && !this.#pending.has(name)));
    this.#known.clear();
    this.#pending.clear();
    for (const name of found) this.#known.set(name, true);
    return { wrong, there: [...found] };
  }
}

const SHAPES: readonly [IndexSpecification, CreateIndexesOptions][] = [
  [{ number: -1, tags: 1 }, {}],
  [{ writer: 1, email: 1 }, { unique: true }],
  [{ missing: 1 }, { sparse: true }],
  [{ at: 1 }, { partialFilterExpression: { state: 'claimed' } }],
];

/** Builds an index on the documents of the keepers, and drops it again. */
export class IndexBuilder implements Writers {
  readonly tally = new Tally();
  readonly #indexes = new Presence();
  #left: string[] = [];
  #last = 0;

  async prepare(): Promise<void> {
    // The keepers make the collection.
  }

  start(db: Db, going: () => boolean): Promise<void>[] {
    const wishes = db.collection('wishes');
    const drop = (name: string) => this.#indexes.change(name, false, () => wishes.dropIndex(name));
    return [
      this.tally.repeat(going, async () => {
        const left = this.#left.pop();
        if (left !== undefined) return drop(left);
        this.#last += 1;
        const name = `built${this.#last}`;
        const [key, options] = pick(SHAPES);
        await this.#indexes.change(name, true, () => wishes.createIndex(key, { ...options, name }));
        await drop(name);
      }),
    ];
  }

  async verify(db: Db): Promise<string[]> {
    const indexes = await db.collection('wishes').listIndexes().toArray();
    const names = indexes.map(({ name }) => name as string).filter((name) => name.startsWith('built'));
    const { wrong, there } = this.#indexes.compare(new Set(names));
    this.#left = there;
    return wrong.map((one) => `index ${one}`);
  }
}

const DOCUMENTS = 150;

/** Makes collections, renames them and drops them. */
export class CollectionBuilder implements Writers {
  readonly tally = new Tally();
  readonly #collections = new Presence();
  /** Inserts that were acknowledged, or were followed by something that was. */
  readonly #full = new Set<string>();
  #left: string[] = [];
  #last = 0;

  async prepare(): Promise<void> {
    // Nothing is needed.
  }

  start(db: Db, going: () => boolean): Promise<void>[] {
    const drop = (name: string) => this.#collections.change(name, false, () => db.dropCollection(name));
    return [
      this.tally.repeat(going, async () => {
        const left = this.#left.pop();
        if (left !== undefined) return drop(left);
        this.#last += 1;
        const name = `temp${this.#last}`;
        const documents = Array.from({ length: DOCUMENTS }, (_, n) => ({ n, area: `a${upTo(5)}` }));
        await this.#collections.change(name, true, () => db.collection(name).createIndex({ area: 1 }));
        await db.collection(name).insertMany(documents);
        this.#full.add(name);
        const renamed = `temp-renamed${this.#last}`;
        this.#full.add(renamed);
        await this.#collections.change(renamed, true, () =>
          this.#collections.change(name, false, () => db.renameCollection(name, renamed)),
        );
        await drop(renamed);
      }),
    ];
  }

  async verify(db: Db): Promise<string[]> {
    const collections = await db.listCollections({}, { nameOnly: true }).toArray();
    const names = new Set(collections.map(({ name }) => name).filter((name) => name.startsWith('temp')));
    const { wrong, there } = this.#collections.compare(names);
    for (const name of there) {
      const count = await db.collection(name).countDocuments();
      if (this.#full.has(name) ? count !== DOCUMENTS : count > DOCUMENTS) wrong.push(`${name} has ${count} documents`);
      const twin = name.replace('temp-renamed', 'temp');
      if (twin !== name && names.has(twin)) wrong.push(`${twin} is there under both its names`);
    }
    this.#full.clear();
    this.#left = there;
    return wrong.map((one) => `collection ${one}`);
  }
}
