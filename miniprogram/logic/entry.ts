/** Ways between pages that are more than a plain `navigateTo`: to sign-in and back, and along a link that came from outside. */

const HOME = '/pages/home/home';
const SIGN_IN = '/pages/sign-in/sign-in';
/** The pages of `app.json` with the tab bar. */
export const TABS: readonly string[] = [HOME, '/pages/mine/mine', '/pages/inbox/inbox', '/pages/me/me'];

const isTab = (link: string) => TABS.includes(link);

/** A page with its query, as a link. */
export function linkTo(route: string, query: Record<string, string | undefined> = {}): string {
  const parts = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value ?? '')}`);
  return `/${route.replace(/^\//, '')}${parts.length > 0 ? `?${parts.join('&')}` : ''}`;
}

/** Asks whoever holds the phone to sign in, or first to agree; after that they are where they were, or at `link`. */
export function askToSignIn(link?: string): void {
  const pages = getCurrentPages();
  const top = pages[pages.length - 1];
  const to = link ?? (top && linkTo(top.route, top.options));
  if (to?.startsWith(SIGN_IN)) return;
  wx.reLaunch({ url: to === undefined || to === HOME ? SIGN_IN : linkTo(SIGN_IN, { to }) });
}

/**
 * After signing in: everything that was open is closed, since it may be another's, and the way goes on to `to`.
 * @param to as given to the sign-in page, still encoded
 */
export function goOn(to = ''): void {
  const link = decodeURIComponent(to);
  const known = /^\/(pages|work)\//.test(link) && !link.startsWith(SIGN_IN);
  if (known && isTab(link)) wx.reLaunch({ url: link });
  else wx.reLaunch({ url: HOME, ...(known && { success: () => follow(link) }) });
}

/** Opens what a message links to. */
export function follow(link: string): void {
  if (isTab(link)) {
    wx.switchTab({ url: link });
    return;
  }
  // WeChat keeps ten pages at most; the eleventh takes the place of the tenth.
  const inPlace = () => wx.redirectTo({ url: link, fail: () => void wx.showToast({ title: NOT_HERE, icon: 'none' }) });
  wx.navigateTo({ url: link, fail: inPlace });
}

const NOT_HERE = '这一页打不开，请把小程序更新到最新版';
