import type { Answer } from '../../api/ask';
import { ask, me } from '../../api/session';
import { type Draft, openDraft } from '../../logic/drafts';
import { askToSignIn } from '../../logic/entry';
import { type FormState, READY, sender } from '../../logic/forms';
import { bodyOf, CATEGORIES, EMPTY, guessCategory, missing, readBack, type WishForm } from '../../logic/wish-form';

type Similar = Answer<'postWishesSimilar'>['items'][number];
type Made = Answer<'postWishes'>;

const PAUSE_MS = 800;

/** Making a wish: written, read back in one sentence, sent once. */
Page({
  data: {
    step: 'write' as 'write' | 'read' | 'done',
    form: EMPTY,
    categories: CATEGORIES.map(({ category, label }) => ({ category, label })),
    similar: [] as Similar[],
    sentence: '',
    photosBusy: false,
    state: READY as FormState,
    made: undefined as Made | undefined,
  },

  draft: undefined as Draft<WishForm> | undefined,
  pause: 0,

  onLoad(query: { for?: string }) {
    const person = me();
    if (!person) {
      askToSignIn();
      return;
    }
    const other = query.for === 'other';
    // Photos live on the phone only while the page does.
    this.draft = openDraft(other ? 'wish-for-other' : 'wish', person.id, { ...EMPTY, other });
    this.setData({ form: { ...this.draft.value, photos: [] } });
  },

  change(change: Partial<WishForm>) {
    const form = { ...this.data.form, ...change };
    this.draft?.save(form);
    this.setData({ form, state: READY });
  },

  write(event: WechatMiniprogram.Input) {
    const text = event.detail.value;
    this.change({ text, ...(this.data.form.chosen ? {} : { category: guessCategory(text) }) });
    clearTimeout(this.pause);
    this.pause = setTimeout(() => void this.lookForSimilar(text), PAUSE_MS) as unknown as number;
  },

  /** A hint only: whatever goes wrong with it, the wish can be made. */
  async lookForSimilar(text: string) {
    if (text.trim().length < 4) return this.setData({ similar: [] });
    const found = await ask('postWishesSimilar', { body: { text } }).catch(() => undefined);
    if (found && text === this.data.form.text) this.setData({ similar: found.items.slice(0, 3) });
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

  photos(event: WechatMiniprogram.CustomEvent<{ ids: string[]; busy: boolean }>) {
    const { ids, busy } = event.detail;
    this.change({ photos: ids });
    this.setData({ photosBusy: busy });
  },

  open(event: WechatMiniprogram.TouchEvent) {
    const { id } = event.currentTarget.dataset as { id: string };
    wx.navigateTo({ url: `/pages/wish/wish?id=${id}` });
  },

  read() {
    const { form, photosBusy } = this.data;
    const trouble = missing(form) ?? (photosBusy ? '照片还在传，请稍等一下。' : undefined);
    if (trouble) return this.setData({ state: { ...READY, trouble } });
    this.setData({ step: 'read', sentence: readBack(form), state: READY });
    void wx.pageScrollTo({ scrollTop: 0 });
  },

  back() {
    this.setData({ step: 'write', state: READY });
  },

  async send() {
    if (!this.draft) return;
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
