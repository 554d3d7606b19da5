import { sendPhoto } from '../../api/photos';
import { wordsOf } from '../../api/trouble';
import { added, type Picked, roomFor, sentIds, settled, without } from './picked';

/** Photos for a form, sent to the house while the rest is filled in. Triggers `change` with `{ ids, busy }`. */
Component({
  properties: {
    most: { type: Number, value: 9 },
  },
  data: { photos: [] as Picked[], room: 9, trouble: '' },
  methods: {
    async add() {
      const { photos } = this.data;
      const chosen = await wx
        .chooseMedia({ count: roomFor(photos, this.data.most), mediaType: ['image'], sizeType: ['compressed'] })
        // Closed without choosing.
        .catch(() => undefined);
      for (const { tempFilePath } of chosen?.tempFiles ?? []) void this.send(tempFilePath);
    },

    async send(path: string) {
      this.put(added(this.data.photos, path));
      try {
        const { id } = await sendPhoto(path, (percent) => this.put(settled(this.data.photos, path, { percent })));
        this.put(settled(this.data.photos, path, { id, percent: 100 }));
      } catch (error) {
        this.put(settled(this.data.photos, path, { failed: true }));
        this.setData({ trouble: wordsOf(error) });
      }
    },

    /** A photo that did not go through is sent again; one that did is looked at. */
    press(event: WechatMiniprogram.TouchEvent) {
      const { path } = event.currentTarget.dataset as { path: string };
      const photo = this.data.photos.find((one) => one.path === path);
      if (photo?.failed) void this.send(path);
      else void wx.previewImage({ urls: this.data.photos.map((one) => one.path), current: path });
    },

    remove(event: WechatMiniprogram.TouchEvent) {
      const { path } = event.currentTarget.dataset as { path: string };
      this.put(without(this.data.photos, path));
    },

    put(photos: Picked[]) {
      const busy = photos.some(({ id, failed }) => id === undefined && !failed);
      this.setData({ photos, room: roomFor(photos, this.data.most), ...(busy ? { trouble: '' } : {}) });
      this.triggerEvent('change', { ids: sentIds(photos), busy });
    },
  },
});
