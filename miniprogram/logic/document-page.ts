/** How the people of a wish or an incident are reached, while it is on the screen. */
export interface Contacts {
  people: { who: string; phone?: string }[];
  address: string;
  /** What was written with numbers in it. */
  words: { by: string; at: string; text: string }[];
}

interface DocumentPage {
  screen?: { load(): Promise<void> } | undefined;
  numbers?: { close(): void } | undefined;
  load(): Promise<void>;
  close(): void;
}

/** What every page does that shows one document with its moves and the numbers behind it. */
export const documentPage = {
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

  close(this: DocumentPage) {
    this.numbers?.close();
  },

  async onPullDownRefresh(this: DocumentPage) {
    await this.load();
    wx.stopPullDownRefresh();
  },
};
