import { type Entry, linesOf, type Owner, pasteInto, totalsWord } from './roll';

/** So many are drawn at a time: a house may have hundreds. */
export const SHOWN = 50;

/** As much of the page as its list and its field for many lines go by. */
interface OwnersPage {
  owners: readonly Owner[];
  q: string;
  shown: number;
  paste: string;
  data: { unsure: readonly { text: string }[] };
  setData(change: object): void;
  draw(): void;
  save(owners: Owner[], said: string): Promise<boolean>;
  askWhich(entries: readonly (Entry & { text: string })[]): void;
}

/** The list, searched and in pieces. */
export const ownerList = {
  draw(this: OwnersPage) {
    const lines = linesOf(this.owners, this.q);
    this.setData({
      totals: totalsWord(this.owners),
      lines: lines.slice(0, this.shown),
      more: Math.max(0, lines.length - this.shown),
    });
  },

  search(this: OwnersPage, event: WechatMiniprogram.Input) {
    this.q = event.detail.value.trim();
    this.shown = SHOWN;
    this.draw();
  },

  showMore(this: OwnersPage) {
    this.shown += SHOWN;
    this.draw();
  },
};

/** Many owners at once. */
export const manyLines = {
  writeLines(this: OwnersPage, event: WechatMiniprogram.Input) {
    this.paste = event.detail.value;
  },

  /** Whatever is not taken stays in the field, with what is wrong with it. */
  async addLines(this: OwnersPage) {
    const { owners, added, left, unsure } = pasteInto(this.owners, this.paste);
    if (added + left.length + unsure.length === 0) return this.setData({ wrong: '', left: [], said: '还没有写。' });
    const rest = left.length > 0 ? `还有${left.length}行没有添上，请看下面。` : '';
    if (added > 0 && !(await this.save(owners, `添上了${added}行。${rest}`))) return;
    if (added === 0) this.setData({ said: rest });
    this.paste = left.map(({ text }) => text).join('\n');
    // The lines of the field are counted anew.
    this.setData({ pasted: this.paste, left: left.map((one, at) => ({ ...one, line: at + 1 })) });
    this.askWhich(unsure);
    // What came of it, and what is asked, stands at the top.
    void wx.pageScrollTo({ scrollTop: 0 });
  },

  /** One of those that are asked about is left out. */
  drop(this: OwnersPage, event: WechatMiniprogram.TouchEvent) {
    const { text } = event.currentTarget.dataset as { text: string };
    this.setData({ unsure: this.data.unsure.filter((one) => one.text !== text) });
  },
};
