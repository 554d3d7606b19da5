import { hash } from 'node:crypto';
import { errors as joseErrors, jwtVerify, SignJWT } from 'jose';
import { LRUCache } from 'lru-cache';
import { type Ability, type Actor, anonymous } from '../core/ability.ts';
import { type HaolinError, notSignedIn } from '../core/errors.ts';
import type { House } from '../core/house.ts';
import { DAY } from '../core/time.ts';
import { sessionExpired } from './errors.ts';
import { describeError } from './failures.ts';

/** That somebody signed in as a person, before or after that person's sign-ins were last ended. */
export interface SignIn {
  personId: string;
  /** How often the person's sign-ins had been ended by then. */
  ended: number;
}

/** What an Authorization header proved: a sign-in, or why not. */
export type Claim = SignIn | { refusal: HaolinError };

/** Who acts, and what they may do: working that out costs more than most requests, so it is kept with the person. */
export interface Known {
  actor: Actor;
  ability: Ability;
}

interface Kept extends Known {
  ended: number;
}

export interface SignedIn {
  token: string;
  expiresAt: Date;
}

/** Sign-in tokens and the people behind them. */
export interface Sessions {
  issue(personId: string): Promise<SignedIn>;
  /** Checks a header; `undefined` when there is none. Asks no database. */
  claim(header: string | undefined): Promise<Claim | undefined>;
  /**
   * The person as the directory knows them, at most a few seconds old.
   * @throws HaolinError not_signed_in when they are gone, session_expired when this sign-in was ended
   */
  known(signIn: SignIn): Promise<Known>;
  nobody: Known;
  close(): Promise<void>;
}

const ISSUER = 'haolin';
const AUDIENCE = 'haolin-api';
const LIFETIME_MS = 30 * DAY;
const BEARER = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+) *$/i;
/** A person's new role is felt at once through the `people` topic; this only bounds what a lost message costs. */
const PERSON_FRESH_MS = 5_000;
const PEOPLE_KEPT = 20_000;
const TOKENS_KEPT = 50_000;

/**
 * Tokens are JWTs signed with HS256 that hold a person's id and nothing else about them.
 * @param secret at least 32 bytes
 * @param changed is told of each person who is no longer who they were, or no longer signed in
 */
export function openSessions(
  house: House,
  secret: Uint8Array,
  changed: (personId: string) => void = () => undefined,
): Sessions {
  if (secret.length < 32) throw new Error('The token secret must be at least 32 bytes: openssl rand -base64 32');
  const { clock, coordination, log } = house;
  const { directory } = house;
  const verified = new LRUCache<string, SignIn & { expiresMs: number }>({ max: TOKENS_KEPT });
  const people = new LRUCache<string, Kept>({ max: PEOPLE_KEPT, ttl: PERSON_FRESH_MS });
  const loading = new Map<string, Promise<Kept>>();

  const subscription = coordination.subscribe('people', (message) => {
    const id = (message as { id?: unknown } | null)?.id;
    if (typeof id !== 'string') return;
    people.delete(id);
    // What is being read right now may be older than the change: it answers its own request and is not kept.
    loading.delete(id);
    changed(id);
  });
  subscription.catch((error: unknown) => log.error({ err: describeError(error) }, 'changes of people are not heard'));

  const endedSoFar = async (personId: string) => (await directory.signInsEnded?.(personId)) ?? 0;

  async function load(personId: string): Promise<Kept> {
    const [actor, ended] = await Promise.all([directory.actor(personId, 'api'), endedSoFar(personId)]);
    if (!actor) throw notSignedIn();
    return { actor, ability: house.abilityOf(actor), ended };
  }

  async function find(personId: string): Promise<Kept> {
    const fresh = people.get(personId);
    if (fresh) return fresh;
    const underWay = loading.get(personId);
    if (underWay) return underWay;
    const read = load(personId);
    loading.set(personId, read);
    try {
      const known = await read;
      if (loading.get(personId) === read) people.set(personId, known);
      return known;
    } finally {
      if (loading.get(personId) === read) loading.delete(personId);
    }
  }

  return {
    nobody: { actor: anonymous, ability: house.abilityOf(anonymous) },
    async issue(personId) {
      const now = clock.now();
      const expiresAt = new Date(now.getTime() + LIFETIME_MS);
      const ended = await endedSoFar(personId);
      const token = await new SignJWT(ended > 0 ? { ended } : {})
        .setProtectedHeader({ alg: 'HS256' })
        .setIssuer(ISSUER)
        .setAudience(AUDIENCE)
        .setSubject(personId)
        .setIssuedAt(now)
        .setExpirationTime(expiresAt)
        .sign(secret);
      return { token, expiresAt };
    },
    async claim(header) {
      if (header === undefined) return undefined;
      const token = BEARER.exec(header)?.[1];
      if (token === undefined) return { refusal: notSignedIn() };
      const now = clock.now();
      // Kept by hash, so that a look into the process's memory finds no token to steal.
      const digest = hash('sha256', token, 'base64');
      const known = verified.get(digest);
      if (known) return known.expiresMs > now.getTime() ? known : { refusal: sessionExpired() };
      try {
        const { payload } = await jwtVerify(token, secret, {
          issuer: ISSUER,
          audience: AUDIENCE,
          algorithms: ['HS256'],
          requiredClaims: ['sub', 'exp'],
          currentDate: now,
        });
        const { sub = '', exp = 0, ended } = payload;
        const claim = { personId: sub, ended: typeof ended === 'number' ? ended : 0, expiresMs: exp * 1_000 };
        verified.set(digest, claim);
        return claim;
      } catch (error) {
        if (error instanceof joseErrors.JWTExpired) return { refusal: sessionExpired() };
        if (error instanceof joseErrors.JOSEError) return { refusal: notSignedIn() };
        throw error;
      }
    },
    async known({ personId, ended }) {
      const known = await find(personId);
      if (ended < known.ended) throw sessionExpired();
      return known;
    },
    async close() {
      const stop = await subscription.catch(() => undefined);
      await stop?.();
    },
  };
}
