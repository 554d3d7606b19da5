import { type Chunk, changesOf, nothingYet, pagedList } from './paged-list';

/** What each list on the screen reads from. */
const sources = new WeakMap<object, ReturnType<typeof pagedList>>();

/** A component that shows documents by a query. */
interface LineList<D> {
  data: D;
  setData(change: object): void;
  triggerEvent(name: string): void;
  open(query: object): void;
  begin(): Promise<void>;
}

/** How the lists of one kind are read. */
interface Reading<L, Q, D> {
  /** Under which a list is kept for when the house is not reached; none, where it is not to be. */
  name(query: Q, data: D): string | undefined;
  read(query: Q & { cursor: string | undefined }, data: D): Promise<Chunk<L>>;
  /** The page of one of them, `/pages/wish/wish`. */
  page: string;
}

/**
 * What a list of documents by a query does, page after page; a card opens its document. The page tells it `refresh()` when it
 * is shown again, `begin()` when it is pulled down, and `more()` at its bottom. Triggers `act` from the button of an empty list.
 */
export const lineList = <L extends { id: string }, Q extends object, D>({ name, read, page }: Reading<L, Q, D>) => ({
  observers: {
    query(this: LineList<D>, query: Q) {
      if (Object.keys(query).length === 0) return;
      this.setData({ list: nothingYet() });
      this.open(query);
      void this.begin();
    },
  },
  methods: {
    open(this: LineList<D>, query: Q) {
      const { data } = this;
      let last = nothingYet<L>();
      const source = pagedList<L>(
        name(query, data),
        (cursor) => read({ ...query, cursor }, data),
        (list) => {
          this.setData(changesOf(last, list));
          last = list;
        },
      );
      sources.set(this, source as ReturnType<typeof pagedList>);
    },

    async begin(this: object) {
      await sources.get(this)?.begin();
    },

    async refresh(this: object) {
      await sources.get(this)?.refresh();
    },

    async more(this: object) {
      await sources.get(this)?.more();
    },

    look(event: WechatMiniprogram.CustomEvent<{ id: string }>) {
      wx.navigateTo({ url: `${page}?id=${event.detail.id}` });
    },

    act(this: LineList<D>) {
      this.triggerEvent('act');
    },
  },
});
