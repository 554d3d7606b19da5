import { ask, me } from '../../api/session';
import { wordsOf } from '../../api/trouble';
import type { Pack } from '../../logic/ballot';
import { askToSignIn } from '../../logic/entry';
import { latest } from '../../logic/latest';
import { isAdmin } from '../../logic/people';
import { presses } from '../../logic/presses';
import { confirmingPage, confirmVersion, nothingConfirmed } from '../confirming';
import { idOf, type PackCard, packCard } from './card';

const CONTENT = '确认以后，用它表决不再提示要核对，也不能再撤回。';

/** The rules votes are held by, for the admin who compares them with the law and says so once. */
Page({
  ...confirmingPage,

  data: {
    cards: [] as PackCard[],
    known: false,
    ...nothingConfirmed(),
    confirms: false,
    trouble: '',
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

  copy(event: WechatMiniprogram.TouchEvent) {
    const { url } = event.currentTarget.dataset as { url: string };
    void wx.setClipboardData({ data: url });
  },

  async confirm() {
    const pack = this.packs.find((one) => idOf(one) === this.data.confirming);
    if (!pack) return;
    const { code, version, title } = pack;
    const words = { title, shortest: 1, short: '请写一句对照了什么。', content: CONTENT };
    await confirmVersion(this, words, async (note) => {
      const known = await this.press(`${idOf(pack)} ${note}`, (key) =>
        ask('postBallotPacksByCodeVerification', { path: { code }, body: { version, note }, key }),
      );
      this.show(this.packs.map((one) => (idOf(one) === idOf(known) ? known : one)));
    });
  },

  async onPullDownRefresh() {
    await this.load();
    wx.stopPullDownRefresh();
  },
});
