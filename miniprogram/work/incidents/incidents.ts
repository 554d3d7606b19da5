import type { Query } from '../../api/ask';
import { ask, me } from '../../api/session';
import { askToSignIn } from '../../logic/entry';
import { latest } from '../../logic/latest';
import { areasOf, countsIncidents, INCIDENT_READERS, streetsOf } from '../../logic/people';
import { beginList, moreOfList, refreshList } from '../../logic/wish-list';
import { named, type Place, placesOf } from '../areas';
import { type Column, columnChips, columnQuery, EMPTY_COLUMN } from './columns';

/** How often what is on the screen is read anew. */
const ANEW_MS = 20_000;

/** The incidents of an area by how far they are, the most pressing first; of a street, what has come up to it. */
Page({
  data: {
    areas: [] as Place[],
    area: '',
    /** Whether one sees only what has come up to the street. */
    street: false,
    columns: columnChips(),
    column: 'waiting' as Column,
    query: {} as Query<'getIncidents'>,
    empty: EMPTY_COLUMN.waiting,
    counts: false,
  },

  asked: latest(),
  timer: 0,

  onShow() {
    const person = me();
    if (!person) {
      askToSignIn();
      return;
    }
    clearInterval(this.timer);
    this.timer = setInterval(() => this.again(), ANEW_MS) as unknown as number;
    if (this.data.area !== '') return this.again();
    const own = areasOf(person, INCIDENT_READERS);
    const street = own.length === 0;
    const [area = ''] = street ? streetsOf(person) : own;
    this.setData({ area, street, counts: countsIncidents(person) });
    this.show();
    const places = street ? named(streetsOf(person)) : placesOf(person, INCIDENT_READERS);
    void places.then((areas) => this.setData({ areas }));
  },

  onHide() {
    clearInterval(this.timer);
  },

  onUnload() {
    clearInterval(this.timer);
  },

  show() {
    const { area, column, street } = this.data;
    if (area === '') return;
    this.setData({ query: columnQuery(area, column, street), empty: EMPTY_COLUMN[column] });
    void this.count();
  },

  /** A hint only. Of a street all incidents are counted, and not only those that came up to it. */
  async count() {
    const { area, counts, street } = this.data;
    if (!counts || street) return;
    const isLast = this.asked.begin();
    const found = await ask('getIncidentsCounts', { query: { area } }).catch(() => undefined);
    if (isLast()) this.setData({ columns: columnChips(found) });
  },

  again() {
    void refreshList(this);
    void this.count();
  },

  choose(event: WechatMiniprogram.TouchEvent) {
    const { column } = event.currentTarget.dataset as { column: Column };
    if (column === this.data.column) return;
    this.setData({ column });
    this.show();
  },

  chooseArea({ detail }: WechatMiniprogram.CustomEvent<{ code: string }>) {
    this.setData({ area: detail.code });
    this.show();
  },

  report() {
    wx.navigateTo({ url: '/pages/report/report' });
  },

  spots() {
    wx.navigateTo({ url: '/work/hot-spots/hot-spots' });
  },

  onReachBottom() {
    void moreOfList(this);
  },

  async onPullDownRefresh() {
    await Promise.all([beginList(this), this.count()]);
    wx.stopPullDownRefresh();
  },
});
