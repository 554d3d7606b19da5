import { ask, me } from '../../api/session';
import { type Contacts, documentPage } from '../../logic/document-page';
import { askToSignIn } from '../../logic/entry';
import type { MoveButton } from '../../logic/moves';
import { unmasking } from '../../logic/unmask';
import { type WishScreen, wishScreen } from '../../logic/wish-screen';

/** One wish: where it stands, what happened, and what can be done with it. */
Page({
  ...documentPage,

  data: {
    id: '',
    wish: null as WishScreen['wish'],
    facts: null as WishScreen['facts'],
    opened: null as Contacts | null,
    trouble: '',
    busy: false,
  },

  screen: undefined as ReturnType<typeof wishScreen> | undefined,
  numbers: undefined as ReturnType<typeof unmasking<Contacts>> | undefined,

  onLoad({ id = '' }: { id?: string }) {
    if (!me()) {
      askToSignIn();
      return;
    }
    this.setData({ id });
    this.screen = wishScreen(id, (change) => {
      this.setData(change);
      if (change.wish) wx.setNavigationBarTitle({ title: `心愿${change.wish.number}号` });
    });
    this.numbers = unmasking<Contacts>('例如：上门前打电话', (change) => this.setData(change));
  },

  async move(event: WechatMiniprogram.CustomEvent<MoveButton>) {
    const { move, form } = event.detail;
    if (form) {
      wx.navigateTo({ url: `/pages/move/move?id=${this.data.id}&move=${move}` });
      return;
    }
    if (await this.screen?.move(event.detail)) void wx.showToast({ title: '好了', icon: 'success' });
  },

  /** Phone and address, once, for a reason that is written down. */
  async unmask() {
    await this.numbers?.open(async (why) => {
      const {
        requester,
        proxy,
        address = '',
        words,
      } = await ask('postWishesByIdUnmask', {
        path: { id: this.data.id },
        body: { why },
      });
      const shown = (who: string, { name, phone = '' }: { name: string; phone?: string }) => ({
        who: `${who} ${name}`,
        phone,
      });
      return {
        people: [shown('许愿人', requester), ...(proxy ? [shown('代办人', proxy)] : [])],
        address,
        words,
      };
    });
  },
});
