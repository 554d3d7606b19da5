import type { Query } from '../../api/ask';
import { me } from '../../api/session';
import { askToSignIn } from '../../logic/entry';
import { areasOf } from '../../logic/people';
import { beginList, moreOfList } from '../../logic/wish-list';
import { type Place, placesOf } from '../areas';

/** What is past its deadline, the longest overdue first. */
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
    const [area = ''] = areasOf(person, ['secretary']);
    this.setData({ area, query: { area, late: 'true' } });
    void placesOf(person, ['secretary']).then((areas) => this.setData({ areas }));
  },

  chooseArea(event: WechatMiniprogram.TouchEvent) {
    const { code: area } = event.currentTarget.dataset as { code: string };
    this.setData({ area, query: { area, late: 'true' } });
  },

  onReachBottom() {
    void moreOfList(this);
  },

  async onPullDownRefresh() {
    await beginList(this);
    wx.stopPullDownRefresh();
  },
});
