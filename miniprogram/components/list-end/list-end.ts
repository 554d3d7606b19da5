/** What stands below a list: that more is coming, a button when it did not, or that this was all. */
Component({
  properties: {
    /** A `Shown` of `logic/paged-list`. */
    list: { type: Object, value: {} as { items: unknown[]; more: boolean; loadingMore: boolean; trouble: string } },
  },
  methods: {
    more() {
      this.triggerEvent('more');
    },
  },
});
