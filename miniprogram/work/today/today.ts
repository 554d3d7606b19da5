import { recall, remember } from '../../api/kept';
import { ask, me } from '../../api/session';
import { wordsOf } from '../../api/trouble';
import { askToSignIn } from '../../logic/entry';
import { type Line, planOf, type Section } from './plan';

interface Seen {
  mine: Line[];
  offered: Line[];
}

/** What is to be done today, as it presses. */
Page({
  data: { sections: [] as Section[], state: 'first' as 'first' | 'ready' | 'stale' | 'failed', trouble: '' },

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
    try {
      const [helping, offered] = await Promise.all([
        ask('getWishes', { query: { claimedByMe: 'true', column: 'helping', limit: 50 } }),
        ask('getWishes', { query: { offeredToMe: 'true', limit: 50 } }),
      ]);
      const seen: Seen = { mine: helping.items, offered: offered.items };
      remember(`today:${person}`, seen);
      this.plan(seen);
      this.setData({ state: 'ready', trouble: '' });
    } catch (error) {
      const trouble = wordsOf(error);
      this.setData({ state: this.data.sections.length > 0 ? 'stale' : 'failed', trouble });
    }
  },

  plan({ mine, offered }: Seen) {
    this.setData({ sections: planOf(mine, offered, new Date()) });
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
