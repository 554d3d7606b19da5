import { drawnField, type Field, type Value, type Values } from './field';

type Sought = Readonly<Record<string, string>>;

/** The fields of a form. Triggers `fill` with the name and the new value of the one that was changed; keeps nothing itself. */
Component({
  properties: {
    /** Of `field.ts`. */
    fields: { type: Array, value: [] as Field[] },
    /** As they were when the form was opened or chosen in; what is typed stays in the field. */
    values: { type: Object, value: {} as Values },
  },
  data: { drawn: [] as ReturnType<typeof drawnField>[], sought: {} as Sought },
  observers: {
    'fields, values, sought'(fields: Field[], values: Values, sought: Sought) {
      this.setData({ drawn: fields.map((field) => drawnField(field, values, sought[field.name] ?? '')) });
    },
  },
  methods: {
    /** Typed, turned or switched. */
    set(event: WechatMiniprogram.CustomEvent<{ value: Value }>) {
      this.fill(event.currentTarget.dataset.name as string, event.detail.value);
    },
    pick(event: WechatMiniprogram.TouchEvent) {
      const { name, value } = event.currentTarget.dataset as { name: string; value: string };
      const field = this.fieldNamed(name);
      if (field?.kind !== 'many') return this.fill(name, value);
      const before = Array.isArray(field.value) ? (field.value as string[]) : [];
      this.fill(name, before.includes(value) ? before.filter((one) => one !== value) : [...before, value]);
    },
    step(event: WechatMiniprogram.TouchEvent) {
      const { name, by } = event.currentTarget.dataset as { name: string; by: number };
      const field = this.fieldNamed(name);
      this.fill(name, Math.min(field?.most ?? 500, Math.max(0, Number(field?.value) + by)));
    },
    seek(event: WechatMiniprogram.Input) {
      const { name } = event.currentTarget.dataset as { name: string };
      this.setData({ sought: { ...this.data.sought, [name]: event.detail.value } });
    },
    fieldNamed(name: string) {
      return this.data.drawn.find((one) => one.name === name);
    },
    fill(name: string, value: Value) {
      this.triggerEvent('fill', { name, value });
    },
  },
});
