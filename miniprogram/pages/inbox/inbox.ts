import type { Answer } from '../../api/ask';
import { ask, me } from '../../api/session';
import { askToSignIn, follow } from '../../logic/entry';
import { nothingYet, pagedList, type Shown } from '../../logic/paged-list';
import { countUnread } from '../../logic/unread';
import { momentWord } from '../../logic/when';

type Message = Answer<'getInbox'>['items'][number];
/** A message as it is drawn: kept ones are of another day, so their words are made anew each time. */
type Drawn = Message & { when: string };

/** Everything the house told this person. It is all here, whatever became of WeChat. */
Page({
  data: { list: nothingYet<Drawn>(), unread: 0 },

  list: undefined as ReturnType<typeof pagedList<Message>> | undefined,

  onShow() {
    const person = me();
    if (!person) {
      askToSignIn();
      return;
    }
    this.list ??= pagedList<Message>(
      `inbox:${person.id}`,
      (cursor) => ask('getInbox', { query: { cursor } }),
      (list) => this.draw(list),
    );
    void this.refresh();
  },

  draw(list: Shown<Message>) {
    const now = new Date();
    const items = list.items.map((one) => ({ ...one, when: momentWord(one.createdAt, now) }));
    this.setData({ list: { ...list, items } });
  },

  async refresh() {
    await Promise.all([this.list?.refresh(), this.count()]);
  },

  async count() {
    const unread = await countUnread();
    if (unread !== undefined) this.setData({ unread });
  },

  async open(event: WechatMiniprogram.TouchEvent) {
    const { key } = event.currentTarget.dataset as { key: string };
    const message = this.list?.shown.items.find((one) => one.key === key);
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
    await Promise.all([this.list?.begin(), this.count()]);
    wx.stopPullDownRefresh();
  },
});
