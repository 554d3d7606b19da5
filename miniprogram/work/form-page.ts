import { me } from '../api/session';
import { wordsOf } from '../api/trouble';
import { askToSignIn } from '../logic/entry';
import type { Latest } from '../logic/latest';
import { type Field, isTypedIn, missingIn, type Value, type Values } from './components/fields/field';

/** What a page shows of the form one of its buttons opened. */
export interface OpenForm {
  /** Which button; empty while none is open. */
  form: string;
  formLabel: string;
  fields: Field[];
  /** As they were drawn; what is typed since then is in `written` beside `data`. */
  values: Values;
  wrong: string;
  busy: boolean;
}

export const noForm = (): OpenForm => ({ form: '', formLabel: '', fields: [], values: {}, wrong: '', busy: false });

interface FormPage {
  data: OpenForm;
  written: Values;
  setData(change: Partial<OpenForm>): void;
  perform(name: string, fields: readonly Field[], values: Values): Promise<void>;
}

interface OnePage<T> {
  setData(change: Partial<OpenForm>): void;
  leave(): void;
  show(one: T): void;
}

/** Sends what a form or a button asks for, and shows what became of it; what went wrong stands at the form. */
export async function carryOut<T>(page: OnePage<T>, send: () => Promise<T>): Promise<void> {
  page.setData({ busy: true, wrong: '' });
  try {
    const one = await send();
    page.leave();
    page.show(one);
    void wx.showToast({ title: '登记好了', icon: 'success' });
  } catch (error) {
    page.setData({ wrong: wordsOf(error) });
  } finally {
    page.setData({ busy: false });
  }
}

/** What every page does whose buttons ask for something before it is done. */
export const formPage = {
  fill(this: FormPage, { detail }: WechatMiniprogram.CustomEvent<{ name: string; value: Value }>) {
    const { name, value } = detail;
    this.written = { ...this.written, [name]: value };
    if (!isTypedIn(this.data.fields, name)) this.setData({ values: this.written });
  },

  leave(this: FormPage) {
    this.written = {};
    this.setData({ form: '', formLabel: '', fields: [], values: {}, wrong: '' });
  },

  async send(this: FormPage) {
    const { form, fields, busy } = this.data;
    if (form === '' || busy) return;
    const wrong = missingIn(fields, this.written);
    if (wrong !== '') this.setData({ wrong });
    else await this.perform(form, fields, this.written);
  },
};

interface ReadPage<T> {
  id: string;
  asked: Latest;
  setData(change: { trouble: string }): void;
  load(): Promise<void>;
  read(): Promise<T>;
  show(one: T): void;
}

/** What a page does that shows one thing by its id: reads it when it is opened, tried again or pulled down. */
export const readPage = {
  ...formPage,

  onLoad(this: ReadPage<never>, { id = '' }: { id?: string }) {
    if (!me()) return askToSignIn();
    this.id = id;
    void this.load();
  },

  async load(this: ReadPage<never>) {
    const isLast = this.asked.begin();
    try {
      const one = await this.read();
      if (isLast()) this.show(one);
    } catch (error) {
      if (isLast()) this.setData({ trouble: wordsOf(error) });
    }
  },

  async onPullDownRefresh(this: ReadPage<never>) {
    await this.load();
    wx.stopPullDownRefresh();
  },
};
