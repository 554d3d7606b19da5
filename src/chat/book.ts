import type { mongo } from 'mongoose';
import { MINUTE } from '../core/time.ts';
import type { Vault } from '../core/vault.ts';
import type { Matter } from './dialogue/state.ts';
import type { Opened } from './dialogue/store.ts';

/** What the bot says back to one message. */
export interface Reply {
  text: string;
  /** In a group: said to the person alone, and the group sees one neutral line. */
  private: boolean;
}

/** All that came of a message, written down before anything of it is said. */
export interface Outcome {
  to: { contact: string; room?: string };
  reply?: Reply;
  dialogues: Opened[];
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
  /** What is about to be carried out, sealed. */
  plan?: string;
  /** The outcome, sealed. */
  outcome?: string;
}

/** What is known of a message that came in. */
export type Claim =
  | { kind: 'mine'; plan?: Matter; outcome?: Outcome }
  /** Answered, or in somebody else's hands. */
  | { kind: 'done' };

/** Which messages were met and what came of them: the same id twice is one effect and one reply, across restarts too. */
export interface Book {
  /** Takes a message in hand. `known` takes it only when it was met before (an old message nobody finished). */
  claim(key: string, known: boolean): Promise<Claim>;
  /** Writes down what is about to be carried out, so that it is this again and nothing else after a crash. */
  plan(key: string, matter: Matter): Promise<void>;
  decide(key: string, outcome: Outcome): Promise<void>;
  answered(key: string): Promise<void>;
  /** Lets go of a message that could not be finished, for whoever meets it next. */
  release(key: string): Promise<void>;
  /** Messages decided lately whose reply nobody said; each is in hand afterwards. */
  unsaid(): Promise<{ key: string; outcome: Outcome }[]>;
  close(): Promise<void>;
}

/** A crashed process holds a message no longer than this. */
export const LEASE_MS = 10_000;
/** A reply older than this would only confuse. */
const UNSAID_MS = 10 * MINUTE;
const POLL_MS = 250;
const DUPLICATE = 11000;

export interface BookParts {
  rows: mongo.Collection<MessageRow>;
  vault: Vault;
  puppet: string;
  now: () => Date;
  sleep: (ms: number) => Promise<void>;
  /** Told when a lease could not be renewed. */
  onTrouble: (error: unknown) => void;
}

export function messageBook({ rows, vault, puppet, now, sleep, onTrouble }: BookParts): Book {
  const held = new Set<string>();
  const leaseEnd = () => new Date(now().getTime() + LEASE_MS);
  const seal = (value: unknown) => vault.seal(JSON.stringify(value));
  const unseal = <T>(sealed: string) => JSON.parse(vault.open(sealed)) as T;

  const renewing = setInterval(() => {
    if (held.size === 0) return;
    rows.updateMany({ _id: { $in: [...held] } }, { $set: { lease: leaseEnd() } }).catch(onTrouble);
  }, LEASE_MS / 3);
  renewing.unref();

  async function insert(key: string): Promise<boolean> {
    try {
      await rows.insertOne({ _id: key, puppet, state: 'seen', seenAt: now(), lease: leaseEnd() });
      return true;
    } catch (error) {
      if ((error as { code?: unknown }).code === DUPLICATE) return false;
      throw error;
    }
  }

  /** Takes over from whoever died over it; waits while somebody alive is at it. */
  async function takeOver(key: string): Promise<Claim> {
    for (let waited = 0; waited <= LEASE_MS + POLL_MS; waited += POLL_MS) {
      const row = await rows.findOneAndUpdate(
        { _id: key, state: { $ne: 'answered' }, lease: { $lte: now() } },
        { $set: { lease: leaseEnd() } },
        { returnDocument: 'after' },
      );
      if (row) {
        return {
          kind: 'mine',
          ...(row.plan === undefined ? {} : { plan: unseal<Matter>(row.plan) }),
          ...(row.outcome === undefined ? {} : { outcome: unseal<Outcome>(row.outcome) }),
        };
      }
      const other = await rows.findOne({ _id: key }, { projection: { state: 1 } });
      if (!other || other.state === 'answered') return { kind: 'done' };
      await sleep(POLL_MS);
    }
    return { kind: 'done' };
  }

  async function set(key: string, change: mongo.UpdateFilter<MessageRow>): Promise<void> {
    await rows.updateOne({ _id: key }, change);
  }

  return {
    async claim(key, known) {
      if (held.has(key)) return { kind: 'done' };
      held.add(key);
      try {
        if (!known && (await insert(key))) return { kind: 'mine' };
        const claim = await takeOver(key);
        if (claim.kind === 'done') held.delete(key);
        return claim;
      } catch (error) {
        held.delete(key);
        throw error;
      }
    },
    plan: (key, matter) => set(key, { $set: { plan: seal(matter) } }),
    decide: (key, outcome) => set(key, { $set: { state: 'decided', outcome: seal(outcome) }, $unset: { plan: '' } }),
    async answered(key) {
      await set(key, { $set: { state: 'answered' }, $unset: { plan: '', outcome: '' } });
      held.delete(key);
    },
    async release(key) {
      held.delete(key);
      await set(key, { $set: { lease: now() } });
    },
    async unsaid() {
      const since = new Date(now().getTime() - UNSAID_MS);
      const waiting = await rows
        .find({ puppet, state: 'decided', seenAt: { $gte: since }, lease: { $lte: now() } })
        .sort({ seenAt: 1 })
        .limit(200)
        .toArray();
      const mine: { key: string; outcome: Outcome }[] = [];
      for (const row of waiting) {
        const claim = await this.claim(row._id, true);
        if (claim.kind === 'mine' && claim.outcome) mine.push({ key: row._id, outcome: claim.outcome });
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
