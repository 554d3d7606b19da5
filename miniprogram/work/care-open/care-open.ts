import { ask, me } from '../../api/session';
import { wordsOf } from '../../api/trouble';
import { askToSignIn } from '../../logic/entry';
import { latest } from '../../logic/latest';
import { areasOf, KEEPERS } from '../../logic/people';
import { presses } from '../../logic/presses';
import { type Place, placesOf } from '../areas';
import { findLeads, findSentinels } from '../care/servants';
import type { Field, Values } from '../components/fields/field';
import { formPage, noForm } from '../form-page';
import { type Found, foundOf, openBeginning, openBody, openFields } from './form';

const COMMUNITY = /^\d{12}$/;
const MOST_OF_A_NAME = 20;

/** Taking somebody into care: who it is, why, who agreed, until when somebody looks again, and who looks after them. */
Page({
  ...formPage,
  data: {
    ...noForm(),
    areas: [] as Place[],
    area: '',
    found: [] as Found[],
    chosen: null as Found | null,
    said: '',
  },

  name: '',
  written: {} as Values,
  searched: latest(),
  press: presses(),

  onLoad() {
    const person = me();
    if (!person) return askToSignIn();
    this.setData({ area: areasOf(person, KEEPERS).find((code) => COMMUNITY.test(code)) ?? '' });
    void placesOf(person, KEEPERS).then((places) => {
      const areas = places.filter(({ code }) => COMMUNITY.test(code));
      this.setData({ areas, area: this.data.area || (areas[0]?.code ?? '') });
    });
  },

  chooseArea({ detail }: WechatMiniprogram.CustomEvent<{ code: string }>) {
    this.searched.begin();
    this.setData({ area: detail.code, found: [], said: '', wrong: '' });
  },

  write(event: WechatMiniprogram.Input) {
    this.name = event.detail.value.trim();
  },

  async seek() {
    if (this.name.length < 2) return this.setData({ wrong: '请写完整的姓名再找。', found: [], said: '' });
    const isLast = this.searched.begin();
    this.setData({ wrong: '', said: '', found: [] });
    try {
      const query = { area: this.data.area, name: this.name, limit: MOST_OF_A_NAME };
      const { items } = await ask('getPeople', { query });
      if (!isLast()) return;
      const none = '名册里没有这个人。请看看姓名写全了没有，或者请网格员先登记。';
      this.setData({ found: items.map(foundOf), said: items.length === 0 ? none : '是哪一位？点一下。' });
    } catch (error) {
      if (isLast()) this.setData({ wrong: wordsOf(error) });
    }
  },

  /** Whom it can be is asked once it is known where they live. */
  async choose(event: WechatMiniprogram.TouchEvent) {
    const { id } = event.currentTarget.dataset as { id: string };
    const chosen = this.data.found.find((one) => one.id === id);
    if (!chosen || this.data.busy) return;
    this.setData({ busy: true, wrong: '' });
    try {
      const { area } = this.data;
      const [sentinels, leads] = await Promise.all([findSentinels(area, id), findLeads(area, id)]);
      const now = new Date();
      this.written = openBeginning(now);
      this.setData({ chosen, form: 'open', fields: openFields({ sentinels, leads }, now), values: this.written });
      void wx.pageScrollTo({ scrollTop: 0 });
    } catch (error) {
      this.setData({ wrong: wordsOf(error) });
    } finally {
      this.setData({ busy: false });
    }
  },

  another() {
    this.leave();
    this.setData({ chosen: null, found: [], said: '' });
  },

  async perform(_name: string, fields: readonly Field[], values: Values) {
    const { chosen } = this.data;
    if (!chosen) return;
    this.setData({ busy: true, wrong: '' });
    try {
      const body = openBody(chosen.id, fields, values);
      const { id } = await this.press(JSON.stringify(body), (key) => ask('postCare', { body, key }));
      void wx.showToast({ title: '登记好了', icon: 'success' });
      wx.redirectTo({ url: `/work/care/care?id=${id}` });
    } catch (error) {
      this.setData({ wrong: wordsOf(error) });
    } finally {
      this.setData({ busy: false });
    }
  },
});
