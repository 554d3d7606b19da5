/** Writers that race for the same thing: a unique key, or the next version of one document. */
import { randomUUID } from 'node:crypto';
import { type Collection, type Db, MongoServerError } from 'mongodb';
import { pick, Tally, type Writers } from './store-writers.ts';

interface Slot {
  _id: string;
  slot: number;
}

/** Several insert the same unique key: one wins, the others are refused because someone has it. */
export class SlotRacers implements Writers {
  readonly tally = new Tally();
  readonly #count: number;
  readonly #won = new Map<number, string>();
  readonly #taken = new Set<number>();
  #next = 0;

  constructor(count: number) {
    this.#count = count;
  }

  async prepare(db: Db): Promise<void> {
    await db.collection('slots').createIndex({ slot: 1 }, { unique: true });
  }

  start(db: Db, going: () => boolean): Promise<void>[] {
    const slots = db.collection<Slot>('slots');
    return Array.from({ length: this.#count }, () => this.tally.repeat(going, () => this.#race(slots)));
  }

  async #race(slots: Collection<Slot>): Promise<void> {
    const slot = this.#next;
    const _id = randomUUID();
    try {
      await slots.insertOne({ _id, slot });
      this.#won.set(slot, _id);
    } catch (error) {
      if (!(error instanceof MongoServerError) || error.code !== 11000) throw error;
      this.#taken.add(slot);
    }
    this.#next = Math.max(this.#next, slot + 1);
  }

  async verify(db: Db): Promise<string[]> {
    const slots = db.collection<Slot>('slots');
    const wrong: string[] = [];
    const holders = new Map<number, string>();
    for (const { _id, slot } of await slots.find().toArray()) {
      if (holders.has(slot)) wrong.push(`slot ${slot} is held twice`);
      holders.set(slot, _id);
    }
    for (const [slot, id] of this.#won) {
      if (holders.get(slot) !== id) wrong.push(`slot ${slot} was won by ${id} and is held by ${holders.get(slot)}`);
    }
    for (const slot of this.#taken) {
      if (!holders.has(slot)) wrong.push(`slot ${slot} was refused as taken and nobody holds it`);
    }
    this.#won.clear();
    this.#taken.clear();
    await slots.deleteMany({});
    return wrong;
  }
}

interface Versioned {
  _id: string;
  version: number;
  state: string;
  history: string[];
}

const STATES = ['open', 'held', 'shut'];

/** Several change the same documents, each guarded by the version it has read. */
export class VersionRacers implements Writers {
  readonly tally = new Tally();
  readonly #count: number;
  readonly #ids: readonly string[];
  #won: { id: string; version: number; token: string }[] = [];
  #asked = new Set<string>();

  constructor(count: number, documents: number) {
    this.#count = count;
    this.#ids = Array.from({ length: documents }, (_, n) => `v${n}`);
  }

  async prepare(db: Db): Promise<void> {
    await db.collection('versions').createIndex({ state: 1, version: 1 });
    await this.#fresh(db);
  }

  async #fresh(db: Db): Promise<void> {
    const versions = db.collection<Versioned>('versions');
    await versions.deleteMany({});
    await versions.insertMany(this.#ids.map((_id) => ({ _id, version: 0, state: 'open', history: [] })));
  }

  start(db: Db, going: () => boolean): Promise<void>[] {
    const versions = db.collection<Versioned>('versions');
    return Array.from({ length: this.#count }, () => this.tally.repeat(going, () => this.#move(versions)));
  }

  async #move(versions: Collection<Versioned>): Promise<void> {
    const id = pick(this.#ids);
    const version = (await versions.findOne({ _id: id }))?.version ?? -1;
    const token = randomUUID();
    this.#asked.add(token);
    const after = await versions.findOneAndUpdate(
      { _id: id, version },
      { $inc: { version: 1 }, $push: { history: token }, $set: { state: pick(STATES) } },
      { returnDocument: 'after' },
    );
    // Another was first.
    if (after === null) return;
    if (after.version !== version + 1 || after.history[version] !== token)
      this.tally.surprises.push(`version ${version} of ${id} became ${JSON.stringify(after)}`);
    this.#won.push({ id, version: version + 1, token });
  }

  async verify(db: Db): Promise<string[]> {
    const found = await db.collection<Versioned>('versions').find().toArray();
    const byId = new Map(found.map((one) => [one._id, one]));
    const wrong = this.#ids.filter((id) => !byId.has(id)).map((id) => `${id} is gone`);
    for (const { _id, version, history } of found) {
      if (history.length !== version) wrong.push(`${_id} is at version ${version} after ${history.length} changes`);
      if (new Set(history).size !== history.length) wrong.push(`${_id} was changed twice by one request`);
      if (history.some((token) => !this.#asked.has(token))) wrong.push(`${_id} was changed by nobody`);
    }
    for (const { id, version, token } of this.#won) {
      if (byId.get(id)?.history[version - 1] !== token) wrong.push(`version ${version} of ${id} is lost`);
    }
    this.#won = [];
    this.#asked = new Set();
    await this.#fresh(db);
    return wrong;
  }
}
