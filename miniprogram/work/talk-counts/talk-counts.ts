import { ask, me } from '../../api/session';
import { wordsOf } from '../../api/trouble';
import { askToSignIn } from '../../logic/entry';
import { latest } from '../../logic/latest';
import { areasOf } from '../../logic/people';
import { kindLines, type PartLine, partsOf, type TalkCounts, type Total, totalsOfTalks } from '../../logic/talk-counts';
import { named, type Place } from '../areas';
import { quarterBefore } from '../talks/line';

/** How many talks were held and how many were not, by area; of the difficulties only what nobody can be known by. */
Page({
  data: {
    areas: [] as Place[],
    area: '',
    /** The way down from the area one is in charge of. */
    path: [] as Place[],
    /** Code of the quarter that is; empty until the house said so. */
    current: '',
    before: false,
    totals: [] as Total[],
    parts: [] as PartLine[],
    kinds: [] as { word: string; words: string }[],
    deeper: false,
    known: false,
    trouble: '',
  },

  at: '',
  asked: latest(),

  onLoad() {
    const person = me();
    if (!person) return askToSignIn();
    const areas = areasOf(person, ['secretary', 'supervisor']);
    const [area = ''] = areas;
    this.at = area;
    this.setData({ area });
    void named(areas).then((places) => this.setData({ areas: places }));
    void this.load();
  },

  async load() {
    const isLast = this.asked.begin();
    const { current, before } = this.data;
    const { at } = this;
    this.setData({ trouble: '' });
    try {
      const [talks, difficulties] = await Promise.all([
        ask('getTalksCounts', { query: { area: at, quarter: before ? quarterBefore(current) : undefined } }),
        ask('getDifficultiesCounts', { query: { area: at } }),
      ]);
      if (!isLast()) return;
      if (!before) this.setData({ current: talks.quarter });
      this.show(talks, kindLines(difficulties));
    } catch (error) {
      if (isLast()) this.setData({ trouble: wordsOf(error), known: false });
    }
  },

  show(talks: TalkCounts, kinds: { word: string; words: string }[]) {
    const { area: code, name } = talks.total;
    const { path } = this.data;
    const there = path.findIndex((one) => one.code === code);
    this.setData({
      path: there < 0 ? [...path, { code, name }] : path.slice(0, there + 1),
      totals: totalsOfTalks(talks, this.data.before),
      parts: partsOf(talks),
      kinds,
      // Of a community there are no parts: who would be counted there is known by name.
      deeper: code.length < 9,
      known: true,
    });
  },

  chooseArea({ detail }: WechatMiniprogram.CustomEvent<{ code: string }>) {
    this.at = detail.code;
    this.setData({ area: detail.code, path: [], known: false });
    void this.load();
  },

  choose(event: WechatMiniprogram.TouchEvent) {
    const { before } = event.currentTarget.dataset as { before: boolean };
    if (before === this.data.before || this.data.current === '') return;
    this.setData({ before, known: false });
    void this.load();
  },

  open(event: WechatMiniprogram.TouchEvent) {
    this.at = (event.currentTarget.dataset as { code: string }).code;
    void this.load();
  },

  async onPullDownRefresh() {
    await this.load();
    wx.stopPullDownRefresh();
  },
});
