import { type Bar, barsOf, type Count } from './bars-of';

/** Horizontal bars of counts, with the numbers beside them: the words say all that the lengths do. Triggers `open`. */
Component({
  properties: {
    counts: { type: Array, value: [] as Count[] },
    /** Whether a bar can be opened. */
    opens: { type: Boolean, value: false },
  },
  data: { bars: [] as Bar[] },
  observers: {
    counts(counts: Count[]) {
      this.setData({ bars: barsOf(counts) });
    },
  },
  methods: {
    open(event: WechatMiniprogram.TouchEvent) {
      const { code } = event.currentTarget.dataset as { code: string };
      if (this.data.opens && code) this.triggerEvent('open', { code });
    },
  },
});
