import type { Field, Value, Values } from '../fields/field';

/** What a page of `workerForm` shows. Triggers `again` when it could not be opened, `fill` and `send`. */
Component({
  properties: {
    /** What it is for, in a sentence. */
    intro: { type: String, value: '' },
    /** Why it could not be opened. */
    trouble: { type: String, value: '' },
    /** Whether it is known who may be chosen. */
    known: { type: Boolean, value: false },
    fields: { type: Array, value: [] as Field[] },
    values: { type: Object, value: {} as Values },
    wrong: { type: String, value: '' },
    busy: { type: Boolean, value: false },
  },
  methods: {
    again() {
      this.triggerEvent('again');
    },
    fill({ detail }: WechatMiniprogram.CustomEvent<{ name: string; value: Value }>) {
      this.triggerEvent('fill', detail);
    },
    send() {
      this.triggerEvent('send');
    },
  },
});
