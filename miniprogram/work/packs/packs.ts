import { ask, me } from '../../api/session';
import { wordsOf } from '../../api/trouble';
import type { Pack } from '../../logic/ballot';
import { askToSignIn } from '../../logic/entry';
import { latest } from '../../logic/latest';
import { isAdmin } from '../../logic/people';
import { presses } from '../../logic/presses';
import { idOf, type PackCard, packCard } from './card';

const MOST_NOTE = 200;

/** The rules votes are held by, for the admin who compares them with the law and says so once. */
Page({
  data: {
    cards: [] as PackCard[],
    known: false,
    /** The one that is being confirmed. */
    confirming: '',
    confirms: false,
    most: MOST_NOTE,
    trouble: '',
    wrong: '',
    busy: false,
  },

  packs: [] as readonly Pack[],
  note: '',
  asked: latest(),
  press: presses(),

  onLoad() {
    const person = me();
    if (!person) return askToSignIn();
    this.setData({ confirms: isAdmin(person) });
    void this.load();
  },

  async load() {
    const isLast = this.asked.begin();
    try {
      const { items } = await ask('getBallotPacks', {});
      if (isLast()) this.show(items);
    } catch (error) {
      if (isLast()) this.setData({ trouble: wordsOf(error) });
    }
  },

  show(packs: readonly Pack[]) {
    this.packs = packs;
    this.setData({ cards: packs.map((one) => packCard(one, new Date())), known: true, trouble: '' });
  },

  begin(event: WechatMiniprogram.TouchEvent) {
    const { id } = event.currentTarget.dataset as { id: string };
    this.note = '';
    this.setData({ confirming: id, wrong: '' });
  },

  leave() {
    this.setData({ confirming: '', wrong: '' });
  },

  write(event: WechatMiniprogram.Input) {
    this.note = event.detail.value;
  },

  copy(event: WechatMiniprogram.TouchEvent) {
    const { url } = event.currentTarget.dataset as { url: string };
    void wx.setClipboardData({ data: url });
  },

  /** What was confirmed stays so for that version: it is asked once more. */
  async confirm() {
    const pack = this.packs.find((one) => idOf(one) === this.data.confirming);
    const note = this.note.trim();
    if (!pack || this.data.busy) return;
    if (note === '') return this.setData({ wrong: '请写一句对照了什么。' });
    const { confirm } = await wx.showModal({
      title: `“${pack.title}”核对无误？`,
      content: '确认以后，用它表决不再提示要核对，也不能再撤回。',
      confirmText: '确认',
      cancelText: '先不',
    });
    if (!confirm) return;
    this.setData({ busy: true, wrong: '' });
    try {
      const { code, version } = pack;
      const known = await this.press(`${idOf(pack)} ${note}`, (key) =>
        ask('postBallotPacksByCodeVerification', { path: { code }, body: { version, note }, key }),
      );
      this.show(this.packs.map((one) => (idOf(one) === idOf(known) ? known : one)));
      this.setData({ confirming: '' });
      void wx.showToast({ title: '记下了', icon: 'success' });
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
