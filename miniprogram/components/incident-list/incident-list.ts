import type { Query } from '../../api/ask';
import { ask, me } from '../../api/session';
import type { IncidentLine } from '../../logic/incident-facts';
import { changesOf, nothingYet, pagedList } from '../../logic/paged-list';

/** What each list on the screen reads from. */
const sources = new WeakMap<object, ReturnType<typeof pagedList<IncidentLine>>>();

/**
 * Incidents by a query, page after page; a card opens its incident. The page tells it `refresh()`, `begin()` and `more()`
 * as it does a `wish-list`. Triggers `act` from the button of an empty list.
 */
Component({
  properties: {
    /** Of `getIncidents`. */
    query: { type: Object, value: {} as Query<'getIncidents'> },
    empty: { type: String, value: '' },
    action: { type: String, value: '' },
  },
  data: { list: nothingYet<IncidentLine>() },
  observers: {
    query(query: Query<'getIncidents'>) {
      if (Object.keys(query).length === 0) return;
      this.setData({ list: nothingYet() });
      this.open(query);
      void this.begin();
    },
  },
  methods: {
    open(query: Query<'getIncidents'>) {
      let last = nothingYet<IncidentLine>();
      const source = pagedList<IncidentLine>(
        `incidents:${me()?.id}:${JSON.stringify(query)}`,
        (cursor) => ask('getIncidents', { query: { ...query, cursor } }),
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
      wx.navigateTo({ url: `/pages/incident/incident?id=${event.detail.id}` });
    },

    act() {
      this.triggerEvent('act');
    },
  },
});
