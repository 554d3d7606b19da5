import { type Answer, createAsk } from './ask';
import { Trouble } from './trouble';

export type Me = Answer<'getMe'>;
type Session = Answer<'postSessionWechat'>;

const KEPT = 'session';

/** Who is signed in on this phone; kept across starts. */
let session: Session | undefined = (wx.getStorageSync(KEPT) as Session | '') || undefined;

function keep(next: Session | undefined): void {
  session = next;
  if (next) wx.setStorageSync(KEPT, next);
  else wx.removeStorageSync(KEPT);
}

/** The person signed in, as the house knew them when they signed in. */
export const me = (): Me | undefined => session?.person;

/** The way to the house, with the words of whoever is signed in. */
export const ask = createAsk({ token: () => session?.token, renew });

/** Without signing in: for `wx.request`'s siblings that carry files. */
export const token = (): string | undefined => session?.token;

/**
 * Signs in with WeChat.
 * @param bindingCode the code of the community, the first time
 * @throws Trouble not_registered when this WeChat is nobody's yet
 */
export async function signIn(bindingCode?: string): Promise<Me> {
  const { code } = await wx.login();
  const next = await ask('postSessionWechat', { body: { code, ...(bindingCode && { bindingCode }) } });
  keep(next);
  return next.person;
}

/** Signs in as somebody of the demo; exists only where the house is a demo. */
export async function signInAs(person: string): Promise<Me> {
  const next = await ask('postSessionDemo', { body: { person } });
  keep(next);
  return next.person;
}

/** Forgets who was here, and everything kept for them. */
export function signOut(): void {
  session = undefined;
  wx.clearStorageSync();
}

async function renew(): Promise<boolean> {
  keep(undefined);
  try {
    await signIn();
    return true;
  } catch (error) {
    if (error instanceof Trouble && error.code === 'offline') throw error;
    return false;
  }
}
