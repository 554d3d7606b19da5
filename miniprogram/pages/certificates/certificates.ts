import type { Answer } from '../../api/ask';
import { recall, remember } from '../../api/kept';
import { ask, me } from '../../api/session';
import { wordsOf } from '../../api/trouble';
import { type CertificateLine, certificateLines } from '../../logic/certificates';
import { latest } from '../../logic/latest';
import { pauseOf } from '../../logic/pause';
import { homeCommunity } from '../../logic/people';

type Found = Answer<'getCertificates'>['items'];

const PAUSE_MS = 400;
const KEPT = 'certificates';

/** Which certificate is issued by whom, and what to bring: one is opened at a time. */
Page({
  data: {
    q: '',
    lines: [] as CertificateLine[],
    /** Name of the one that is opened. */
    opened: '',
    known: false,
    trouble: '',
  },

  asked: latest(),
  pause: pauseOf(PAUSE_MS),

  onLoad() {
    const seen = recall<Found>(KEPT);
    if (seen) this.setData({ lines: certificateLines(seen), known: true });
    void this.load();
  },

  onUnload() {
    this.pause.stop();
  },

  async load() {
    const isLast = this.asked.begin();
    const { q } = this.data;
    const person = me();
    const area = person ? homeCommunity(person) : undefined;
    try {
      const { items } = await ask('getCertificates', { query: { q, area } });
      if (!isLast()) return;
      if (q === '') remember(KEPT, items);
      const lines = certificateLines(items);
      // What somebody looked for stands open; a whole list is looked through first.
      this.setData({ lines, opened: q === '' ? '' : (lines[0]?.name ?? ''), known: true, trouble: '' });
    } catch (error) {
      if (isLast()) this.setData({ trouble: wordsOf(error) });
    }
  },

  search(event: WechatMiniprogram.Input) {
    const q = event.detail.value.trim();
    this.pause.after(() => {
      this.setData({ q });
      void this.load();
    });
  },

  open(event: WechatMiniprogram.TouchEvent) {
    const { name } = event.currentTarget.dataset as { name: string };
    this.setData({ opened: name === this.data.opened ? '' : name });
  },

  human() {
    wx.navigateTo({ url: '/pages/handoff/handoff' });
  },

  async onPullDownRefresh() {
    await this.load();
    wx.stopPullDownRefresh();
  },
});
