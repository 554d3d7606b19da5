import type { Answer } from '../../api/ask';
import { ask, me } from '../../api/session';
import { wordsOf } from '../../api/trouble';
import { askToSignIn } from '../../logic/entry';
import { latest } from '../../logic/latest';
import { areasOf, bearsDuties } from '../../logic/people';
import { isoDay } from '../../logic/when';
import { named, type Place } from '../areas';
import { countUnsent, sendUnsent, sentWords } from '../log/unsent';
import { dayIn, daysAfter, packsNote, type Section, sectionsOf, weekOf } from './plan';

/** The choice of one's own week, beside the areas one answers for. */
const MINE: Place = { code: '', name: '我自己的' };

/** What is to be done this week, by whom and why: one's own, or an area's by worker. */
Page({
  data: {
    areas: [] as Place[],
    area: '',
    span: '',
    thisWeek: true,
    sections: [] as Section[],
    over: null as Answer<'getAreasByCodeDuties'> | null,
    note: '',
    /** What became of visits that were logged without a network. */
    said: '',
    unsent: 0,
    known: false,
    trouble: '',
  },

  monday: '',
  asked: latest(),

  onLoad({ area = '' }: { area?: string }) {
    const person = me();
    if (!person) return askToSignIn();
    const codes = areasOf(person, ['secretary', 'supervisor']);
    const bears = bearsDuties(person);
    const today = isoDay(new Date());
    this.monday = daysAfter(today, -((new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7));
    this.setData({ area: area || (bears ? '' : (codes[0] ?? '')) });
    void named(codes).then((places) => this.setData({ areas: [...(bears ? [MINE] : []), ...places] }));
    void ask('getDutyPacks', {})
      .then(({ items }) => this.setData({ note: packsNote(items) }))
      .catch(() => undefined);
  },

  onShow() {
    if (me()) void this.sendWaiting().then(() => this.load());
  },

  /** A visit that arrives now counts below already. */
  async sendWaiting() {
    const { id = '' } = me() ?? {};
    const today = isoDay(new Date());
    if (countUnsent(id, today) === 0) return this.setData({ unsent: 0 });
    const said = sentWords(await sendUnsent(id, today));
    this.setData({ said, unsent: countUnsent(id, today) });
  },

  async load() {
    const isLast = this.asked.begin();
    const week = weekOf(this.monday);
    const { area } = this.data;
    this.setData({
      span: `${dayIn(this.monday)}到${dayIn(daysAfter(this.monday, 6))}`,
      thisWeek: week === weekOf(isoDay(new Date())),
      trouble: '',
    });
    try {
      if (area === '') {
        const plan = await ask('getDuties', { query: { week } });
        if (isLast()) this.setData({ sections: sectionsOf(plan), over: null, known: true });
      } else {
        const over = await ask('getAreasByCodeDuties', { path: { code: area }, query: { week } });
        if (isLast()) this.setData({ sections: [], over, known: true });
      }
    } catch (error) {
      if (isLast()) this.setData({ trouble: wordsOf(error), known: false, sections: [], over: null });
    }
  },

  turn(event: WechatMiniprogram.TouchEvent) {
    const { by } = event.currentTarget.dataset as { by: number };
    this.monday = daysAfter(this.monday, by);
    void this.load();
  },

  chooseArea({ detail }: WechatMiniprogram.CustomEvent<{ code: string }>) {
    this.setData({ area: detail.code, known: false, sections: [], over: null });
    void this.load();
  },

  /** What a worker logged, to be checked. */
  logged(event: WechatMiniprogram.TouchEvent) {
    const { id } = event.currentTarget.dataset as { id: string };
    const { area, over } = this.data;
    const name = encodeURIComponent(over?.workers.find((one) => one.id === id)?.name ?? '');
    wx.navigateTo({ url: `/work/visits/visits?area=${area}&by=${id}&name=${name}` });
  },

  go(event: WechatMiniprogram.TouchEvent) {
    const { url } = event.currentTarget.dataset as { url: string };
    wx.navigateTo({ url });
  },

  async onPullDownRefresh() {
    await this.load();
    wx.stopPullDownRefresh();
  },
});
