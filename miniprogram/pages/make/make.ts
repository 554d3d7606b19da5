import type { Answer } from '../../api/ask';
import { ask, me } from '../../api/session';
import { NO_PHOTOS, type PhotosState, photosTrouble } from '../../components/photo-picker/picked';
import { type Draft, openDraft } from '../../logic/drafts';
import { drawn } from '../../logic/drawn';
import { askToSignIn } from '../../logic/entry';
import { type FormState, READY, sender } from '../../logic/forms';
import { pauseOf } from '../../logic/pause';
import {
  bodyOf,
  CATEGORIES,
  EMPTY,
  guessCategory,
  missing,
  readBack,
  TYPED,
  type WishForm,
} from '../../logic/wish-form';

type Similar = Answer<'postWishesSimilar'>['items'][number];
type Made = Answer<'postWishes'>;

const PAUSE_MS = 800;

/** Making a wish: written, read back in one sentence, sent once. */
Page({
  data: {
    step: 'write' as 'write' | 'read' | 'done',
    /** As it was drawn; what is typed since then is in `form` beside `data`. */
    form: EMPTY,
    categories: CATEGORIES.map(({ category, label }) => ({ category, label })),
    similar: [] as Similar[],
    sentence: '',
    state: READY as FormState,
    made: null as Made | null,
  },

  form: EMPTY,
  photoState: NO_PHOTOS,
  draft: undefined as Draft<WishForm> | undefined,
  pause: pauseOf(PAUSE_MS),

  onLoad(query: { for?: string }) {
    const person = me();
    if (!person) {
      askToSignIn();
      return;
    }
    const other = query.for === 'other';
    this.draft = openDraft(other ? 'wish-for-other' : 'wish', person.id, { ...EMPTY, other });
    this.form = this.draft.value;
    this.setData({ form: this.form });
  },

  onUnload() {
    this.pause.stop();
  },

  change(change: Partial<WishForm>) {
    this.form = { ...this.form, ...change };
    this.draft?.save(this.form);
    this.setData({ ...drawn('form', change, (name) => TYPED.includes(name)), state: READY });
  },

  write(event: WechatMiniprogram.Input) {
    const text = event.detail.value;
    this.change({ text, ...(this.form.chosen ? {} : { category: guessCategory(text) }) });
    this.pause.after(() => void this.lookForSimilar(text));
  },

  /** A hint only: whatever goes wrong with it, the wish can be made. */
  async lookForSimilar(text: string) {
    if (text.trim().length < 4) return this.setData({ similar: [] });
    const found = await ask('postWishesSimilar', { body: { text } }).catch(() => undefined);
    if (found && text === this.form.text) this.setData({ similar: found.items.slice(0, 3) });
  },

  field(event: WechatMiniprogram.Input) {
    const { field } = event.currentTarget.dataset as { field: 'name' | 'relation' | 'address' };
    this.change({ [field]: event.detail.value });
  },

  flip(event: WechatMiniprogram.SwitchChange) {
    const { field } = event.currentTarget.dataset as { field: 'urgent' | 'under14' };
    this.change({ [field]: event.detail.value });
  },

  choose(event: WechatMiniprogram.TouchEvent) {
    const { category } = event.currentTarget.dataset as { category: WishForm['category'] };
    this.change({ category, chosen: true });
  },

  photos(event: WechatMiniprogram.CustomEvent<PhotosState>) {
    this.photoState = event.detail;
    this.change({ photos: event.detail.ids });
  },

  open(event: WechatMiniprogram.TouchEvent) {
    const { id } = event.currentTarget.dataset as { id: string };
    wx.navigateTo({ url: `/pages/wish/wish?id=${id}` });
  },

  read() {
    const trouble = missing(this.form) ?? photosTrouble(this.photoState);
    if (trouble) return this.setData({ state: { ...READY, trouble } });
    this.setData({ step: 'read', sentence: readBack(this.form), state: READY });
    void wx.pageScrollTo({ scrollTop: 0 });
  },

  back() {
    this.setData({ step: 'write', form: this.form, state: READY });
  },

  async send() {
    if (!this.draft || this.data.state.sent) return;
    this.submit ??= sender(
      this.draft,
      (form, key) => ask('postWishes', { body: bodyOf(form), key }),
      (state) => this.setData({ state }),
    );
    const made = await this.submit();
    if (made) this.setData({ step: 'done', made });
  },
  submit: undefined as (() => Promise<Made | undefined>) | undefined,

  see() {
    const { made } = this.data;
    if (made) wx.redirectTo({ url: `/pages/wish/wish?id=${made.id}` });
  },

  home() {
    wx.switchTab({ url: '/pages/home/home' });
  },
});
