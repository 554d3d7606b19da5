import { me } from '../api/session';
import { askToSignIn } from './entry';
import type { MoveButton } from './moves';
import { type Unmasked, unmasking } from './unmask';

/** How the people of a wish or an incident are reached, while it is on the screen. */
export interface Contacts {
  people: { who: string; phone?: string }[];
  address: string;
  /** What was written with numbers in it. */
  words: { by: string; at: string; text: string }[];
}

interface DocumentPage {
  data: { id: string };
  setData(change: object): void;
  screen?: { load(): Promise<void>; move(button: MoveButton<never>): Promise<boolean> } | undefined;
  numbers?: ReturnType<typeof unmasking<Contacts>> | undefined;
  /** What reads the document and makes its moves. */
  screenOf(id: string): NonNullable<DocumentPage['screen']>;
  /** The form of a move that asks for something. */
  formOf(move: string): string;
  load(): Promise<void>;
  close(): void;
}

/** What every page does that shows one document with its moves and the numbers behind it. */
export const documentPage = {
  onLoad(this: DocumentPage, { id = '' }: { id?: string }) {
    if (!me()) {
      askToSignIn();
      return;
    }
    this.setData({ id });
    this.screen = this.screenOf(id);
    this.numbers = unmasking<Contacts>('例如：上门前打电话', (change: Partial<Unmasked<Contacts>>) =>
      this.setData(change),
    );
  },

  onShow(this: DocumentPage) {
    void this.load();
  },

  /** Whole numbers do not stay on the screen when somebody looks away. */
  onHide(this: DocumentPage) {
    this.close();
  },

  async load(this: DocumentPage) {
    await this.screen?.load();
  },

  async move(this: DocumentPage, { detail }: WechatMiniprogram.CustomEvent<MoveButton<never>>) {
    if (detail.form) wx.navigateTo({ url: this.formOf(detail.move) });
    else if (await this.screen?.move(detail)) void wx.showToast({ title: '好了', icon: 'success' });
  },

  close(this: DocumentPage) {
    this.numbers?.close();
  },

  async onPullDownRefresh(this: DocumentPage) {
    await this.load();
    wx.stopPullDownRefresh();
  },
};
