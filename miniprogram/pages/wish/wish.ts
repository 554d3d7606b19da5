import type { Answer } from '../../api/ask';
import { performMove } from '../../api/moves';
import { ask, me } from '../../api/session';
import { wordsOf } from '../../api/trouble';
import { askToSignIn } from '../../logic/entry';
import type { MoveButton } from '../../logic/moves';
import { type Facts, factsOf } from '../../logic/wish-facts';

type Wish = Answer<'getWishesById'>;

/** How the people of a wish are reached, while it is on the screen. */
interface Contacts {
  people: { who: string; name: string; phone?: string }[];
  address: string;
}

/** Two taps, or a page closed and opened, are one request. */
const keyOf = (wish: Wish, move: string) => `${wish.id}-${move}-${wish.view === 'full' ? wish.version : wish.state}`;

/** One wish: where it stands, what happened, and what can be done with it. */
Page({
  data: {
    id: '',
    wish: undefined as Wish | undefined,
    facts: undefined as Facts | undefined,
    contacts: undefined as Contacts | undefined,
    trouble: '',
    busy: false,
  },

  onLoad({ id = '' }: { id?: string }) {
    if (!me()) {
      askToSignIn();
      return;
    }
    this.setData({ id });
  },

  onShow() {
    if (this.data.id) void this.load();
  },

  async load() {
    try {
      this.show(await ask('getWishesById', { path: { id: this.data.id } }));
    } catch (error) {
      this.setData({ trouble: wordsOf(error) });
    }
  },

  show(wish: Wish) {
    this.setData({ wish, facts: factsOf(wish, new Date()), trouble: '' });
    wx.setNavigationBarTitle({ title: `心愿${wish.number}号` });
  },

  async move(event: WechatMiniprogram.CustomEvent<MoveButton>) {
    const { move, label, form, weight } = event.detail;
    const { wish } = this.data;
    if (!wish) return;
    if (form) {
      wx.navigateTo({ url: `/pages/move/move?id=${wish.id}&move=${move}` });
      return;
    }
    if (weight === 'careful') {
      const { confirm } = await wx.showModal({
        title: `${label}？`,
        confirmText: label.slice(0, 4),
        cancelText: '先不',
      });
      if (!confirm) return;
    }
    this.setData({ busy: true });
    try {
      this.show(await performMove(wish.id, move, {}, keyOf(wish, move)));
      void wx.showToast({ title: '好了', icon: 'success' });
    } catch (error) {
      await this.load();
      this.setData({ trouble: wordsOf(error) });
    } finally {
      this.setData({ busy: false });
    }
  },

  /** Phone and address, once, for a reason that is written down. */
  async unmask() {
    const { confirm, content } = await wx.showModal({
      title: '为什么要看？',
      editable: true,
      placeholderText: '例如：上门前打电话',
      confirmText: '查看',
      cancelText: '不看了',
    });
    if (!confirm) return;
    if (!content || content.trim().length < 2) {
      this.setData({ trouble: '请写一句为什么要看，会留在记录里。' });
      return;
    }
    try {
      const {
        requester,
        proxy,
        address = '',
      } = await ask('postWishesByIdUnmask', {
        path: { id: this.data.id },
        body: { why: content.trim() },
      });
      const people = [{ who: '许愿人', ...requester }, ...(proxy ? [{ who: '代办人', ...proxy }] : [])];
      this.setData({ contacts: { people, address }, trouble: '' });
    } catch (error) {
      this.setData({ trouble: wordsOf(error) });
    }
  },

  hide() {
    this.setData({ contacts: undefined });
  },

  call(event: WechatMiniprogram.TouchEvent) {
    const { phone } = event.currentTarget.dataset as { phone: string };
    void wx.makePhoneCall({ phoneNumber: phone });
  },

  async onPullDownRefresh() {
    await this.load();
    wx.stopPullDownRefresh();
  },
});
