import { me } from '../../api/session';
import { Trouble, wordsOf } from '../../api/trouble';
import { NO_PHOTOS, type PhotosState, photosTrouble } from '../../components/photo-picker/picked';
import { type Assignable, isSearched, shownOf } from '../../logic/assignable';
import { type Draft, openDraft } from '../../logic/drafts';
import { drawn } from '../../logic/drawn';
import { askToSignIn } from '../../logic/entry';
import { type FormState, READY, sender } from '../../logic/forms';
import { latest } from '../../logic/latest';
import { daysToExtend, fullWord, inputOf, isTyped, type MoveForm, missingIn, type Values } from '../../logic/move-form';
import { moveKind, type Subject } from '../../logic/move-kinds';

const FACES = [
  { score: 5, face: '😄', word: '非常满意' },
  { score: 4, face: '😊', word: '满意' },
  { score: 3, face: '😐', word: '一般' },
  { score: 2, face: '😕', word: '不太满意' },
  { score: 1, face: '😞', word: '很不满意' },
];
const SEEN_MS = 600;

/** One move on one wish or incident: whatever it asks for, asked for and sent once. */
Page({
  data: {
    /** 心愿 or 事件. */
    word: '',
    subject: null as Subject | null,
    form: null as MoveForm | null,
    /** `first`: nothing known yet · `ready` · `failed`: the house was not reached · `gone`: this move cannot be made (any more). */
    standing: 'first' as 'first' | 'ready' | 'failed' | 'gone',
    trouble: '',
    /** As they were drawn; what is typed since then is in `values` beside `data`. */
    values: {} as Values,
    faces: FACES,
    /** Those it can be given to, as far as they are searched for. */
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
  moveName: '',
  kind: moveKind(undefined),
  values: {} as Values,
  photoState: NO_PHOTOS,
  everybody: [] as Assignable[],
  search: '',
  leaving: 0,
  /** Whom it was with as far as whoever fills this in knows. */
  holder: undefined as Subject['holder'] | undefined,
  checking: false,
  draft: undefined as Draft<Values> | undefined,
  reads: undefined as ReturnType<typeof latest> | undefined,
  submit: undefined as (() => Promise<unknown>) | undefined,

  onLoad({ id = '', move = '', of }: { id?: string; move?: string; of?: string }) {
    const person = me();
    this.kind = moveKind(of);
    const form = this.kind.forms[move];
    if (!person) return askToSignIn();
    if (!form) {
      wx.switchTab({ url: '/pages/home/home' });
      return;
    }
    this.id = id;
    this.moveName = move;
    this.reads = latest();
    this.draft = openDraft<Values>(`${move}:${id}`, person.id, {});
    this.values = { photos: [], ...this.draft.value };
    this.setData({ form, word: this.kind.word, values: this.values });
    wx.setNavigationBarTitle({ title: form.title });
    void this.load();
  },

  onUnload() {
    clearTimeout(this.leaving);
  },

  async load() {
    const isLatest = this.reads?.begin();
    try {
      const subject = await this.kind.read(this.id, this.moveName);
      const can = subject.moves.includes(this.moveName);
      const chooses = this.data.form?.fields.some(({ kind }) => kind === 'person');
      const everybody = can && chooses ? await this.kind.people(this.id, subject) : [];
      if (isLatest?.()) this.show(subject, can, everybody);
    } catch (error) {
      if (!isLatest?.() || this.data.subject) return;
      this.setData({ standing: 'failed', trouble: wordsOf(error) });
    }
  },

  show(subject: Subject, can: boolean, everybody: Assignable[]) {
    const { beginning, dueAt, holder, more } = subject;
    const form = this.kind.forms[this.moveName];
    if (form && more.length > 0) this.setData({ form: { ...form, fields: [...form.fields, ...more] } });
    this.everybody = everybody;
    if (this.holder === undefined) this.holder = holder;
    this.setData({
      subject,
      standing: can ? 'ready' : 'gone',
      searched: isSearched(everybody),
      ...daysToExtend(dueAt, new Date(), this.kind.longestDays),
    });
    this.showPeople();
    const names = Object.keys(beginning);
    if (names.length > 0 && names.every((name) => this.values[name] === undefined)) this.change(beginning);
  },

  showPeople() {
    this.setData({ people: shownOf(this.everybody, this.search, this.values.to ?? this.values.person) });
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
    // Whom one need not choose can be left again.
    const left = value === this.values[field] && this.data.form?.either?.names.includes(field);
    this.change({ [field]: left ? '' : value });
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
    if (this.moveName === this.kind.handsOver && !(await this.isStillMeant())) return;
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

  /** Somebody may have taken it on while the form was open: it is not taken from them unasked. */
  async isStillMeant(): Promise<boolean> {
    this.checking = true;
    try {
      const now = (await this.kind.read(this.id, this.moveName)).holder;
      // Whom it goes to has it already when only the answer got lost.
      if (!now || now.id === this.holder?.id || now.id === this.values.to) return true;
      const { confirm } = await wx.showModal({
        title: `${now.name}${this.kind.taken}，还要换人吗？`,
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

  async perform(form: MoveForm, values: Values, key: string): Promise<unknown> {
    try {
      return await this.kind.perform(this.id, this.moveName, await this.inputFor(form, values), key);
    } catch (error) {
      // It is no longer what it was when this form was opened.
      if (error instanceof Trouble && error.status === 409) void this.load();
      throw error;
    }
  },

  /** Numbers are for people; the house merges by id. */
  async inputFor(form: MoveForm, values: Values): Promise<Values> {
    const input = inputOf(this.moveName, form, values);
    const community = this.data.subject?.community;
    if (this.moveName !== 'merge' || community === undefined) return input;
    const into = await this.kind.numbered(community, Number(input.into));
    return { ...input, into: into.id };
  },

  /** To what it was about; whoever came by a link has it not below this page. */
  back() {
    wx.navigateBack({ fail: () => wx.redirectTo({ url: this.kind.page(this.id) }) });
  },
});
