import type { Query } from '../../api/ask';
import { recall, remember } from '../../api/kept';
import { ask, me } from '../../api/session';
import { wordsOf } from '../../api/trouble';
import { allPages } from '../../logic/all-pages';
import { askToSignIn } from '../../logic/entry';
import { latest } from '../../logic/latest';
import { type Line, planOf, type Section } from './plan';

interface Seen {
  mine: Line[];
  offered: Line[];
  /** Whether there is more than can be looked through. */
  more: boolean;
}

/** Of each kind; whoever has more on their hands is told so. */
const MOST = 200;
const A_PAGE = 50;

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
      askToSignIn();
      return;
    }
    const seen = recall<Seen>(`today:${person.id}`);
    if (this.data.state === 'first' && seen) this.plan(seen);
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
      const seen: Seen = { mine: helping.items, offered: offered.items, more };
      remember(`today:${person}`, seen);
      this.plan(seen);
      this.setData({ state: 'ready', trouble: '' });
    } catch (error) {
      if (!isLatest?.()) return;
      const trouble = wordsOf(error);
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
