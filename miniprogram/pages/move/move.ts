import type { Answer } from '../../api/ask';
import { performMove } from '../../api/moves';
import { ask, me } from '../../api/session';
import { Trouble, wordsOf } from '../../api/trouble';
import { NO_PHOTOS, type PhotosState, photosTrouble } from '../../components/photo-picker/picked';
import { type Assignable, assignableIn, isSearched, shownOf } from '../../logic/assignable';
import { type Draft, openDraft } from '../../logic/drafts';
import { drawn } from '../../logic/drawn';
import { askToSignIn } from '../../logic/entry';
import { type FormState, READY, sender } from '../../logic/forms';
import { latest } from '../../logic/latest';
import {
  daysToExtend,
  fullWord,
  inputOf,
  isTyped,
  MOVE_FORMS,
  type MoveForm,
  missingIn,
  type Values,
} from '../../logic/move-form';
import type { MoveName } from '../../logic/moves';

type Wish = Answer<'getWishesById'>;
type Holder = NonNullable<Extract<Wish, { view: 'full' }>['claimant']>;

const FACES = [
  { score: 5, face: '😄', word: '非常满意' },
  { score: 4, face: '😊', word: '满意' },
  { score: 3, face: '😐', word: '一般' },
  { score: 2, face: '😕', word: '不太满意' },
  { score: 1, face: '😞', word: '很不满意' },
];
const SEEN_MS = 600;

const dueOf = (wish: Wish): string | undefined => (wish.view === 'full' ? wish.due.done : undefined);
/** Whom a wish is with; those who may assign it see that. */
const holderOf = (wish: Wish): Holder | null => (wish.view === 'full' && wish.claimant) || null;

/** One move on one wish: whatever it asks for, asked for and sent once. */
Page({
  data: {
    wish: null as Wish | null,
    form: null as MoveForm | null,
    /** `first`: nothing known yet · `ready` · `failed`: the house was not reached · `gone`: this move cannot be made (any more). */
    standing: 'first' as 'first' | 'ready' | 'failed' | 'gone',
    trouble: '',
    /** As they were drawn; what is typed since then is in `values` beside `data`. */
    values: {} as Values,
    faces: FACES,
    /** Those a wish can be given to, as far as they are searched for. */
    people: [] as Assignable[],
    searched: false,
    /** Between which days something is put off to. */
    firstDay: '',
    lastDay: '',
    /** What is said under a field that is full, by its name. */
    full: {} as Record<string, string>,
    state: READY as FormState,
  },

  id: '',
  moveName: 'claim' as MoveName,
  values: {} as Values,
  photoState: NO_PHOTOS,
  everybody: [] as Assignable[],
  search: '',
  leaving: 0,
  /** Whom the wish was with as far as whoever fills this in knows. */
  holder: undefined as Holder | null | undefined,
  checking: false,
  draft: undefined as Draft<Values> | undefined,
  reads: undefined as ReturnType<typeof latest> | undefined,
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
    this.reads = latest();
    this.draft = openDraft<Values>(`${move}:${id}`, person.id, {});
    this.values = { photos: [], ...this.draft.value };
    this.setData({ form, values: this.values });
    wx.setNavigationBarTitle({ title: form.title });
    void this.load();
  },

  onUnload() {
    clearTimeout(this.leaving);
  },

  async load() {
    const isLatest = this.reads?.begin();
    try {
      const wish = await ask('getWishesById', { path: { id: this.id } });
      const can = wish.moves.some((name) => name === this.moveName);
      const everybody = can && this.moveName === 'assign' ? await assignableIn(wish.community) : [];
      if (isLatest?.()) this.show(wish, can, everybody);
    } catch (error) {
      if (!isLatest?.() || this.data.wish) return;
      this.setData({ standing: 'failed', trouble: wordsOf(error) });
    }
  },

  show(wish: Wish, can: boolean, everybody: Assignable[]) {
    this.everybody = everybody;
    if (this.holder === undefined) this.holder = holderOf(wish);
    this.setData({
      wish,
      standing: can ? 'ready' : 'gone',
      searched: isSearched(everybody),
      ...daysToExtend(dueOf(wish), new Date()),
    });
    this.showPeople();
    if (this.moveName === 'publish' && wish.view === 'full' && this.values.text === undefined) {
      this.change({ title: wish.wall.title, text: wish.wall.text, category: wish.category });
    }
  },

  showPeople() {
    this.setData({ people: shownOf(this.everybody, this.search, this.values.to) });
  },

  change(change: Values, typed = false) {
    const { form, state } = this.data;
    if (!form || state.sent) return;
    this.values = { ...this.values, ...change };
    this.draft?.save(this.values);
    this.setData({ ...drawn('values', change, (name) => typed && isTyped(form, name)), state: READY });
  },

  write(event: WechatMiniprogram.Input) {
    const { field } = event.currentTarget.dataset as { field: string };
    this.change({ [field]: event.detail.value }, true);
    const most = this.data.form?.fields.find(({ name, kind }) => name === field && kind === 'text');
    const said = most?.kind === 'text' ? fullWord(event.detail.value, most.most) : '';
    if (said !== (this.data.full[field] ?? '')) this.setData({ [`full.${field}`]: said });
  },

  pick(event: WechatMiniprogram.TouchEvent) {
    const { field, value } = event.currentTarget.dataset as { field: string; value: unknown };
    this.change({ [field]: value });
  },

  day(event: WechatMiniprogram.PickerChange) {
    const { field } = event.currentTarget.dataset as { field: string };
    this.change({ [field]: event.detail.value });
  },

  seek(event: WechatMiniprogram.Input) {
    this.search = event.detail.value;
    this.showPeople();
  },

  photos(event: WechatMiniprogram.CustomEvent<PhotosState>) {
    this.photoState = event.detail;
    this.change({ photos: event.detail.ids });
  },

  async send() {
    const { form, state } = this.data;
    if (!form || !this.draft || state.sent || state.sending || this.checking) return;
    const trouble = missingIn(form, this.values) ?? photosTrouble(this.photoState);
    if (trouble) return this.setData({ state: { ...READY, trouble } });
    if (this.moveName === 'assign' && !(await this.isStillMeant())) return;
    this.submit ??= sender(
      this.draft,
      (given, key) => this.perform(form, given, key),
      (state) => this.setData({ state }),
    );
    if (!(await this.submit())) return;
    const { earlier } = this.data.state;
    void wx.showToast(earlier ? { title: '先前发的那次已经办成了', icon: 'none' } : { title: '好了', icon: 'success' });
    // Long enough to be read. Whoever went back by themselves meanwhile is left where they are.
    this.leaving = setTimeout(() => this.back(), SEEN_MS) as unknown as number;
  },

  /** Somebody may have taken the wish on while the form was open: it is not taken from them unasked. */
  async isStillMeant(): Promise<boolean> {
    this.checking = true;
    try {
      const now = holderOf(await ask('getWishesById', { path: { id: this.id } }));
      // Whom it goes to has it already when only the answer got lost.
      if (!now || now.id === this.holder?.id || now.id === this.values.to) return true;
      const { confirm } = await wx.showModal({
        title: `${now.name}刚认领了，还要换人吗？`,
        confirmText: '换人',
        cancelText: '先不',
      });
      if (confirm) this.holder = now;
      return confirm;
    } catch (error) {
      this.setData({ state: { ...READY, trouble: wordsOf(error) } });
      return false;
    } finally {
      this.checking = false;
    }
  },

  async perform(form: MoveForm, values: Values, key: string): Promise<Wish> {
    try {
      return await performMove(this.id, this.moveName, await this.inputFor(form, values), key);
    } catch (error) {
      // The wish is no longer what it was when this form was opened.
      if (error instanceof Trouble && error.status === 409) void this.load();
      throw error;
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

  /** To the wish; whoever came by a link has it not below this page. */
  back() {
    wx.navigateBack({ fail: () => wx.redirectTo({ url: `/pages/wish/wish?id=${this.id}` }) });
  },
});
