import type { Answer } from '../../api/ask';
import { ask, me } from '../../api/session';
import { wordsOf } from '../../api/trouble';
import { askToSignIn } from '../../logic/entry';

/** One person in care, for those who look after them. That somebody looked is written down by the house. */
Page({
  data: { care: null as Answer<'getCareById'> | null, trouble: '' },

  id: '',

  onLoad({ id = '' }: { id?: string }) {
    if (!me()) return askToSignIn();
    this.id = id;
    void this.load();
  },

  async load() {
    try {
      this.setData({ care: await ask('getCareById', { path: { id: this.id } }), trouble: '' });
    } catch (error) {
      this.setData({ trouble: wordsOf(error) });
    }
  },

  log() {
    const { care } = this.data;
    if (care) wx.navigateTo({ url: `/work/log/log?person=${care.person.id}` });
  },

  async onPullDownRefresh() {
    await this.load();
    wx.stopPullDownRefresh();
  },
});
