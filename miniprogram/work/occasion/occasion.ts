import type { Body } from '../../api/ask';
import { ask, me } from '../../api/session';
import { wordsOf } from '../../api/trouble';
import { askToSignIn } from '../../logic/entry';
import { occasionFields, workersIn } from '../../logic/occasion';
import { presses } from '../../logic/presses';
import { isoDay } from '../../logic/when';
import { bodyOf, type Field, type Values } from '../components/fields/field';
import { formPage, noForm } from '../form-page';

/** Something happened to a worker that calls for a talk: the secretary writes down to whom and what, and talks soon. */
Page({
  ...formPage,

  data: { ...noForm(), known: false, trouble: '' },

  written: {} as Values,
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
      this.written = { at: isoDay(now) };
      const fields = occasionFields(workersIn(items, person?.id ?? ''), now);
      this.setData({ fields, form: 'record', values: this.written, known: true });
    } catch (error) {
      this.setData({ trouble: wordsOf(error) });
    }
  },

  async perform(_name: string, fields: readonly Field[], values: Values) {
    const body = bodyOf(fields, values) as Body<'postTalks'>;
    this.setData({ busy: true, wrong: '' });
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
