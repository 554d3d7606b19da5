/** A page whose list is drawn by `pagedList`. */
interface ListPage {
  list?: { begin(): Promise<void>; more(): Promise<void>; refresh(): Promise<void> } | undefined;
}

/** What every such page does when it is shown, pulled down, scrolled to its end or asked to try again. */
export const listPage = {
  onShow(this: ListPage) {
    void this.list?.refresh();
  },

  retry(this: ListPage) {
    void this.list?.begin();
  },

  more(this: ListPage) {
    void this.list?.more();
  },

  onReachBottom(this: ListPage) {
    void this.list?.more();
  },

  async onPullDownRefresh(this: ListPage) {
    await this.list?.begin();
    wx.stopPullDownRefresh();
  },
};

interface StateListPage extends ListPage {
  data: { state: string };
  setData(change: { state: string }): void;
  open(): void;
}

/** A list of what is in one of several states, which is chosen above it. */
export const stateListPage = {
  ...listPage,

  choose(this: StateListPage, event: WechatMiniprogram.TouchEvent) {
    const { state } = event.currentTarget.dataset as { state: string };
    if (state === this.data.state) return;
    this.setData({ state });
    this.open();
    void this.list?.begin();
  },
};
