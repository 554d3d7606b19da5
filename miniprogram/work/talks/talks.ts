import { ask, me } from '../../api/session';
import { wordsOf } from '../../api/trouble';
import { askToSignIn } from '../../logic/entry';
import { latest } from '../../logic/latest';
import { isSecretary, isWorker } from '../../logic/people';
import { presses } from '../../logic/presses';
import { progressWords, quarterBefore, type TalkLine, talkLine } from './line';

/**
 * The quarter's talks: with whom and why, what is due first; for a worker their own. Why somebody is talked with is nobody
 * else's business: nothing of it stays on the phone.
 */
Page({
  data: {
    secretary: false,
    worker: false,
    /** Code of the quarter that is; empty until the house said so. */
    current: '',
    before: false,
    word: '',
    /** More than a street is no list. */
    wide: false,
    progress: '',
    lines: [] as TalkLine[],
    known: false,
    trouble: '',
    wrong: '',
    busy: false,
  },

  person: '',
  asked: latest(),
  press: presses(),

  onLoad() {
    const person = me();
    if (!person) return askToSignIn();
    this.person = person.id;
    this.setData({ secretary: isSecretary(person), worker: isWorker(person) });
  },

  onShow() {
    if (this.person !== '') void this.load();
  },

  async load() {
    const isLast = this.asked.begin();
    const { current, before } = this.data;
    const query = before ? { quarter: quarterBefore(current) } : {};
    try {
      const list = await ask('getTalksDue', { query });
      if (!isLast()) return;
      const now = new Date();
      this.setData({
        ...(!before && { current: list.quarter }),
        word: list.quarterWord,
        wide: list.wide,
        progress: progressWords(list.items),
        lines: list.items.map((one) => talkLine(one, list.quarter, this.person, now)),
        known: true,
        trouble: '',
      });
    } catch (error) {
      if (isLast()) this.setData({ trouble: wordsOf(error) });
    }
  },

  choose(event: WechatMiniprogram.TouchEvent) {
    const { before } = event.currentTarget.dataset as { before: boolean };
    if (before === this.data.before || this.data.current === '') return;
    this.setData({ before, known: false, lines: [], progress: '' });
    void this.load();
  },

  go(event: WechatMiniprogram.TouchEvent) {
    const { url } = event.currentTarget.dataset as { url: string };
    wx.navigateTo({ url });
  },

  /** A worker wants to talk with their secretary; what about is said there and not here. */
  async askFor() {
    if (this.data.busy) return;
    const { confirm } = await wx.showModal({
      title: '约书记谈谈？',
      content: '书记会在三个工作日内和您谈。想谈什么见面再说，不用写在这里。',
      confirmText: '约',
      cancelText: '先不',
    });
    if (!confirm) return;
    this.setData({ busy: true, wrong: '' });
    try {
      await this.press('ask', (key) => ask('postTalks', { body: { occasion: 'own_request' }, key }));
      void wx.showToast({ title: '告诉书记了', icon: 'success' });
      await this.load();
    } catch (error) {
      this.setData({ wrong: wordsOf(error) });
    } finally {
      this.setData({ busy: false });
    }
  },

  async onPullDownRefresh() {
    await this.load();
    wx.stopPullDownRefresh();
  },
});
