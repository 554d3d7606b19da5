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
