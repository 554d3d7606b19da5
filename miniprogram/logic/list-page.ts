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
