import type { Answer, Query } from '../../api/ask';
import { ask, me } from '../../api/session';
import { type Door, greeting, residentDoors, workDoors } from '../../logic/home';
import { NOTHING_YET, pagedList, type Shown } from '../../logic/paged-list';
import { homeCommunity } from '../../logic/people';

type WallWish = Answer<'getWishesWall'>['items'][number];
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
    list: NOTHING_YET as Shown<WallWish>,
  },

  wall: undefined as ReturnType<typeof pagedList<WallWish>> | undefined,

  onShow() {
    const person = me();
    if (!person) {
      wx.redirectTo({ url: '/pages/sign-in/sign-in' });
      return;
    }
    this.setData({
      hello: `${person.name}，${greeting(new Date())}`,
      doors: residentDoors(),
      work: workDoors(person),
    });
    if (!this.wall) this.openWall(this.data.column);
    void this.wall?.begin();
  },

  openWall(column: Column) {
    const person = me();
    const area = person && homeCommunity(person);
    if (area === undefined) return;
    this.wall = pagedList<WallWish>(
      `wall:${area}:${column}`,
      (cursor) => ask('getWishesWall', { query: { area, column, cursor } }),
      (list) => this.setData({ list }),
    );
  },

  choose(event: WechatMiniprogram.TouchEvent) {
    const { column } = event.currentTarget.dataset as { column: Column };
    if (column === this.data.column) return;
    this.setData({ column, list: NOTHING_YET });
    this.openWall(column);
    void this.wall?.begin();
  },

  go(event: WechatMiniprogram.TouchEvent) {
    const { url } = event.currentTarget.dataset as { url: string };
    wx.navigateTo({ url });
  },

  open(event: WechatMiniprogram.CustomEvent<{ id: string }>) {
    wx.navigateTo({ url: `/pages/wish/wish?id=${event.detail.id}` });
  },

  make() {
    wx.navigateTo({ url: '/pages/make/make' });
  },

  retry() {
    void this.wall?.begin();
  },

  more() {
    void this.wall?.more();
  },

  async onPullDownRefresh() {
    await this.wall?.begin();
    wx.stopPullDownRefresh();
  },

  onReachBottom() {
    void this.wall?.more();
  },
});
