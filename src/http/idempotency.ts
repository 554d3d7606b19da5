import { createHash, randomUUID } from 'node:crypto';
import { HaolinError, keyReused } from '../core/errors.ts';
import type { House } from '../core/house.ts';
import { isDuplicate } from '../core/insert.ts';
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
  /** Whether its answer is kept for a repeat, which otherwise runs again. */
  keeps: boolean;
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
  /** While it is under way: who answers it, and until when nobody else may try. */
  holder?: string;
  lease?: Date;
  status?: number;
  /** The answer's text under seal: it may say of somebody what the rest of the store does not. */
  sealed?: string;
  expiresAt: Date;
}

const KEY = /^[\x21-\x7e]{1,200}$/;
const KEPT_MS = 24 * HOUR;
/** Renewed while its holder lives. Short, since the lifecycle engine recognises the key too: a second try after a crash repeats, it does not double. */
const LEASE_MS = 30_000;

/**
 * Whether a refusal is the business's last word. One that the same people may put right and send again is not kept, nor
 * one that says itself when to come back.
 */
const isLastWord = ({ status, retryAfterSeconds }: HaolinError) =>
  status < 500 && retryAfterSeconds === undefined && ![400, 401, 403, 408, 413, 415, 429].includes(status);

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
export function openIdempotency({ db, clock, log, vault }: House): Idempotency {
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

  const leaseFrom = (now: Date) => new Date(now.getTime() + LEASE_MS);

  /** Takes the key for this request until the lease, or returns the answer known under it. */
  async function take(id: string, request: Keyed): Promise<{ holder: string } | { known: Answer }> {
    const { keeps } = request;
    // Keyed: a body of few words (for, against) could be guessed from a plain digest of it.
    const fingerprint = vault.fingerprint(`request\n${request.fingerprint}`);
    await ready();
    const now = clock.now();
    const holder = randomUUID();
    const fresh = { fingerprint, holder, lease: leaseFrom(now), expiresAt: new Date(now.getTime() + KEPT_MS) };
    try {
      await records.insertOne({ _id: id, ...fresh });
      return { holder };
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
    const known = await records.findOne({ _id: id });
    if (known && known.expiresAt > now) {
      if (known.fingerprint !== fingerprint) throw keyReused();
      if (keeps && known.status !== undefined) return { known: answerIn(known.status, known.sealed) };
      if (known.lease && known.lease > now) throw requestInProgress(1);
    }
    // It ran out, its answer is not kept, or whoever had it died: one of those who see that goes on.
    const mine = known && (await records.replaceOne({ _id: id, expiresAt: known.expiresAt, ...leaseOf(known) }, fresh));
    if (!mine?.modifiedCount) throw requestInProgress(1);
    return { holder };
  }

  const answerIn = (status: number, sealed: string | undefined): Answer => ({
    status,
    text: sealed === undefined ? '' : vault.open(sealed),
  });

  /** Ends the holding: with the answer for those who repeat it, or with no more than that it was answered. */
  async function settle(id: string, holder: string, answer: Answer | undefined): Promise<void> {
    const kept = answer && {
      status: answer.status,
      ...(answer.text === '' ? {} : { sealed: vault.seal(answer.text) }),
    };
    await records
      .updateOne({ _id: id, holder }, { ...(kept ? { $set: kept } : {}), $unset: { lease: '', holder: '' } })
      // It has taken effect: the person is told so, and a repeat is still recognised by the engine.
      .catch((error: unknown) => log.warn({ err: describeError(error) }, 'an answer could not be kept'));
  }

  async function release(id: string, holder: string): Promise<void> {
    await records
      .deleteOne({ _id: id, holder })
      .catch((error: unknown) => log.warn({ err: describeError(error) }, 'a key could not be released'));
  }

  /** Renews the lease until it is told to stop: what takes long (an import) is not begun a second time meanwhile. */
  function renewing(id: string, holder: string): () => void {
    const timer = setInterval(() => {
      records
        .updateOne({ _id: id, holder }, { $set: { lease: leaseFrom(clock.now()) } })
        .catch((error: unknown) => log.warn({ err: describeError(error) }, 'a lease could not be renewed'));
    }, LEASE_MS / 3);
    timer.unref();
    return () => clearInterval(timer);
  }

  return {
    async once(request, work, failed) {
      const id = `${request.actor}:${request.key}`;
      const taken = await take(id, request);
      if ('known' in taken) return { answer: taken.known, replayed: true };
      const { holder } = taken;
      const stop = renewing(id, holder);
      try {
        const answer = await work();
        if (answer) await settle(id, holder, request.keeps ? answer : undefined);
        else await release(id, holder);
        return { answer, replayed: false };
      } catch (error) {
        if (error instanceof HaolinError && isLastWord(error)) {
          await settle(id, holder, request.keeps ? failed(error) : undefined);
        } else await release(id, holder);
        throw error;
      } finally {
        stop();
      }
    },
  };
}

/** Matches the record only as it was seen. */
function leaseOf(known: Kept): { lease: Date } | { lease: { $exists: false } } {
  return known.lease ? { lease: known.lease } : { lease: { $exists: false } };
}
