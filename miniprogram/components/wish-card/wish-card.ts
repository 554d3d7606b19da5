interface Wish {
  id?: string;
  title?: string;
  state?: string;
}

Component({
  properties: {
    wish: { type: Object, value: {} as Wish },
  },
  methods: {
    open() {
      this.triggerEvent('open', { id: this.data.wish.id });
    },
  },
});
