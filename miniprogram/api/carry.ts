import { Trouble } from './trouble';

/** Who is signed in on this phone. */
export interface SignIn {
  /** The token, if there is one. */
  token(): string | undefined;
  /** The id of the person it is for. */
  person(): string | undefined;
  /** Signs the same person in afresh when the house no longer takes the token; resolves to whether that worked. */
  renew(): Promise<boolean>;
}

/** Carries requests under the token of whoever is signed in. */
export type Carry = <T>(send: (token: string | undefined) => Promise<T>) => Promise<T>;

const OTHERWISE = '这台手机上已经换了人，请重新打开这一页。';

/**
 * Makes the one way all requests go, files too: a token that is no longer taken is renewed once for all that wait for it, and
 * neither a request nor its answer ever gets into the hands of whoever signs in next.
 */
export function createCarry(signIn: SignIn): Carry {
  let renewing: Promise<boolean> | undefined;

  async function fresh(used: string): Promise<boolean> {
    // Another request may have renewed it in the meantime.
    if (signIn.token() !== used) return signIn.token() !== undefined;
    renewing ??= signIn.renew().finally(() => {
      renewing = undefined;
    });
    return renewing;
  }

  return async function carry(send) {
    const used = signIn.token();
    const person = signIn.person();
    const same = <T>(answer: T): T => {
      if (signIn.person() !== person) throw new Trouble('signed_out', 401, OTHERWISE);
      return answer;
    };
    try {
      return same(await send(used));
    } catch (error) {
      const stale = error instanceof Trouble && error.status === 401 && error.code !== 'signed_out';
      if (!stale || used === undefined || !(await fresh(used)) || signIn.person() !== person) throw error;
      return same(await send(signIn.token()));
    }
  };
}
