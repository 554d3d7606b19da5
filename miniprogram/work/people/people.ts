import type { Answer } from '../../api/ask';
import { ask, me } from '../../api/session';
import { askToSignIn } from '../../logic/entry';
import { nothingYet, pagedList } from '../../logic/paged-list';
import { areasOf, STAFF } from '../../logic/people';
import { unmasking } from '../../logic/unmask';
import { type Place, placesOf } from '../areas';

type Person = Answer<'getPeople'>['items'][number];

/** Numbers somebody asked to see, until they are put away. */
interface Opened {
  id: string;
  phone: string;
  address: string;
}

/** The people of one's area. Numbers are masked; seeing one whole needs a reason and leaves a record. */
Page({
  data: {
    areas: [] as Place[],
    area: '',
    list: nothingYet<Person>(),
    opened: null as Opened | null,
    trouble: '',
  },

  list: undefined as ReturnType<typeof pagedList<Person>> | undefined,
  numbers: undefined as ReturnType<typeof unmasking<Opened>> | undefined,

  onLoad() {
    this.numbers = unmasking<Opened>('例如：上门走访前打电话', (change) => this.setData(change));
  },

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
    this.setData({ area, list: nothingYet() });
    this.close();
    this.list = pagedList<Person>(
      `people:${me()?.id}:${area}`,
      (cursor) => ask('getPeople', { query: { area, cursor } }),
      (list) => this.setData({ list }),
    );
    void this.list.begin();
  },

  chooseArea({ detail }: WechatMiniprogram.CustomEvent<{ code: string }>) {
    this.openList(detail.code);
  },

  async unmask(event: WechatMiniprogram.TouchEvent) {
    const { id } = event.currentTarget.dataset as { id: string };
    await this.numbers?.open(async (why) => {
      const { phone = '', address = '' } = await ask('postPeopleByIdUnmask', {
        path: { id },
        body: { fields: ['phone', 'address'], why },
      });
      return { id, phone, address };
    });
  },

  close() {
    this.numbers?.close();
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
