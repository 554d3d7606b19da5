import type { mongo } from 'mongoose';
import { MINUTE } from '../core/time.ts';
import type { Vault } from '../core/vault.ts';
import type { DialogueState, Matter } from './dialogue/state.ts';
import type { Opened } from './dialogue/store.ts';

/** What the bot says back to one message. */
export interface Reply {
  text: string;
  /** In a group: said to the person alone, and the group sees one neutral line. */
  private: boolean;
  /** In a group: said to everybody as well, before the neutral line. Nothing about anybody. */
  inGroup?: string;
  /** Nobody spoke to the bot: that somebody was answered alone is not told the group. */
  unasked?: true;
}

/** Where a message came from: what is needed to take it up again, and nothing of what it said. */
export interface Origin {
  contact: string;
  room?: string;
  at: Date;
}

/** All that came of a message, written down before anything of it is said. */
export interface Outcome {
  to: { contact: string; room?: string };
  reply?: Reply;
  dialogues: Opened[];
}

/** What a message is about to do, with all that is needed to go on from there after a crash. */
export interface Plan {
  matter: Matter;
  /** Where its dialogue stands once that is done; what is still to be taken up is in it. */
  state: DialogueState;
  /** Whoever wrote the dialogue last when this was decided: another since then has the last word on where it stands. */
  seen?: string;
  /** Of several matters in one message: which this is, from 0. */
  nth: number;
  /** What the matters before it are answered with, and what is said before all of it. */
  said?: Reply;
  preface?: string;
}

/**
 * A message the bot has met. `seen` while it is worked on, `decided` when all that is left is to say the reply, then
 * `answered`. What it said is kept sealed and only until then.
 */
export interface MessageRow {
  _id: string;
  puppet: string;
  state: 'seen' | 'decided' | 'answered';
  seenAt: Date;
  /** Whoever works on it does so until then, and says so again in time while alive. */
  lease: Date;
  /** Its origin, sealed. */
  from?: string;
  /** What is about to be carried out, sealed. */
  plan?: string;
  /** The outcome, sealed. */
  outcome?: string;
}

/** What is known of a message that came in. */
export type Claim =
  | { kind: 'mine'; plan?: Plan; outcome?: Outcome }
  /** In somebody else's hands, who may be dead: see `Book.takeOver`. */
  | { kind: 'elsewhere' }
  /** Answered, or never met. */
  | { kind: 'done' };

/** A message nobody brought to its end in time. */
export interface Overdue {
  key: string;
  contact: string;
  at: Date;
  /** Something came of it, and this was to be said, if anything. */
  outcome?: Pick<Outcome, 'reply'>;
}

/** Which messages were met and what came of them: the same id twice is one effect and one reply, across restarts too. */
export interface Book {
  /** Takes a message in hand, at once. `known` takes it only when it was met before (an old message nobody finished). */
  claim(key: string, origin: Origin, known: boolean): Promise<Claim>;
  /** Waits until a message is done, or its holder dead for long enough to take it from him: never `elsewhere`. */
  takeOver(key: string): Promise<Claim>;
  /** Writes down what is about to be carried out, so that it is this again and nothing else after a crash. */
  plan(key: string, plan: Plan): Promise<void>;
  decide(key: string, outcome: Outcome): Promise<void>;
  answered(key: string): Promise<void>;
  /** Lets go of a message that could not be finished, for whoever meets it next. */
  release(key: string): Promise<void>;
  /** Its sender was told that nothing came of it; only what was decided already is still carried out. */
  giveUp(key: string): Promise<void>;
  /** Messages met lately that nobody works on any more and nothing was decided about. */
  unfinished(): Promise<{ key: string; origin: Origin }[]>;
  /** Messages decided lately whose reply nobody said; each is in hand afterwards. */
  unsaid(): Promise<{ key: string; outcome: Outcome }[]>;
  /** Messages of longer ago whose reply nobody said, or that nobody finished; each is in hand afterwards. */
  overdue(): Promise<Overdue[]>;
  close(): Promise<void>;
}

/** A crashed process holds a message no longer than this. */
export const LEASE_MS = 10_000;
/** A reply older than this would only confuse in the chat: it goes to the inbox. */
const UNSAID_MS = 10 * MINUTE;
const AT_ONCE = 200;
const POLL_MS = 250;
const DUPLICATE = 11000;
/** What is kept of a message only until it is answered. */
const OVER = { from: '', plan: '', outcome: '' } as const;

export interface BookParts {
  rows: mongo.Collection<MessageRow>;
  vault: Vault;
  puppet: string;
  now: () => Date;
  sleep: (ms: number) => Promise<void>;
  /** Told when a lease could not be renewed, or a text not be opened. */
  onTrouble: (error: unknown) => void;
}

export function messageBook({ rows, vault, puppet, now, sleep, onTrouble }: BookParts): Book {
  const held = new Set<string>();
  /** Asked for and not yet held: what another holds must not be renewed for him. */
  const asked = new Set<string>();
  const leaseEnd = () => new Date(now().getTime() + LEASE_MS);
  const seal = (value: unknown) => vault.seal(JSON.stringify(value));

  /** What was sealed; one text that cannot be opened must not stand in the way of the others. */
  function opened<T>(sealed: string | undefined): T | undefined {
    if (sealed === undefined) return undefined;
    try {
      return JSON.parse(vault.open(sealed)) as T;
    } catch (error) {
      onTrouble(error);
      return undefined;
    }
  }

  const renewing = setInterval(() => {
    if (held.size === 0) return;
    rows.updateMany({ _id: { $in: [...held] } }, { $set: { lease: leaseEnd() } }).catch(onTrouble);
  }, LEASE_MS / 3);
  renewing.unref();

  async function insert(key: string, origin: Origin): Promise<boolean> {
    try {
      await rows.insertOne({ _id: key, puppet, state: 'seen', seenAt: now(), lease: leaseEnd(), from: seal(origin) });
      return true;
    } catch (error) {
      if ((error as { code?: unknown }).code === DUPLICATE) return false;
      throw error;
    }
  }

  /** Takes a message that was met before, unless somebody alive is at it. */
  async function takeUp(key: string): Promise<Claim> {
    const row = await rows.findOneAndUpdate(
      { _id: key, state: { $ne: 'answered' }, lease: { $lte: now() } },
      { $set: { lease: leaseEnd() } },
      { returnDocument: 'after' },
    );
    if (row) {
      const plan = opened<Plan>(row.plan);
      const outcome = opened<Outcome>(row.outcome);
      return { kind: 'mine', ...(plan ? { plan } : {}), ...(outcome ? { outcome } : {}) };
    }
    const other = await rows.findOne({ _id: key }, { projection: { state: 1 } });
    return { kind: !other || other.state === 'answered' ? 'done' : 'elsewhere' };
  }

  async function takeOver(key: string): Promise<Claim> {
    for (let waited = 0; waited <= LEASE_MS + POLL_MS; waited += POLL_MS) {
      const taken = await takeUp(key);
      if (taken.kind !== 'elsewhere') return taken;
      await sleep(POLL_MS);
    }
    return { kind: 'done' };
  }

  async function set(key: string, change: mongo.UpdateFilter<MessageRow>): Promise<void> {
    await rows.updateOne({ _id: key }, change);
  }

  async function holding(key: string, take: () => Promise<Claim>): Promise<Claim> {
    if (held.has(key) || asked.has(key)) return { kind: 'done' };
    asked.add(key);
    try {
      const taken = await take();
      if (taken.kind === 'mine') held.add(key);
      return taken;
    } finally {
      asked.delete(key);
    }
  }

  /** Messages in nobody's hands, oldest first: those met in the last minutes, or those met before. */
  function left(states: MessageRow['state'][], when: 'lately' | 'before'): Promise<MessageRow[]> {
    const since = new Date(now().getTime() - UNSAID_MS);
    return rows
      .find({
        puppet,
        state: { $in: states },
        seenAt: when === 'lately' ? { $gte: since } : { $lt: since },
        lease: { $lte: now() },
      })
      .sort({ seenAt: 1 })
      .limit(AT_ONCE)
      .toArray();
  }

  return {
    claim: (key, origin, known) =>
      holding(key, async () => (!known && (await insert(key, origin)) ? { kind: 'mine' } : takeUp(key))),
    takeOver: (key) => holding(key, () => takeOver(key)),
    plan: (key, plan) => set(key, { $set: { plan: seal(plan) } }),
    decide: (key, outcome) => set(key, { $set: { state: 'decided', outcome: seal(outcome) }, $unset: { plan: '' } }),
    async answered(key) {
      await set(key, { $set: { state: 'answered' }, $unset: OVER });
      held.delete(key);
    },
    async release(key) {
      held.delete(key);
      await set(key, { $set: { lease: now() } });
    },
    async giveUp(key) {
      const undecided = { _id: key, state: 'seen' as const, plan: { $exists: false } };
      await rows.updateOne(undecided, { $set: { state: 'answered' }, $unset: OVER });
    },
    async unfinished() {
      const found = await left(['seen'], 'lately');
      return found.flatMap(({ _id, from }) => {
        const origin = opened<Origin>(from);
        return origin ? [{ key: _id, origin: { ...origin, at: new Date(origin.at) } }] : [];
      });
    },
    async unsaid() {
      const mine: { key: string; outcome: Outcome }[] = [];
      for (const { _id } of await left(['decided'], 'lately')) {
        const taken = await holding(_id, () => takeUp(_id));
        if (taken.kind === 'mine' && taken.outcome) mine.push({ key: _id, outcome: taken.outcome });
      }
      return mine;
    },
    async overdue() {
      const mine: Overdue[] = [];
      for (const { _id, from, seenAt } of await left(['seen', 'decided'], 'before')) {
        const taken = await holding(_id, () => takeUp(_id));
        if (taken.kind !== 'mine') continue;
        const { outcome } = taken;
        const contact = outcome?.to.contact ?? opened<Origin>(from)?.contact ?? '';
        mine.push({ key: _id, contact, at: seenAt, ...(outcome ? { outcome } : {}) });
      }
      return mine;
    },
    async close() {
      clearInterval(renewing);
      if (held.size > 0) await rows.updateMany({ _id: { $in: [...held] } }, { $set: { lease: now() } });
      held.clear();
    },
  };
}
