Page({
  data: { id: '' },
  onLoad({ id = '' }: Record<string, string | undefined>) {
    this.setData({ id });
  },
});
