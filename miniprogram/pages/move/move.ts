import type { Answer } from '../../api/ask';
import { performMove } from '../../api/moves';
import { ask, me } from '../../api/session';
import { type Draft, openDraft } from '../../logic/drafts';
import { askToSignIn } from '../../logic/entry';
import { type FormState, READY, sender } from '../../logic/forms';
import { inputOf, MOVE_FORMS, type MoveForm, missingIn, tomorrow, type Values } from '../../logic/move-form';
import type { MoveName } from '../../logic/moves';

type Wish = Answer<'getWishesById'>;

const FACES = [
  { score: 5, face: '😄', word: '非常满意' },
  { score: 4, face: '😊', word: '满意' },
  { score: 3, face: '😐', word: '一般' },
  { score: 2, face: '😕', word: '不太满意' },
  { score: 1, face: '😞', word: '很不满意' },
];

/** One move on one wish: whatever it asks for, asked for and sent once. */
Page({
  data: {
    wish: undefined as Wish | undefined,
    form: undefined as MoveForm | undefined,
    values: {} as Values,
    faces: FACES,
    workers: [] as { id: string; name: string }[],
    firstDay: '',
    photosBusy: false,
    state: READY as FormState,
  },

  id: '',
  moveName: 'claim' as MoveName,
  draft: undefined as Draft<Values> | undefined,
  submit: undefined as (() => Promise<Wish | undefined>) | undefined,

  onLoad({ id = '', move = '' }: { id?: string; move?: string }) {
    const person = me();
    const form = MOVE_FORMS[move as MoveName];
    if (!person) return askToSignIn();
    if (!form) {
      wx.switchTab({ url: '/pages/home/home' });
      return;
    }
    this.id = id;
    this.moveName = move as MoveName;
    this.draft = openDraft<Values>(`${move}:${id}`, person.id, {});
    // Photos live on the phone only while the page does.
    const { photos: _gone, ...values } = this.draft.value;
    this.setData({ form, values, firstDay: tomorrow(new Date()) });
    wx.setNavigationBarTitle({ title: form.title });
    void this.load();
  },

  async load() {
    const wish = await ask('getWishesById', { path: { id: this.id } }).catch(() => undefined);
    if (!wish) return;
    this.setData({ wish });
    if (this.moveName === 'publish' && wish.view === 'full' && this.data.values.text === undefined) {
      this.change({ title: wish.wall.title, text: wish.wall.text });
    }
    if (this.moveName === 'assign') {
      const found = await ask('getPeople', { query: { area: wish.community, role: 'worker', limit: 50 } }).catch(
        () => undefined,
      );
      this.setData({ workers: (found?.items ?? []).map(({ id, name }) => ({ id, name })) });
    }
  },

  change(change: Values) {
    const values = { ...this.data.values, ...change };
    this.draft?.save(values);
    this.setData({ values, state: READY });
  },

  write(event: WechatMiniprogram.Input) {
    const { field } = event.currentTarget.dataset as { field: string };
    this.change({ [field]: event.detail.value });
  },

  pick(event: WechatMiniprogram.TouchEvent) {
    const { field, value } = event.currentTarget.dataset as { field: string; value: unknown };
    this.change({ [field]: value });
  },

  photos(event: WechatMiniprogram.CustomEvent<{ ids: string[]; busy: boolean }>) {
    this.change({ photos: event.detail.ids });
    this.setData({ photosBusy: event.detail.busy });
  },

  async send() {
    const { form, values, photosBusy } = this.data;
    if (!form || !this.draft) return;
    const trouble = missingIn(form, values) ?? (photosBusy ? '照片还在传，请稍等一下。' : undefined);
    if (trouble) return this.setData({ state: { ...READY, trouble } });
    this.draft.save(values);
    this.submit ??= sender(
      this.draft,
      async (given, key) => performMove(this.id, this.moveName, await this.inputFor(form, given), key),
      (state) => this.setData({ state }),
    );
    if (await this.submit()) {
      void wx.showToast({ title: '好了', icon: 'success' });
      setTimeout(() => void wx.navigateBack(), 600);
    }
  },

  /** Numbers are for people; the house merges by id. */
  async inputFor(form: MoveForm, values: Values): Promise<Values> {
    const input = inputOf(this.moveName, form, values);
    const community = this.data.wish?.community;
    if (this.moveName !== 'merge' || community === undefined) return input;
    const into = await ask('getAreasByCodeWishesByNumber', { path: { code: community, number: Number(input.into) } });
    return { ...input, into: into.id };
  },
});
