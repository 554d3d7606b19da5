import { ask, me } from '../../api/session';
import { wordsOf } from '../../api/trouble';
import { askToSignIn } from '../../logic/entry';
import { latest } from '../../logic/latest';
import { INCIDENT_COUNTERS, isAdmin, isSupervisor } from '../../logic/people';
import { isoDay } from '../../logic/when';
import { type Place, placesOf } from '../areas';
import type { Count } from '../components/bars/bars-of';
import { kindsOf, spotLines, type Total, totalsOfIncidents } from './spots';

const SPANS = [
  { days: 7, label: '近7天' },
  { days: 30, label: '近30天' },
  { days: 90, label: '近90天' },
];
const DAY_MS = 86_400_000;

/** Where problems come again and again, and of what kind: numbers only, nobody's name. */
Page({
  data: {
    areas: [] as Place[],
    area: '',
    spans: SPANS,
    days: 30,
    totals: [] as Total[],
    kinds: [] as Count[],
    spots: [] as ReturnType<typeof spotLines>,
    suppressed: false,
    /** Whether the targets are theirs to look at. */
    targets: false,
    known: false,
    trouble: '',
  },

  asked: latest(),

  onLoad() {
    const person = me();
    if (!person) return askToSignIn();
    const [first] = person.roles.filter(({ role }) => INCIDENT_COUNTERS.includes(role));
    if (!first) {
      wx.switchTab({ url: '/pages/home/home' });
      return;
    }
    this.setData({ area: first.area, targets: isSupervisor(person) || isAdmin(person) });
    void this.load();
    void placesOf(person, INCIDENT_COUNTERS).then((areas) => this.setData({ areas }));
  },

  async load() {
    const isLast = this.asked.begin();
    const { area, days } = this.data;
    this.setData({ trouble: '' });
    try {
      const from = isoDay(new Date(Date.now() - days * DAY_MS));
      const [counts, spots] = await Promise.all([
        ask('getIncidentsCounts', { query: { area, from } }),
        ask('getIncidentsHotSpots', { query: { area, days } }),
      ]);
      if (!isLast()) return;
      this.setData({
        totals: totalsOfIncidents(counts),
        kinds: kindsOf(counts),
        spots: spotLines(spots),
        suppressed: counts.suppressed,
        known: true,
      });
    } catch (error) {
      if (isLast()) this.setData({ trouble: wordsOf(error), known: false });
    }
  },

  chooseArea({ detail }: WechatMiniprogram.CustomEvent<{ code: string }>) {
    this.setData({ area: detail.code, known: false });
    void this.load();
  },

  openTargets() {
    wx.navigateTo({ url: '/work/targets/targets' });
  },

  choose(event: WechatMiniprogram.TouchEvent) {
    const { days } = event.currentTarget.dataset as { days: number };
    if (days === this.data.days) return;
    this.setData({ days, known: false });
    void this.load();
  },

  async onPullDownRefresh() {
    await this.load();
    wx.stopPullDownRefresh();
  },
});
