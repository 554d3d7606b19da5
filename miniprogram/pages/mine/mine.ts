import type { Query } from '../../api/ask';
import { me } from '../../api/session';
import { askToSignIn } from '../../logic/entry';
import { isHelper } from '../../logic/people';
import { countUnread } from '../../logic/unread';
import { beginList, moreOfList, refreshList } from '../../logic/wish-list';

type Tab = 'made' | 'helping';

const QUERIES: Record<Tab, Query<'getWishes'>> = { made: { mine: 'true' }, helping: { claimedByMe: 'true' } };

/** What is one's own: wishes made, wishes taken on. */
Page({
  data: {
    tabs: [] as { tab: Tab; label: string }[],
    tab: 'made' as Tab,
    query: {} as Query<'getWishes'>,
  },

  onShow() {
    const person = me();
    if (!person) {
      askToSignIn();
      return;
    }
    const helping = isHelper(person) ? [{ tab: 'helping' as const, label: '我在帮的' }] : [];
    this.setData({ tabs: [{ tab: 'made', label: '我许的愿' }, ...helping] });
    if (Object.keys(this.data.query).length === 0) this.setData({ query: QUERIES[this.data.tab] });
    else void refreshList(this);
    void countUnread();
  },

  choose(event: WechatMiniprogram.TouchEvent) {
    const { tab } = event.currentTarget.dataset as { tab: Tab };
    if (tab !== this.data.tab) this.setData({ tab, query: QUERIES[tab] });
  },

  act() {
    wx.navigateTo({ url: this.data.tab === 'made' ? '/pages/make/make' : '/work/nearby/nearby' });
  },

  onReachBottom() {
    void moreOfList(this);
  },

  async onPullDownRefresh() {
    await beginList(this);
    wx.stopPullDownRefresh();
  },
});
