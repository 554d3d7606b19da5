import type { Answer, Query } from '../../api/ask';
import { ask, me } from '../../api/session';
import { changesOf, nothingYet, pagedList } from '../../logic/paged-list';

type Line = Answer<'getWishes'>['items'][number] | Answer<'getWishesWall'>['items'][number];

/** What each list on the screen reads from. */
const sources = new WeakMap<object, ReturnType<typeof pagedList<Line>>>();

/**
 * Wishes by a query, page after page; a card opens its wish. The page tells it `refresh()` when it is shown again,
 * `begin()` when it is pulled down, and `more()` at its bottom. Triggers `act` from the button of an empty list.
 */
Component({
  properties: {
    /** Of `getWishes`; with an area alone and `wall`, of `getWishesWall`. */
    query: { type: Object, value: {} as Query<'getWishes'> },
    wall: { type: Boolean, value: false },
    empty: { type: String, value: '' },
    action: { type: String, value: '' },
  },
  data: { list: nothingYet<Line>() },
  observers: {
    query(query: Query<'getWishes'>) {
      if (Object.keys(query).length === 0) return;
      this.setData({ list: nothingYet() });
      this.open(query);
      void this.begin();
    },
  },
  methods: {
    open(query: Query<'getWishes'>) {
      const { wall } = this.data;
      // What somebody searched for is theirs, and every search would be another list to keep.
      const name = query.q === undefined ? `wishes:${me()?.id}:${wall}:${JSON.stringify(query)}` : undefined;
      let last = nothingYet<Line>();
      const source = pagedList<Line>(
        name,
        (cursor) =>
          wall
            ? ask('getWishesWall', { query: { ...(query as Query<'getWishesWall'>), cursor } })
            : ask('getWishes', { query: { ...query, cursor } }),
        (list) => {
          this.setData(changesOf(last, list));
          last = list;
        },
      );
      sources.set(this, source);
    },

    async begin() {
      await sources.get(this)?.begin();
    },

    async refresh() {
      await sources.get(this)?.refresh();
    },

    async more() {
      await sources.get(this)?.more();
    },

    look(event: WechatMiniprogram.CustomEvent<{ id: string }>) {
      wx.navigateTo({ url: `/pages/wish/wish?id=${event.detail.id}` });
    },

    act() {
      this.triggerEvent('act');
    },
  },
});
