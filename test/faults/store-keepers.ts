/** Writers that each keep documents of their own in one collection, in every way a document can be written. */
import { type Collection, type Db, MongoBulkWriteError } from 'mongodb';
import { Book, type Kept, type Next } from './store-book.ts';
import { chance, pick, Tally, upTo, type Writers } from './store-writers.ts';

const STATES = ['published', 'claimed', 'done'];
/** Beyond this many documents a writer removes its oldest. */
const MOST = 120;

interface Wish extends Kept {
  writer: string;
  email: string;
  area: string;
  state: string;
  number: number;
  tags: string[];
  title: string;
  at: Date;
}

class Keeper {
  readonly book = new Book<Wish>();
  readonly name: string;
  /** The documents of each ordered insert under way, in order. */
  readonly batches: string[][] = [];
  #last = 0;

  constructor(name: string) {
    this.name = name;
  }

  #wish(): Wish {
    this.#last += 1;
    const id = `${this.name}-${this.#last}`;
    return { _id: id, writer: this.name, email: `${id}@example.cn`, ...this.#fields() };
  }

  #fields() {
    return {
      area: `a${upTo(10)}`,
      state: pick(STATES),
      number: upTo(1000),
      tags: Array.from({ length: upTo(5) }, () => `t${upTo(20)}`),
      // Some too long for an index key, some so long that they lie on pages of their own.
      title: 'x'.repeat(chance(0.03) ? 3000 + upTo(60_000) : upTo(300)),
      at: new Date(upTo(1e12)),
    };
  }

  #own(where: (wish: Wish) => boolean = () => true): Wish[] {
    return [...this.book.ids()].map((id) => this.book.get(id) as Wish).filter(where);
  }

  /** One write, acknowledged when it returns. */
  async write(wishes: Collection<Wish>): Promise<void> {
    const own = this.#own();
    if (own.length > MOST) return this.#removeOldest(wishes, own);
    if (own.length < 5) return this.#insertMany(wishes);
    const wish = pick(own);
    const ways = [
      () => this.#insert(wishes),
      () => this.#insertMany(wishes),
      () => this.#insertTaken(wishes, wish),
      () => this.#update(wishes, wish),
      () => this.#update(wishes, wish),
      () => this.#replace(wishes, wish),
      () => this.#modify(wishes, wish),
      () => this.#updateMany(wishes, wish.area),
      () => this.#remove(wishes, wish),
      () => this.#removeMany(wishes, wish.area),
      () => this.#mixed(wishes, wish, pick(own.filter((other) => other !== wish))),
    ];
    return pick(ways)();
  }

  async #insert(wishes: Collection<Wish>): Promise<void> {
    const wish = this.#wish();
    await this.book.change(new Map([[wish._id, wish]]), () => wishes.insertOne(wish));
  }

  async #insertMany(wishes: Collection<Wish>): Promise<void> {
    const many = Array.from({ length: 5 + upTo(40) }, () => this.#wish());
    this.batches.push(many.map(({ _id }) => _id));
    await this.book.change(new Map(many.map((one) => [one._id, one])), () => wishes.insertMany(many));
    this.batches.pop();
  }

  /** One of the new documents has another's unique key: it is refused, its neighbours are stored. */
  async #insertTaken(wishes: Collection<Wish>, { email }: Wish): Promise<void> {
    const [first, second, third] = [this.#wish(), { ...this.#wish(), email }, this.#wish()];
    const stored = new Map([first, third].map((one) => [one._id, one]));
    await this.book.change(stored, async () => {
      const refused = await wishes.insertMany([first, second, third], { ordered: false }).then(
        () => undefined,
        (error: unknown) => error,
      );
      if (!(refused instanceof MongoBulkWriteError) || refused.code !== 11000) throw refused ?? new Error('no E11000');
    });
  }

  async #update(wishes: Collection<Wish>, wish: Wish): Promise<void> {
    const { area, state, tags, title } = this.#fields();
    const next = { ...wish, area, state, tags, title, number: wish.number + 1 };
    await this.book.change(new Map([[wish._id, next]]), () =>
      wishes.updateOne({ _id: wish._id }, { $set: { area, state, tags, title }, $inc: { number: 1 } }),
    );
  }

  async #replace(wishes: Collection<Wish>, wish: Wish): Promise<void> {
    const { _id, ...rest } = { ...wish, ...this.#fields() };
    await this.book.change(new Map([[_id, { _id, ...rest }]]), () => wishes.replaceOne({ _id }, rest));
  }

  async #modify(wishes: Collection<Wish>, wish: Wish): Promise<void> {
    const state = pick(STATES);
    const next = { ...wish, state, tags: [...wish.tags, 'new'] };
    await this.book.change(new Map([[wish._id, next]]), () =>
      wishes.findOneAndUpdate({ _id: wish._id, number: wish.number }, { $set: { state }, $push: { tags: 'new' } }),
    );
  }

  async #updateMany(wishes: Collection<Wish>, area: string): Promise<void> {
    const state = pick(STATES);
    const next = this.#own((wish) => wish.area === area).map((wish): [string, Next<Wish>] => [
      wish._id,
      { ...wish, state, number: wish.number + 1 },
    ]);
    await this.book.change(new Map(next), () =>
      wishes.updateMany({ writer: this.name, area }, { $set: { state }, $inc: { number: 1 } }),
    );
  }

  async #remove(wishes: Collection<Wish>, { _id }: Wish): Promise<void> {
    await this.book.change(new Map([[_id, undefined]]), () => wishes.deleteOne({ _id }));
  }

  async #removeMany(wishes: Collection<Wish>, area: string): Promise<void> {
    const gone = this.#own((wish) => wish.area === area).map((wish): [string, Next<Wish>] => [wish._id, undefined]);
    await this.book.change(new Map(gone), () => wishes.deleteMany({ writer: this.name, area }));
  }

  async #removeOldest(wishes: Collection<Wish>, own: Wish[]): Promise<void> {
    const ids = own.slice(0, MOST / 2).map(({ _id }) => _id);
    await this.book.change(new Map(ids.map((id) => [id, undefined])), () => wishes.deleteMany({ _id: { $in: ids } }));
  }

  async #mixed(wishes: Collection<Wish>, updated: Wish, removed: Wish): Promise<void> {
    const made = this.#wish();
    const { area, tags } = this.#fields();
    const states = new Map<string, Next<Wish>>([
      [made._id, made],
      [updated._id, { ...updated, area, tags }],
      [removed._id, undefined],
    ]);
    await this.book.change(states, () =>
      wishes.bulkWrite([
        { insertOne: { document: made } },
        { updateOne: { filter: { _id: updated._id }, update: { $set: { area, tags } } } },
        { deleteOne: { filter: { _id: removed._id } } },
      ]),
    );
  }
}

/** Several keepers at once. */
export class Keepers implements Writers {
  readonly tally = new Tally();
  readonly #keepers: readonly Keeper[];

  constructor(count: number) {
    this.#keepers = Array.from({ length: count }, (_, n) => new Keeper(`k${n}`));
  }

  async prepare(db: Db): Promise<void> {
    await db
      .collection('wishes')
      .createIndexes([
        { key: { email: 1 }, unique: true },
        { key: { area: 1, state: 1, at: -1 } },
        { key: { tags: 1 } },
        { key: { title: 1 } },
        { key: { number: 1 }, partialFilterExpression: { state: 'done' } },
      ]);
  }

  start(db: Db, going: () => boolean): Promise<void>[] {
    const wishes = db.collection<Wish>('wishes');
    return this.#keepers.map((keeper) => this.tally.repeat(going, () => keeper.write(wishes)));
  }

  async verify(db: Db): Promise<string[]> {
    const found = await db.collection<Wish>('wishes').find().toArray();
    return this.#keepers.flatMap((keeper) => {
      const own = found.filter(({ writer }) => writer === keeper.name);
      const there = new Set(own.map(({ _id }) => _id));
      // What was stored of an ordered insert is its beginning.
      const torn = keeper.batches.splice(0).filter((ids) => {
        const stored = ids.filter((id) => there.has(id)).length;
        return ids.slice(0, stored).some((id) => !there.has(id));
      });
      return [...keeper.book.compare(own), ...torn.map((ids) => `an ordered insert is stored with gaps: ${ids}`)];
    });
  }

  /** Changes that were under way at a kill, by what became of them. */
  get cutOff(): { done: number; undone: number } {
    return this.#keepers.reduce(
      (sum, { book }) => ({ done: sum.done + book.cutOff.done, undone: sum.undone + book.cutOff.undone }),
      { done: 0, undone: 0 },
    );
  }

  get documents(): number {
    return this.#keepers.reduce((sum, { book }) => sum + book.size, 0);
  }
}
