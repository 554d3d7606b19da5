import { ask } from '../../api/session';
import { type Contacts, documentPage } from '../../logic/document-page';
import type { unmasking } from '../../logic/unmask';
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

  screenOf(id: string) {
    return wishScreen(id, (change) => {
      this.setData(change);
      if (change.wish) wx.setNavigationBarTitle({ title: `心愿${change.wish.number}号` });
    });
  },

  formOf(move: string) {
    return `/pages/move/move?id=${this.data.id}&move=${move}`;
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
