import { ask, me } from '../../api/session';
import { wordsOf } from '../../api/trouble';
import { askToSignIn } from '../../logic/entry';
import { latest } from '../../logic/latest';
import { areasOf, KEEPERS } from '../../logic/people';
import { type Place, placesOf } from '../areas';
import { evenly, type LoadCard, loadCards } from './loads';

/** How many people in care each sentinel of an area looks after, so that nobody has too many. */
Page({
  data: { areas: [] as Place[], area: '', cards: [] as LoadCard[], average: '', known: false, trouble: '' },

  asked: latest(),

  onLoad() {
    const person = me();
    if (!person) return askToSignIn();
    this.setData({ area: areasOf(person, KEEPERS)[0] ?? '' });
    void placesOf(person, KEEPERS).then((areas) => this.setData({ areas }));
    void this.load();
  },

  async load() {
    const isLast = this.asked.begin();
    try {
      const { items } = await ask('getCareLoad', { query: { area: this.data.area } });
      if (isLast()) this.setData({ cards: loadCards(items), average: evenly(items), known: true, trouble: '' });
    } catch (error) {
      if (isLast()) this.setData({ trouble: wordsOf(error) });
    }
  },

  chooseArea({ detail }: WechatMiniprogram.CustomEvent<{ code: string }>) {
    this.setData({ area: detail.code, cards: [], average: '', known: false, trouble: '' });
    void this.load();
  },

  async onPullDownRefresh() {
    await this.load();
    wx.stopPullDownRefresh();
  },
});
