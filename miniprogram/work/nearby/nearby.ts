import type { Query } from '../../api/ask';
import { me } from '../../api/session';
import { askToSignIn } from '../../logic/entry';
import { pauseOf } from '../../logic/pause';
import { HELPERS, helpingAreas } from '../../logic/people';
import { CATEGORIES, type Category } from '../../logic/wish-form';
import { beginList, moreOfList, refreshList } from '../../logic/wish-list';
import { type Place, placesOf } from '../areas';

const PAUSE_MS = 500;

/** Open wishes where one helps, to look through, to search, to take on. */
Page({
  data: {
    areas: [] as Place[],
    area: '',
    categories: CATEGORIES.map(({ category, label }) => ({ category, label })),
    category: '' as Category | '',
    urgent: false,
    q: '',
    query: {} as Query<'getWishes'>,
  },

  pause: pauseOf(PAUSE_MS),

  onUnload() {
    this.pause.stop();
  },

  onShow() {
    const person = me();
    if (!person) {
      askToSignIn();
      return;
    }
    if (this.data.area !== '') {
      void refreshList(this);
      return;
    }
    const [area = ''] = helpingAreas(person);
    this.look({ area });
    void placesOf(person, HELPERS).then((areas) => this.setData({ areas }));
  },

  look(change: Partial<{ area: string; category: Category | ''; urgent: boolean; q: string }>) {
    this.setData(change);
    const { area, category, urgent, q } = this.data;
    this.setData({
      query: {
        area,
        column: 'open',
        ...(category && { category }),
        ...(urgent && { urgent: 'true' }),
        ...(q.trim() && { q: q.trim() }),
      },
    });
  },

  chooseArea({ detail }: WechatMiniprogram.CustomEvent<{ code: string }>) {
    this.look({ area: detail.code });
  },

  choose(event: WechatMiniprogram.TouchEvent) {
    const { category } = event.currentTarget.dataset as { category: Category };
    this.look({ category: category === this.data.category ? '' : category });
  },

  flip() {
    this.look({ urgent: !this.data.urgent });
  },

  /** From an empty list to one that may have something. */
  act() {
    const { category, urgent } = this.data;
    if (category || urgent) this.look({ category: '', urgent: false });
    else wx.switchTab({ url: '/pages/home/home' });
  },

  search(event: WechatMiniprogram.Input) {
    const q = event.detail.value;
    this.pause.after(() => this.look({ q }));
  },

  onReachBottom() {
    void moreOfList(this);
  },

  async onPullDownRefresh() {
    await beginList(this);
    wx.stopPullDownRefresh();
  },
});
