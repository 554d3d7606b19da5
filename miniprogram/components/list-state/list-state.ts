/** What stands above and below a list: skeletons before it came, a line when it is an old one, what to do when it is empty. */
Component({
  properties: {
    /** A `Shown` of `logic/paged-list`. */
    list: {
      type: Object,
      value: {} as { items: unknown[]; state: string; more: boolean; loadingMore: boolean; trouble: string },
    },
    /** Said when there is nothing. */
    empty: { type: String, value: '' },
    /** What to do then, on a button; triggers `act`. */
    action: { type: String, value: '' },
  },
  methods: {
    retry() {
      this.triggerEvent('retry');
    },
    act() {
      this.triggerEvent('act');
    },
  },
});
