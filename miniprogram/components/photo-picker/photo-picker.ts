import { fetchPhoto, sendPhoto } from '../../api/photos';
import { Trouble, wordsOf } from '../../api/trouble';
import { added, chooseTrouble, type Picked, restored, roomFor, settled, stateOf, without } from './picked';

/** Photos of this phone by their id, so that going back to a form needs no network. */
const onPhone = new Map<string, string>();

/** Photos for a form, sent to the house while the rest is filled in. Triggers `change` with a `PhotosState` when it is another. */
Component({
  properties: {
    /** Those the form has already. */
    ids: { type: Array, value: [] as string[] },
    most: { type: Number, value: 9 },
  },
  data: { photos: [] as Picked[], room: 9, trouble: '' },
  observers: {
    ids(ids: string[]) {
      // Its own come back from the form; only a picker that has none yet is given some.
      if (this.data.photos.length > 0 || ids.length === 0) return;
      const photos = restored(ids, (id) => onPhone.get(id));
      this.setData({ photos });
      for (const { path, src } of photos) if (src === '') void this.fetch(path);
    },
    'photos, most'(photos: Picked[], most: number) {
      this.setData({ room: roomFor(photos, most) });
    },
  },
  methods: {
    async add() {
      const count = roomFor(this.data.photos, this.data.most);
      try {
        const { tempFiles } = await wx.chooseMedia({ count, mediaType: ['image'], sizeType: ['compressed'] });
        this.setData({ trouble: '' });
        for (const { tempFilePath } of tempFiles) void this.send(tempFilePath);
      } catch (failure) {
        const { errMsg = '' } = failure as { errMsg?: string };
        this.setData({ trouble: chooseTrouble(errMsg) ?? '' });
      }
    },

    async send(path: string) {
      this.setData({ trouble: '' });
      this.put(added(this.data.photos, path));
      try {
        const { id } = await sendPhoto(path, (percent) => this.progress(path, percent));
        onPhone.set(id, path);
        this.put(settled(this.data.photos, path, { id, percent: 100 }));
      } catch (error) {
        this.put(settled(this.data.photos, path, { failed: true }));
        this.setData({ trouble: wordsOf(error) });
      }
    },

    progress(path: string, percent: number) {
      const at = this.data.photos.findIndex((one) => one.path === path);
      if (at >= 0) this.setData({ [`photos[${at}].percent`]: percent });
    },

    /** Gets a photo back that was sent on an earlier visit; the house keeps unused ones for a day. */
    async fetch(id: string) {
      try {
        const src = await fetchPhoto(id);
        onPhone.set(id, src);
        this.put(settled(this.data.photos, id, { src }));
      } catch (error) {
        if (!(error instanceof Trouble) || error.passing) return;
        this.put(without(this.data.photos, id));
        this.setData({ trouble: '有照片放得太久，已经清掉了，请重新加。' });
      }
    },

    /** A photo that did not go through is sent again; one that did is looked at. */
    press(event: WechatMiniprogram.TouchEvent) {
      const { path } = event.currentTarget.dataset as { path: string };
      const photo = this.data.photos.find((one) => one.path === path);
      if (photo?.failed) void this.send(path);
      else if (photo?.src)
        void wx.previewImage({ urls: this.data.photos.map(({ src }) => src).filter(Boolean), current: photo.src });
    },

    remove(event: WechatMiniprogram.TouchEvent) {
      const { path } = event.currentTarget.dataset as { path: string };
      this.put(without(this.data.photos, path));
    },

    put(photos: Picked[]) {
      const before = stateOf(this.data.photos);
      const state = stateOf(photos);
      this.setData({ photos });
      if (JSON.stringify(before) !== JSON.stringify(state)) this.triggerEvent('change', state);
    },
  },
});
