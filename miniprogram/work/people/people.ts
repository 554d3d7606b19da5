import type { Answer } from '../../api/ask';
import { ask, me } from '../../api/session';
import { wordsOf } from '../../api/trouble';
import { askToSignIn } from '../../logic/entry';
import { NOTHING_YET, pagedList, type Shown } from '../../logic/paged-list';
import { areasOf } from '../../logic/people';
import { type Place, placesOf } from '../areas';

type Person = Answer<'getPeople'>['items'][number];

/** Numbers somebody asked to see, until they are put away. */
interface Opened {
  id: string;
  phone: string;
  address: string;
}

const STAFF = ['worker', 'grid_worker', 'secretary'] as const;

/** The people of one's area. Numbers are masked; seeing one whole needs a reason and leaves a record. */
Page({
  data: {
    areas: [] as Place[],
    area: '',
    list: NOTHING_YET as Shown<Person>,
    opened: undefined as Opened | undefined,
    trouble: '',
  },

  list: undefined as ReturnType<typeof pagedList<Person>> | undefined,

  onShow() {
    const person = me();
    if (!person) {
      askToSignIn();
      return;
    }
    if (this.data.area !== '') return;
    const [area = ''] = areasOf(person, STAFF);
    this.openList(area);
    void placesOf(person, STAFF).then((areas) => this.setData({ areas }));
  },

  /** Whole numbers do not stay on the screen when somebody looks away. */
  onHide() {
    this.close();
  },

  openList(area: string) {
    this.setData({ area, list: NOTHING_YET, opened: undefined });
    this.list = pagedList<Person>(
      `people:${me()?.id}:${area}`,
      (cursor) => ask('getPeople', { query: { area, cursor } }),
      (list) => this.setData({ list }),
    );
    void this.list.begin();
  },

  chooseArea(event: WechatMiniprogram.TouchEvent) {
    this.openList((event.currentTarget.dataset as { code: string }).code);
  },

  async unmask(event: WechatMiniprogram.TouchEvent) {
    const { id } = event.currentTarget.dataset as { id: string };
    const { confirm, content } = await wx.showModal({
      title: '为什么要看？',
      editable: true,
      placeholderText: '例如：上门走访前打电话',
      confirmText: '查看',
      cancelText: '不看了',
    });
    if (!confirm) return;
    const why = (content ?? '').trim();
    if (why.length < 2) {
      this.setData({ trouble: '请写一句为什么要看，会留在记录里。' });
      return;
    }
    try {
      const { phone = '', address = '' } = await ask('postPeopleByIdUnmask', {
        path: { id },
        body: { fields: ['phone', 'address'], why },
      });
      this.setData({ opened: { id, phone, address }, trouble: '' });
    } catch (error) {
      this.setData({ trouble: wordsOf(error) });
    }
  },

  close() {
    this.setData({ opened: undefined });
  },

  call() {
    const { opened } = this.data;
    if (opened?.phone) void wx.makePhoneCall({ phoneNumber: opened.phone });
  },

  retry() {
    void this.list?.begin();
  },

  more() {
    void this.list?.more();
  },

  onReachBottom() {
    void this.list?.more();
  },

  async onPullDownRefresh() {
    await this.list?.begin();
    wx.stopPullDownRefresh();
  },
});
