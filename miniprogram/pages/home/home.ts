import type { Query } from '../../api/ask';
import { me } from '../../api/session';
import { askToSignIn } from '../../logic/entry';
import { type Door, greeting, residentDoors, workDoors } from '../../logic/home';
import { homeCommunity } from '../../logic/people';
import { countUnread } from '../../logic/unread';
import { beginList, moreOfList, refreshList } from '../../logic/wish-list';

type Column = NonNullable<Query<'getWishesWall'>['column']>;

const COLUMNS: readonly { column: Column; label: string }[] = [
  { column: 'open', label: '等人帮忙' },
  { column: 'helping', label: '正在办' },
  { column: 'over', label: '已办结' },
];

/** Home: the doors to what one can do, and the wish wall of one's community. */
Page({
  data: {
    hello: '',
    doors: [] as Door[],
    work: [] as Door[],
    columns: COLUMNS,
    column: 'open' as Column,
    query: {} as { area?: string; column?: Column },
  },

  onShow() {
    const person = me();
    if (!person) {
      askToSignIn();
      return;
    }
    this.setData({
      hello: `${person.name}，${greeting(new Date())}`,
      doors: residentDoors(person),
      work: workDoors(person),
    });
    const area = homeCommunity(person);
    if (area !== undefined && this.data.query.area !== area)
      this.setData({ query: { area, column: this.data.column } });
    else void refreshList(this);
    void countUnread();
  },

  choose(event: WechatMiniprogram.TouchEvent) {
    const { column } = event.currentTarget.dataset as { column: Column };
    if (column !== this.data.column) this.setData({ column, query: { ...this.data.query, column } });
  },

  go(event: WechatMiniprogram.TouchEvent) {
    const { url } = event.currentTarget.dataset as { url: string };
    wx.navigateTo({ url });
  },

  make() {
    wx.navigateTo({ url: '/pages/make/make' });
  },

  async onPullDownRefresh() {
    await beginList(this);
    wx.stopPullDownRefresh();
  },

  onReachBottom() {
    void moreOfList(this);
  },
});
