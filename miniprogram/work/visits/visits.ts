import { ask, me } from '../../api/session';
import { askToSignIn } from '../../logic/entry';
import { listPage } from '../../logic/list-page';
import { nothingYet, pagedList } from '../../logic/paged-list';
import { areasOf, isVisitor } from '../../logic/people';
import { type Place, placesOf } from '../areas';
import { KINDS, type Kind, type Row, rowOf } from './rows';

/** One's own, beside the areas one keeps or checks. */
const MINE: Place = { code: '', name: '我记的' };
const READERS = ['secretary', 'care_keeper', 'supervisor'] as const;

/** Logged visits, the latest first: one's own, an area's, or those to one person one serves. Nothing stays on the phone. */
Page({
  ...listPage,
  data: {
    areas: [] as Place[],
    area: '',
    kinds: KINDS,
    kind: '' as Kind,
    list: nothingYet<Row>(),
    /** Those to one person. */
    one: false,
    /** Whose they are, where it is one worker's. */
    whose: '',
  },

  person: '',
  by: '',
  list: undefined as ReturnType<typeof pagedList<Row>> | undefined,

  onLoad({ person = '', area = '', by = '', name = '' }: Record<string, string | undefined>) {
    const reader = me();
    if (!reader) return askToSignIn();
    Object.assign(this, { person, by });
    const logs = isVisitor(reader);
    const [first = ''] = areasOf(reader, READERS);
    this.setData({ one: person !== '', whose: decodeURIComponent(name) });
    if (person === '' && by === '')
      void placesOf(reader, READERS).then((places) =>
        this.setData({ areas: logs && places.length > 0 ? [MINE, ...places] : places }),
      );
    this.openList(area || first, '');
  },

  openList(area: string, kind: Kind) {
    this.setData({ area, kind, list: nothingYet() });
    const whose =
      this.person !== ''
        ? { person: this.person }
        : area !== ''
          ? { area, ...(this.by !== '' && { by: this.by }) }
          : {};
    const reader = me()?.id ?? '';
    this.list = pagedList<Row>(
      undefined,
      async (cursor) => {
        const query = { ...whose, ...(kind !== '' && { kind }), cursor };
        const { items, ...page } = await ask('getVisits', { query });
        return { ...page, items: items.map((visit) => rowOf(visit, reader, new Date())) };
      },
      (list) => this.setData({ list }),
    );
    void this.list.begin();
  },

  chooseArea({ detail }: WechatMiniprogram.CustomEvent<{ code: string }>) {
    this.openList(detail.code, this.data.kind);
  },

  choose(event: WechatMiniprogram.TouchEvent) {
    const { kind } = event.currentTarget.dataset as { kind: Kind };
    this.openList(this.data.area, kind);
  },

  open(event: WechatMiniprogram.TouchEvent) {
    const { id } = event.currentTarget.dataset as { id: string };
    wx.navigateTo({ url: `/work/visit/visit?id=${id}` });
  },
});
