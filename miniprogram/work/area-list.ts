import type { Query } from '../api/ask';
import { me } from '../api/session';
import { askToSignIn } from '../logic/entry';
import { areasOf, type Role } from '../logic/people';
import { beginList, moreOfList, refreshList } from '../logic/wish-list';
import { type Place, placesOf } from './areas';

/**
 * A page with the wishes of one of somebody's areas.
 * @param roles in which they look after them
 * @param which of the area's wishes
 */
export const areaList = (roles: readonly Role[], which: Omit<Query<'getWishes'>, 'area'>) => ({
  data: { areas: [] as Place[], area: '', query: {} as Query<'getWishes'> },

  onShow(this: AreaListPage) {
    const person = me();
    if (!person) {
      askToSignIn();
      return;
    }
    if (this.data.area !== '') {
      void refreshList(this);
      return;
    }
    const [area = ''] = areasOf(person, roles);
    this.setData({ area, query: { ...which, area } });
    void placesOf(person, roles).then((areas) => this.setData({ areas }));
  },

  chooseArea(this: AreaListPage, { detail }: WechatMiniprogram.CustomEvent<{ code: string }>) {
    this.setData({ area: detail.code, query: { ...which, area: detail.code } });
  },

  onReachBottom(this: AreaListPage) {
    void moreOfList(this);
  },

  async onPullDownRefresh(this: AreaListPage) {
    await beginList(this);
    wx.stopPullDownRefresh();
  },
});

interface AreaListPage {
  data: { area: string };
  setData(change: { area?: string; areas?: Place[]; query?: Query<'getWishes'> }): void;
  selectComponent(selector: string): unknown;
}
