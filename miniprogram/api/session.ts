import { type Answer, createAsk } from './ask';
import { createCarry } from './carry';
import { forget, forgetAll, keep, kept } from './kept';
import { OFFLINE, Trouble, troubleFrom } from './trouble';

export type Me = Answer<'getMe'>;
type Session = Answer<'postSessionWechat'>;

const KEPT = 'session';

/** Who is signed in on this phone; kept across starts. */
let session = kept<Session>(KEPT);
let ended = () => {};

function hold(next: Session): void {
  session = next;
  keep(KEPT, next);
}

/** The person signed in, as the house knew them when they signed in. */
export const me = (): Me | undefined => session?.person;

/** Carries anything under the name of whoever is signed in. */
export const carry = createCarry({ token: () => session?.token, person: () => session?.person.id, renew });

/** The way to the house, with the words of whoever is signed in. */
export const ask = createAsk(carry);

/** The way to the house before anybody is signed in. */
const askAsNobody = createAsk((send) => send(undefined));

/** Registers what happens when a session comes to its end by itself and only its person can begin another. */
export function whenEnded(then: () => void): void {
  ended = then;
}

/**
 * Signs in with WeChat.
 * @param bindingCode the code of the community, the first time
 * @throws Trouble not_registered when this WeChat is nobody's yet
 */
export async function signIn(bindingCode?: string): Promise<Me> {
  const next = await sessionByWechat(bindingCode);
  hold(next);
  return next.person;
}

/** Signs in as somebody of the demo; exists only where the house is a demo. @throws Trouble */
export async function signInAs(person: string): Promise<Me> {
  const next = await askAsNobody('postSessionDemo', { body: { person } });
  hold(next);
  return next.person;
}

/** Forgets who was here, and everything kept for them; the house ends the session too, if it is reached. */
export function signOut(): void {
  // It is on its way under the old token before that is forgotten; nobody waits for its answer.
  ask('deleteSession', {}).catch(() => undefined);
  session = undefined;
  forgetAll();
}

async function sessionByWechat(bindingCode?: string): Promise<Session> {
  const { code } = await wx.login().catch(() => {
    throw new Trouble('offline', 0, OFFLINE);
  });
  return askAsNobody('postSessionWechat', { body: { code, ...(bindingCode && { bindingCode }) } });
}

/** For whoever is signed in only: a WeChat that has become somebody else's is no reason to go on as them. */
async function renew(): Promise<boolean> {
  const before = session;
  let next: Session | undefined;
  try {
    next = await sessionByWechat();
  } catch (error) {
    const trouble = troubleFrom(error);
    // Whoever is not reached has refused nothing.
    if (trouble.passing) throw trouble;
  }
  if (session !== before) return false;
  if (next !== undefined && next.person.id === before?.person.id) {
    hold(next);
    return true;
  }
  session = undefined;
  forget(KEPT);
  ended();
  return false;
}
