import type { Query } from '../../api/ask';
import { me } from '../../api/session';
import { askToSignIn } from '../../logic/entry';
import { areasOf } from '../../logic/people';
import { beginList, moreOfList } from '../../logic/wish-list';
import { type Place, placesOf } from '../areas';

/** New wishes waiting to be looked at, the latest first. */
Page({
  data: { areas: [] as Place[], area: '', query: {} as Query<'getWishes'> },

  onShow() {
    const person = me();
    if (!person) {
      askToSignIn();
      return;
    }
    if (this.data.area !== '') {
      void beginList(this);
      return;
    }
    const [area = ''] = areasOf(person, ['secretary', 'grid_worker']);
    this.setData({ area, query: { area, column: 'waiting' } });
    void placesOf(person, ['secretary', 'grid_worker']).then((areas) => this.setData({ areas }));
  },

  chooseArea(event: WechatMiniprogram.TouchEvent) {
    const { code: area } = event.currentTarget.dataset as { code: string };
    this.setData({ area, query: { area, column: 'waiting' } });
  },

  onReachBottom() {
    void moreOfList(this);
  },

  async onPullDownRefresh() {
    await beginList(this);
    wx.stopPullDownRefresh();
  },
});
