import type { Query } from '../../api/ask';
import { ask, me } from '../../api/session';
import { Trouble } from '../../api/trouble';
import { allPages } from '../../logic/all-pages';
import { latest } from '../../logic/latest';
import { type Line, planOf, type Section } from './plan';

const KEPT = 'today';

interface Seen {
  person: string;
  mine: Line[];
  offered: Line[];
  /** Whether there is more than can be looked through. */
  more: boolean;
}

/** Of each kind; whoever has more on their hands is told so. */
const MOST = 200;
const A_PAGE = 100;

const wishes = (query: Query<'getWishes'>) =>
  allPages<Line>((cursor) => ask('getWishes', { query: { ...query, limit: A_PAGE, cursor } }), MOST);

/** What is to be done today, as it presses. */
Page({
  data: {
    sections: [] as Section[],
    state: 'first' as 'first' | 'ready' | 'stale' | 'failed',
    trouble: '',
    more: false,
  },

  reads: undefined as ReturnType<typeof latest> | undefined,

  onLoad() {
    this.reads = latest();
  },

  onShow() {
    const person = me();
    if (!person) {
      wx.redirectTo({ url: '/pages/sign-in/sign-in' });
      return;
    }
    const seen = wx.getStorageSync(KEPT) as Seen | '';
    if (this.data.state === 'first' && seen && seen.person === person.id) this.plan(seen);
    void this.load(person.id);
  },

  async load(person: string) {
    const isLatest = this.reads?.begin();
    try {
      const [helping, offered] = await Promise.all([
        wishes({ claimedByMe: 'true', column: 'helping' }),
        wishes({ offeredToMe: 'true' }),
      ]);
      if (!isLatest?.()) return;
      const more = helping.more || offered.more;
      const seen: Seen = { person, mine: helping.items, offered: offered.items, more };
      wx.setStorageSync(KEPT, seen);
      this.plan(seen);
      this.setData({ state: 'ready', trouble: '' });
    } catch (error) {
      if (!isLatest?.()) return;
      const trouble = error instanceof Trouble ? error.message : String(error);
      this.setData({ state: this.data.sections.length > 0 ? 'stale' : 'failed', trouble });
    }
  },

  plan({ mine, offered, more = false }: Seen) {
    this.setData({ sections: planOf(mine, offered, new Date()), more });
  },

  open(event: WechatMiniprogram.CustomEvent<{ id: string }>) {
    wx.navigateTo({ url: `/pages/wish/wish?id=${event.detail.id}` });
  },

  nearby() {
    wx.navigateTo({ url: '/work/nearby/nearby' });
  },

  retry() {
    this.onShow();
  },

  async onPullDownRefresh() {
    const person = me();
    if (person) await this.load(person.id);
    wx.stopPullDownRefresh();
  },
});
