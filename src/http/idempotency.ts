import { createHash } from 'node:crypto';
import { HaolinError, keyReused } from '../core/errors.ts';
import type { House } from '../core/house.ts';
import { HOUR } from '../core/time.ts';
import { malformed, requestInProgress } from './errors.ts';
import { describeError } from './failures.ts';
import { sentences } from './messages.ts';

/** An answer as it is sent and, under a key, kept. */
export interface Answer {
  status: number;
  text: string;
}

/** A request made under a key. */
export interface Keyed {
  actor: string;
  key: string;
  /** What of the request must be the same the next time. */
  fingerprint: string;
}

/** `Idempotency-Key` as the IETF draft has it: the same request under the same key takes effect once. */
export interface Idempotency {
  /**
   * Runs `work` unless the key has its answer already.
   * @param work answers `undefined` when its answer cannot be kept (a file, say)
   * @param failed the answer to keep for an error `work` throws
   * @throws HaolinError request_in_progress, idempotency_key_reused, or what `work` throws
   */
  once(
    request: Keyed,
    work: () => Promise<Answer | undefined>,
    failed: (error: HaolinError) => Answer,
  ): Promise<{ answer: Answer | undefined; replayed: boolean }>;
}

interface Kept {
  _id: string;
  fingerprint: string;
  /** While it is under way: until when nobody else may try. */
  lease?: Date;
  status?: number;
  text?: string;
  expiresAt: Date;
}

const KEY = /^[\x21-\x7e]{1,200}$/;
const KEPT_MS = 24 * HOUR;
/** Short, since the lifecycle engine recognises the key too: a second try after a crash repeats, it does not double. */
const LEASE_MS = 30_000;

/** Whether a refusal is the business's last word. One that the same people may put right and send again is not kept. */
const isLastWord = (status: number) => status < 500 && ![400, 401, 403, 408, 413, 415, 429].includes(status);

/** Checks the header. @throws HaolinError malformed_request */
export function readKey(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined;
  if (typeof header !== 'string' || !KEY.test(header)) throw malformed(sentences.badKey);
  return header;
}

/** Digest of all that makes a request the same request. */
export function fingerprintOf(method: string, url: string, body: string | Buffer): string {
  return createHash('sha256').update(`${method}\n${url}\n`).update(body).digest('base64url');
}

/** Keeps answers in the house's database, so that any process recognises a key. */
export function openIdempotency({ db, clock, log }: House): Idempotency {
  const records = db.collection<Kept>('idempotency');
  let indexed: Promise<unknown> | undefined;

  /** Answers can run out only once the index is there; made when the first key is seen, again if that failed. */
  function ready(): Promise<unknown> {
    indexed ??= records.createIndex({ expiresAt: 1 }, { expireAfterSeconds: 0 }).catch((error: unknown) => {
      indexed = undefined;
      throw error;
    });
    return indexed;
  }

  /** Takes the key for this request until the lease, or returns what is known under it. */
  async function take(id: string, fingerprint: string): Promise<{ lease: Date } | { known: Kept }> {
    await ready();
    const now = clock.now();
    const lease = new Date(now.getTime() + LEASE_MS);
    const fresh = { fingerprint, lease, expiresAt: new Date(now.getTime() + KEPT_MS) };
    try {
      await records.insertOne({ _id: id, ...fresh });
      return { lease };
    } catch (error) {
      if ((error as { code?: unknown }).code !== 11000) throw error;
    }
    const known = await records.findOne({ _id: id });
    if (known && known.expiresAt > now) {
      if (known.fingerprint !== fingerprint) throw keyReused();
      if (known.status !== undefined) return { known };
      if (known.lease && known.lease > now) throw requestInProgress(1);
    }
    // It ran out, or whoever had it died: one of those who see that goes on.
    const mine = known && (await records.replaceOne({ _id: id, expiresAt: known.expiresAt, ...leaseOf(known) }, fresh));
    if (!mine?.modifiedCount) throw requestInProgress(1);
    return { lease };
  }

  async function keep(id: string, lease: Date, answer: Answer): Promise<void> {
    await records
      .updateOne({ _id: id, lease }, { $set: { status: answer.status, text: answer.text }, $unset: { lease: '' } })
      // It has taken effect: the person is told so, and a repeat is still recognised by the engine.
      .catch((error: unknown) => log.warn({ err: describeError(error) }, 'an answer could not be kept'));
  }

  async function release(id: string, lease: Date): Promise<void> {
    await records
      .deleteOne({ _id: id, lease })
      .catch((error: unknown) => log.warn({ err: describeError(error) }, 'a key could not be released'));
  }

  return {
    async once({ actor, key, fingerprint }, work, failed) {
      const id = `${actor}:${key}`;
      const taken = await take(id, fingerprint);
      if ('known' in taken) {
        const { status = 200, text = '' } = taken.known;
        return { answer: { status, text }, replayed: true };
      }
      const { lease } = taken;
      try {
        const answer = await work();
        if (answer) await keep(id, lease, answer);
        else await release(id, lease);
        return { answer, replayed: false };
      } catch (error) {
        if (error instanceof HaolinError && isLastWord(error.status)) await keep(id, lease, failed(error));
        else await release(id, lease);
        throw error;
      }
    },
  };
}

/** Matches the record only as it was seen. */
function leaseOf(known: Kept): { lease: Date } | { lease: { $exists: false } } {
  return known.lease ? { lease: known.lease } : { lease: { $exists: false } };
}
