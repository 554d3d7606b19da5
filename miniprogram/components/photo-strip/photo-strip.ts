import { fetchPhoto } from '../../api/photos';

/** Photos of a wish, fetched with one's own rights. */
Component({
  properties: {
    photos: { type: Array, value: [] as { id: string }[] },
  },
  data: { paths: [] as string[], missing: 0 },
  observers: {
    photos(photos: { id: string }[]) {
      void this.fetch(photos);
    },
  },
  methods: {
    async fetch(photos: { id: string }[]) {
      const found = await Promise.all(photos.map(({ id }) => fetchPhoto(id).catch(() => undefined)));
      const paths = found.filter((path) => path !== undefined);
      this.setData({ paths, missing: photos.length - paths.length });
    },
    look(event: WechatMiniprogram.TouchEvent) {
      const { path } = event.currentTarget.dataset as { path: string };
      void wx.previewImage({ urls: this.data.paths, current: path });
    },
  },
});
