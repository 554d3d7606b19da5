import type { Answer } from '../../api/ask';
import { recall, remember } from '../../api/kept';
import { ask, me } from '../../api/session';
import { fetchSheet } from '../../api/sheet';
import { Trouble, wordsOf } from '../../api/trouble';
import { askToSignIn } from '../../logic/entry';
import { latest } from '../../logic/latest';
import { areasOf } from '../../logic/people';
import { named, type Place } from '../areas';
import { MEASURES, type Measure, measured, totalsOf } from './measures';

type Report = Answer<'getWishesReport'>;

/** Counts and rates of an area: in all, by what lies below it, and week by week. */
Page({
  data: {
    /** Those one is in charge of, and the one that is looked at. */
    areas: [] as Place[],
    area: '',
    /** The way down from the area one is in charge of. */
    path: [] as { code: string; name: string }[],
    report: null as Report | null,
    totals: [] as ReturnType<typeof totalsOf>,
    measures: MEASURES,
    measure: 'open' as Measure,
    counts: [] as ReturnType<typeof measured>,
    deeper: false,
    trouble: '',
    /** The house was not reached for the numbers. */
    unread: false,
    busy: false,
    /** The sheet was opened: how it is kept. */
    opened: false,
  },

  reads: undefined as ReturnType<typeof latest> | undefined,

  onLoad() {
    const person = me();
    if (!person) return askToSignIn();
    const areas = areasOf(person, ['secretary', 'supervisor']);
    const [area] = areas;
    if (area === undefined) {
      wx.switchTab({ url: '/pages/home/home' });
      return;
    }
    this.reads = latest();
    this.setData({ area });
    void this.load(area);
    void named(areas).then((places) => this.setData({ areas: places }));
  },

  chooseArea({ detail }: WechatMiniprogram.CustomEvent<{ code: string }>) {
    this.setData({ area: detail.code, path: [], report: null });
    void this.load(detail.code);
  },

  async load(code: string) {
    const isLatest = this.reads?.begin();
    const kept = recall<Report>(`report:${me()?.id}:${code}`);
    if (kept) this.show(kept);
    try {
      const report = await ask('getWishesReport', { query: { area: code } });
      remember(`report:${me()?.id}:${code}`, report);
      if (!isLatest?.()) return;
      this.show(report);
      this.setData({ trouble: '', unread: false });
    } catch (error) {
      if (!isLatest?.()) return;
      const words = wordsOf(error);
      this.setData({ trouble: kept ? `${words}下面是上次看到的。` : words, unread: true });
    }
  },

  show(report: Report) {
    const { path, measure } = this.data;
    const at = path.findIndex(({ code }) => code === report.area);
    const here = { code: report.area, name: report.name };
    this.setData({
      report,
      path: at < 0 ? [...path, here] : path.slice(0, at + 1),
      totals: totalsOf(report.total),
      counts: measured(report, measure),
      // Below a community there are grids, which have no parts of their own.
      deeper: report.area.length < 12,
    });
  },

  choose(event: WechatMiniprogram.TouchEvent) {
    const { measure } = event.currentTarget.dataset as { measure: Measure };
    const { report } = this.data;
    if (report) this.setData({ measure, counts: measured(report, measure) });
  },

  down(event: WechatMiniprogram.CustomEvent<{ code: string }>) {
    void this.load(event.detail.code);
  },

  up(event: WechatMiniprogram.TouchEvent) {
    void this.load((event.currentTarget.dataset as { code: string }).code);
  },

  async save() {
    const { report, busy } = this.data;
    if (!report || busy) return;
    this.setData({ busy: true, opened: false, trouble: '', unread: false });
    try {
      const filePath = await fetchSheet(report.area);
      await wx.openDocument({ filePath, fileType: 'xlsx', showMenu: true });
      this.setData({ opened: true });
    } catch (error) {
      this.setData({ trouble: error instanceof Trouble ? error.message : '表格没能打开，请再试一次。' });
    } finally {
      this.setData({ busy: false });
    }
  },

  /** Reads the numbers of where one is anew. */
  async again() {
    const { path, area } = this.data;
    await this.load(path[path.length - 1]?.code ?? area);
  },

  async onPullDownRefresh() {
    await this.again();
    wx.stopPullDownRefresh();
  },
});
