import { ask } from '../api/session';
import { TABS } from './entry';

const INBOX_TAB = TABS.indexOf('/pages/inbox/inbox');
const MOST_SAID = 99;

/**
 * Asks how many messages are unread and says it at the tab of the inbox. Every tab asks when it is shown, since the mark
 * can be set only while a page with the tab bar is on top.
 * @returns `undefined` when the house was not reached
 */
export async function countUnread(): Promise<number | undefined> {
  const found = await ask('getInboxUnread', {}).catch(() => undefined);
  if (!found) return undefined;
  if (isTabOnTop()) mark(found.unread);
  return found.unread;
}

function isTabOnTop(): boolean {
  const pages = getCurrentPages();
  return TABS.includes(`/${pages[pages.length - 1]?.route}`);
}

function mark(unread: number): void {
  if (unread === 0) wx.removeTabBarBadge({ index: INBOX_TAB });
  else wx.setTabBarBadge({ index: INBOX_TAB, text: unread > MOST_SAID ? `${MOST_SAID}+` : String(unread) });
}
