import { ask, me } from '../../api/session';
import { wordsOf } from '../../api/trouble';
import { askToSignIn } from '../../logic/entry';
import { latest } from '../../logic/latest';
import { listPage } from '../../logic/list-page';
import { nothingYet, pagedList } from '../../logic/paged-list';
import { areasOf, holdsAny, KEEPERS, STAFF } from '../../logic/people';
import { type Place, placesOf } from '../areas';
import { findInCare } from './find';
import { type Filter, filtersFor, queryOf, type Row, rowOf } from './rows';

/** Whom one looks after oneself, beside the areas one answers for. */
const MINE: Place = { code: '', name: '我照看的' };
const SERVANTS = ['worker', 'grid_worker', 'household_lead'] as const;

/** People in care: one's own, or an area's for those who answer for it. Nothing of it stays on the phone. */
Page({
  ...listPage,
  data: {
    areas: [] as Place[],
    area: '',
    keeps: false,
    searches: false,
    filters: [] as { filter: Filter; label: string }[],
    filter: '' as Filter,
    list: nothingYet<Row>(),
    /** Those of a name; `null` while nobody is searched for. */
    found: null as Row[] | null,
    said: '',
    wrong: '',
  },

  name: '',
  searched: latest(),
  list: undefined as ReturnType<typeof pagedList<Row>> | undefined,

  onLoad({ filter = '' }: { filter?: string }) {
    const person = me();
    if (!person) return askToSignIn();
    const [area = ''] = areasOf(person, KEEPERS);
    const serves = holdsAny(person, SERVANTS);
    this.setData({ keeps: area !== '', searches: areasOf(person, [...STAFF, ...KEEPERS]).length > 0 });
    void placesOf(person, KEEPERS).then((places) =>
      this.setData({ areas: serves && places.length > 0 ? [MINE, ...places] : places }),
    );
    const known = filtersFor(area !== '').find((one) => one.filter === filter);
    this.openList(area, known?.filter ?? '');
  },

  openList(area: string, filter: Filter) {
    this.setData({
      area,
      filter,
      filters: filtersFor(area !== ''),
      list: nothingYet(),
      found: null,
      said: '',
      wrong: '',
    });
    this.searched.begin();
    this.list = pagedList<Row>(
      undefined,
      async (cursor) => {
        const { items, ...page } = await ask('getCare', { query: { ...queryOf(area, filter), cursor } });
        return { ...page, items: items.map((one) => rowOf(one, new Date())) };
      },
      (list) => this.setData({ list }),
    );
    void this.list.begin();
  },

  chooseArea({ detail }: WechatMiniprogram.CustomEvent<{ code: string }>) {
    this.openList(detail.code, '');
  },

  choose(event: WechatMiniprogram.TouchEvent) {
    const { filter } = event.currentTarget.dataset as { filter: Filter };
    this.openList(this.data.area, filter);
  },

  write(event: WechatMiniprogram.Input) {
    this.name = event.detail.value.trim();
  },

  async seek() {
    const person = me();
    if (!person) return;
    if (this.name.length < 2) return this.setData({ wrong: '请写完整的姓名再找。' });
    const isLast = this.searched.begin();
    const area = this.data.area || (areasOf(person, [...KEEPERS, ...STAFF])[0] ?? '');
    this.setData({ wrong: '' });
    try {
      const { rows, others } = await findInCare(area, this.name);
      if (!isLast()) return;
      const said =
        others > 0 ? `有${others}位叫这个名字的人不在您能看的名册里。` : '没有找到这个人，请看看姓名写全了没有。';
      this.setData({
        found: rows.map((one) => rowOf(one, new Date())),
        said: rows.length > 0 ? `找到${rows.length}位。` : said,
      });
    } catch (error) {
      if (isLast()) this.setData({ wrong: wordsOf(error) });
    }
  },

  all() {
    this.searched.begin();
    this.setData({ found: null, said: '', wrong: '' });
  },

  open(event: WechatMiniprogram.TouchEvent) {
    const { id } = event.currentTarget.dataset as { id: string };
    wx.navigateTo({ url: `/work/care/care?id=${id}` });
  },

  add() {
    wx.navigateTo({ url: '/work/care-open/care-open' });
  },

  load() {
    wx.navigateTo({ url: '/work/care-load/care-load' });
  },
});
