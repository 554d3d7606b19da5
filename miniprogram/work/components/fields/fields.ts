import { type Field, optionsFor, SHOWN, type Values } from '../../fields';

/** A field with what of its options is on the screen. */
interface Drawn extends Field {
  value: unknown;
  searched: boolean;
  shown: { value: string; label: string; on: boolean }[];
}

/** The fields of a form, one below the other. Triggers `change` with a name and its new value. */
Component({
  properties: {
    /** Of `work/fields`. */
    fields: { type: Array, value: [] as Field[] },
    values: { type: Object, value: {} as Values },
  },
  data: { drawn: [] as Drawn[], search: {} as Record<string, string> },
  observers: {
    'fields, values, search'(fields: Field[], values: Values, search: Record<string, string>) {
      this.setData({
        drawn: fields.map((field) => {
          const { name, options = [] } = field;
          const value = values[name] ?? (field.kind === 'many' ? [] : field.kind === 'count' ? 0 : '');
          const chosen: unknown[] = Array.isArray(value) ? value : [value];
          const shown = optionsFor(options, search[name] ?? '', chosen).map((one) => ({
            ...one,
            on: chosen.includes(one.value),
          }));
          return { ...field, value, searched: options.length > SHOWN, shown };
        }),
      });
    },
  },
  methods: {
    tell(name: string, value: unknown, typed = false) {
      this.triggerEvent('change', { name, value, typed });
    },
    write(event: WechatMiniprogram.Input) {
      const { name } = event.currentTarget.dataset as { name: string };
      this.tell(name, event.detail.value, true);
    },
    set(event: WechatMiniprogram.CustomEvent<{ value: unknown }>) {
      const { name } = event.currentTarget.dataset as { name: string };
      this.tell(name, event.detail.value);
    },
    pick(event: WechatMiniprogram.TouchEvent) {
      const { name, value } = event.currentTarget.dataset as { name: string; value: string };
      const field = this.data.drawn.find((one) => one.name === name);
      if (field?.kind !== 'many') return this.tell(name, value);
      const chosen = field.value as string[];
      this.tell(name, chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]);
    },
    step(event: WechatMiniprogram.TouchEvent) {
      const { name, by } = event.currentTarget.dataset as { name: string; by: number };
      const field = this.data.drawn.find((one) => one.name === name);
      const next = Math.min(field?.most ?? 500, Math.max(0, Number(field?.value) + by));
      this.tell(name, next);
    },
    seek(event: WechatMiniprogram.Input) {
      const { name } = event.currentTarget.dataset as { name: string };
      this.setData({ search: { ...this.data.search, [name]: event.detail.value } });
    },
  },
});
