import type { Body } from '../../api/ask';
import { ask, me } from '../../api/session';
import { wordsOf } from '../../api/trouble';
import { askToSignIn } from '../../logic/entry';
import { occasionFields, workersIn } from '../../logic/occasion';
import { presses } from '../../logic/presses';
import { isoDay } from '../../logic/when';
import { bodyOf, type Field, missingIn, type Values } from '../components/fields/field';
import { formPage } from '../form-page';

/** Something happened to a worker that calls for a talk: the secretary writes down to whom and what, and talks soon. */
Page({
  ...formPage,

  data: { fields: [] as Field[], values: {} as Values, known: false, trouble: '', wrong: '', busy: false },

  values: {} as Values,
  press: presses(),

  onLoad() {
    if (me()) void this.load();
    else askToSignIn();
  },

  async load() {
    const person = me();
    const now = new Date();
    this.setData({ trouble: '' });
    try {
      const { items } = await ask('getTalksDue', {});
      this.values = { at: isoDay(now) };
      const fields = occasionFields(workersIn(items, person?.id ?? ''), now);
      this.setData({ fields, values: this.values, known: true });
    } catch (error) {
      this.setData({ trouble: wordsOf(error) });
    }
  },

  async send() {
    const { fields, busy } = this.data;
    if (busy) return;
    const wrong = missingIn(fields, this.values);
    this.setData({ wrong });
    if (wrong !== '') return;
    const body = bodyOf(fields, this.values) as Body<'postTalks'>;
    this.setData({ busy: true });
    try {
      const { id } = await this.press(JSON.stringify(body), (key) => ask('postTalks', { body, key }));
      void wx.showToast({ title: '登记好了', icon: 'success' });
      wx.redirectTo({ url: `/work/talk/talk?id=${id}` });
    } catch (error) {
      this.setData({ wrong: wordsOf(error) });
    } finally {
      this.setData({ busy: false });
    }
  },
});
