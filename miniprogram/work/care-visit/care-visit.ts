import type { Body } from '../../api/ask';
import { ask, me } from '../../api/session';
import { wordsOf } from '../../api/trouble';
import { careVisitFields } from '../../logic/care-visit';
import { askToSignIn } from '../../logic/entry';
import { workersIn } from '../../logic/occasion';
import { presses } from '../../logic/presses';
import { isoDay } from '../../logic/when';
import { bodyOf, type Field, type Values } from '../components/fields/field';
import { formPage, noForm } from '../form-page';

/** A secretary writes down that they went to see a worker. */
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
    const now = new Date();
    this.setData({ trouble: '' });
    try {
      const { items } = await ask('getTalksDue', {});
      this.written = { day: isoDay(now) };
      this.setData({
        fields: careVisitFields(workersIn(items, me()?.id ?? ''), now),
        form: 'record',
        values: this.written,
        known: true,
      });
    } catch (error) {
      this.setData({ trouble: wordsOf(error) });
    }
  },

  async perform(_name: string, fields: readonly Field[], values: Values) {
    const body = bodyOf(fields, values) as Body<'postCareVisits'>;
    this.setData({ busy: true, wrong: '' });
    try {
      await this.press(JSON.stringify(body), (key) => ask('postCareVisits', { body, key }));
      void wx.showToast({ title: '登记好了', icon: 'success' });
      wx.navigateBack({ fail: () => wx.redirectTo({ url: '/work/care-visits/care-visits' }) });
    } catch (error) {
      this.setData({ wrong: wordsOf(error) });
    } finally {
      this.setData({ busy: false });
    }
  },
});
