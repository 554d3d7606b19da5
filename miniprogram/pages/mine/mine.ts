import type { Query } from '../../api/ask';
import { me } from '../../api/session';
import { askToSignIn } from '../../logic/entry';
import { isHelper, isStaff } from '../../logic/people';
import { countUnread } from '../../logic/unread';
import { beginList, moreOfList, refreshList } from '../../logic/wish-list';

type Tab = 'made' | 'reported' | 'helping' | 'handling';

/** What each of them shows, what it says when there is nothing, and the way on from there. */
const TABS: Record<Tab, { label: string; empty: string; action: string; url: string } & Lists> = {
  made: {
    label: '我许的愿',
    wishes: { mine: 'true' },
    empty: '您还没有许过愿。家里缺点什么、想请人帮忙，都可以说。',
    action: '许个心愿',
    url: '/pages/make/make',
  },
  reported: {
    label: '我报告的问题',
    incidents: { mine: 'true' },
    empty: '您还没有报告过问题。东西坏了、不安全、太吵，都可以说。',
    action: '报告问题',
    url: '/pages/report/report',
  },
  helping: {
    label: '我在帮的',
    wishes: { claimedByMe: 'true' },
    empty: '您手上没有在帮的心愿。',
    action: '看看附近的心愿',
    url: '/work/nearby/nearby',
  },
  handling: {
    label: '我在办的事件',
    incidents: { handling: 'true' },
    empty: '您手上没有在办的事件。',
    action: '看看这里的事件',
    url: '/work/incidents/incidents',
  },
};

interface Lists {
  wishes?: Query<'getWishes'>;
  incidents?: Query<'getIncidents'>;
}

/** What is one's own: wishes made and taken on, problems reported and in hand. */
Page({
  data: {
    tabs: [] as { tab: Tab; label: string }[],
    tab: 'made' as Tab,
    /** Of wishes, or else of incidents. */
    query: {} as Query<'getWishes'> | Query<'getIncidents'>,
    wishes: true,
    empty: '',
    action: '',
  },

  onShow() {
    const person = me();
    if (!person) {
      askToSignIn();
      return;
    }
    const tabs: Tab[] = ['made', 'reported'];
    if (isHelper(person)) tabs.push('helping');
    if (isStaff(person) || isHelper(person)) tabs.push('handling');
    this.setData({ tabs: tabs.map((tab) => ({ tab, label: TABS[tab].label })) });
    if (Object.keys(this.data.query).length === 0) this.show(this.data.tab);
    else void refreshList(this);
    void countUnread();
  },

  show(tab: Tab) {
    const { wishes, incidents = {}, empty, action } = TABS[tab];
    this.setData({ tab, wishes: wishes !== undefined, query: wishes ?? incidents, empty, action });
  },

  choose(event: WechatMiniprogram.TouchEvent) {
    const { tab } = event.currentTarget.dataset as { tab: Tab };
    if (tab !== this.data.tab) this.show(tab);
  },

  act() {
    wx.navigateTo({ url: TABS[this.data.tab].url });
  },

  onReachBottom() {
    void moreOfList(this);
  },

  async onPullDownRefresh() {
    await beginList(this);
    wx.stopPullDownRefresh();
  },
});
