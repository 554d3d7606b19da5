import type { Answer } from '../../api/ask';
import { ask, type Me, me } from '../../api/session';
import { NOTHING_YET, pagedList, type Shown } from '../../logic/paged-list';
import { isHelper } from '../../logic/people';

type Line = Answer<'getWishes'>['items'][number];
type Tab = 'made' | 'helping';

/** What is one's own: wishes made, wishes taken on. */
Page({
  data: {
    tabs: [] as { tab: Tab; label: string }[],
    tab: 'made' as Tab,
    list: NOTHING_YET as Shown<Line>,
  },

  list: undefined as ReturnType<typeof pagedList<Line>> | undefined,

  onShow() {
    const person = me();
    if (!person) {
      wx.redirectTo({ url: '/pages/sign-in/sign-in' });
      return;
    }
    this.setData({
      tabs: [
        { tab: 'made', label: '我许的愿' },
        ...(isHelper(person) ? [{ tab: 'helping' as const, label: '我在帮的' }] : []),
      ],
    });
    if (!this.list) this.openList(person, this.data.tab);
    void this.list?.begin();
  },

  openList(person: Me, tab: Tab) {
    const whose = tab === 'made' ? { mine: 'true' } : { claimedByMe: 'true' };
    this.list = pagedList<Line>(
      `${tab}:${person.id}`,
      (cursor) => ask('getWishes', { query: { ...whose, cursor } }),
      (list) => this.setData({ list }),
    );
  },

  choose(event: WechatMiniprogram.TouchEvent) {
    const { tab } = event.currentTarget.dataset as { tab: Tab };
    const person = me();
    if (!person || tab === this.data.tab) return;
    this.setData({ tab, list: NOTHING_YET });
    this.openList(person, tab);
    void this.list?.begin();
  },

  open(event: WechatMiniprogram.CustomEvent<{ id: string }>) {
    wx.navigateTo({ url: `/pages/wish/wish?id=${event.detail.id}` });
  },

  act() {
    wx.navigateTo({ url: this.data.tab === 'made' ? '/pages/make/make' : '/work/nearby/nearby' });
  },

  retry() {
    void this.list?.begin();
  },

  more() {
    void this.list?.more();
  },

  onReachBottom() {
    void this.list?.more();
  },

  async onPullDownRefresh() {
    await this.list?.begin();
    wx.stopPullDownRefresh();
  },
});
