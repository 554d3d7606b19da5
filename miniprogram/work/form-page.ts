import { type Field, isTypedIn, type Value, type Values } from './components/fields/field';

interface FormPage {
  data: { fields: Field[] };
  values: Values;
  setData(change: { values: Values }): void;
}

/** What a page with a form does when a field of it changes. What is typed stays in its field; only what is chosen is drawn. */
export const formPage = {
  fill(this: FormPage, { detail: { name, value } }: WechatMiniprogram.CustomEvent<{ name: string; value: Value }>) {
    this.values = { ...this.values, [name]: value };
    if (!isTypedIn(this.data.fields, name)) this.setData({ values: this.values });
  },
};
