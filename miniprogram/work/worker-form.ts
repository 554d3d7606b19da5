import { ask, me } from '../api/session';
import { wordsOf } from '../api/trouble';
import { askToSignIn } from '../logic/entry';
import { workersIn } from '../logic/occasion';
import { presses } from '../logic/presses';
import { isoDay } from '../logic/when';
import { bodyOf, type Field, type Option, type Values } from './components/fields/field';
import { formPage, noForm } from './form-page';

interface WorkerForm<B, R> {
  /** Name of the field for the day it happened: today, unless it is said otherwise. */
  day: string;
  fields(workers: readonly Option[], now: Date): Field[];
  send(body: B, key: string): Promise<R>;
  /** Where one goes from here. */
  after(made: R): void;
}

/** A page on which a secretary writes down what concerns one of the workers of the community. */
export const workerForm = <B, R>({ day, fields: fieldsFor, send, after }: WorkerForm<B, R>) => ({
  ...formPage,

  data: { ...noForm(), known: false, trouble: '' },

  written: {} as Values,
  press: presses(),

  onLoad(this: { load(): Promise<void> }) {
    if (me()) void this.load();
    else askToSignIn();
  },

  async load(this: { written: Values; setData(change: object): void }) {
    const now = new Date();
    this.setData({ trouble: '' });
    try {
      const { items } = await ask('getTalksDue', {});
      this.written = { [day]: isoDay(now) };
      const fields = fieldsFor(workersIn(items, me()?.id ?? ''), now);
      this.setData({ fields, form: 'record', values: this.written, known: true });
    } catch (error) {
      this.setData({ trouble: wordsOf(error) });
    }
  },

  async perform(
    this: { press: ReturnType<typeof presses>; setData(change: object): void },
    _name: string,
    fields: readonly Field[],
    values: Values,
  ) {
    const body = bodyOf(fields, values) as B;
    this.setData({ busy: true, wrong: '' });
    try {
      const made = await this.press(JSON.stringify(body), (key) => send(body, key));
      void wx.showToast({ title: '登记好了', icon: 'success' });
      after(made);
    } catch (error) {
      this.setData({ wrong: wordsOf(error) });
    } finally {
      this.setData({ busy: false });
    }
  },
});
