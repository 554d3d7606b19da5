import { drawnField, type Field, type Values } from './field';

/** The fields of a form. Triggers `fill` with the name and the new value of the one that was changed; keeps nothing itself. */
Component({
  properties: {
    fields: { type: Array, value: [] as Field[] },
    /** As they were when the form was opened or chosen in; what is typed stays in the field. */
    values: { type: Object, value: {} as Values },
  },
  data: { drawn: [] as ReturnType<typeof drawnField>[], sought: '' },
  observers: {
    'fields, values, sought'(fields: Field[], values: Values, sought: string) {
      this.setData({ drawn: fields.map((field) => drawnField(field, values, sought)) });
    },
  },
  methods: {
    write(event: WechatMiniprogram.Input) {
      this.fill(event.currentTarget.dataset.name as string, event.detail.value);
    },
    turn(event: WechatMiniprogram.PickerChange) {
      this.fill(event.currentTarget.dataset.name as string, event.detail.value as string);
    },
    pick(event: WechatMiniprogram.TouchEvent) {
      const { name, value } = event.currentTarget.dataset as { name: string; value: string };
      const field = this.data.drawn.find((one) => one.name === name);
      if (field?.kind !== 'many') return this.fill(name, value);
      const before = Array.isArray(field.value) ? (field.value as string[]) : [];
      this.fill(name, before.includes(value) ? before.filter((one) => one !== value) : [...before, value]);
    },
    seek(event: WechatMiniprogram.Input) {
      this.setData({ sought: event.detail.value });
    },
    fill(name: string, value: string | string[]) {
      this.triggerEvent('fill', { name, value });
    },
  },
});
