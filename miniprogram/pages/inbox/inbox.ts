import type { Answer } from '../../api/ask';
import { ask, me } from '../../api/session';
import { askToSignIn, follow } from '../../logic/entry';
import { NOTHING_YET, pagedList, type Shown } from '../../logic/paged-list';
import { momentWord } from '../../logic/when';

type Message = Answer<'getInbox'>['items'][number] & { when: string };

const INBOX_TAB = 2;

/** Everything the house told this person. It is all here, whatever became of WeChat. */
Page({
  data: { list: NOTHING_YET as Shown<Message>, unread: 0 },

  list: undefined as ReturnType<typeof pagedList<Message>> | undefined,

  onShow() {
    const person = me();
    if (!person) {
      askToSignIn();
      return;
    }
    this.list ??= pagedList<Message>(
      `inbox:${person.id}`,
      async (cursor) => {
        const page = await ask('getInbox', { query: { cursor } });
        return { ...page, items: page.items.map((one) => ({ ...one, when: momentWord(one.createdAt, new Date()) })) };
      },
      (list) => this.setData({ list }),
    );
    void this.refresh();
  },

  async refresh() {
    await Promise.all([this.list?.begin(), this.count()]);
  },

  async count() {
    const found = await ask('getInboxUnread', {}).catch(() => undefined);
    if (!found) return;
    this.setData({ unread: found.unread });
    if (found.unread > 0)
      wx.setTabBarBadge({ index: INBOX_TAB, text: found.unread > 99 ? '99+' : String(found.unread) });
    else wx.removeTabBarBadge({ index: INBOX_TAB });
  },

  async open(event: WechatMiniprogram.TouchEvent) {
    const { key } = event.currentTarget.dataset as { key: string };
    const message = this.data.list.items.find((one) => one.key === key);
    if (!message) return;
    if (message.readAt === undefined) {
      this.list?.replace((one) => one.key === key, { ...message, readAt: new Date().toISOString() });
      void ask('postInboxRead', { body: { keys: [key] } })
        .then(() => this.count())
        // It will simply be unread again the next time.
        .catch(() => undefined);
    }
    if (message.link) follow(message.link);
  },

  async readAll() {
    const [latest] = this.data.list.items;
    if (!latest) return;
    const done = await ask('postInboxRead', { body: { until: latest.createdAt } }).catch(() => undefined);
    if (done) await this.refresh();
  },

  retry() {
    void this.refresh();
  },

  more() {
    void this.list?.more();
  },

  onReachBottom() {
    void this.list?.more();
  },

  async onPullDownRefresh() {
    await this.refresh();
    wx.stopPullDownRefresh();
  },
});
