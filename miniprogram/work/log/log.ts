import type { Answer } from '../../api/ask';
import { me } from '../../api/session';
import { troubleFrom } from '../../api/trouble';
import { NO_PHOTOS, type PhotosState, photosTrouble } from '../../components/photo-picker/picked';
import { askToSignIn } from '../../logic/entry';
import { type FormState, READY, sender } from '../../logic/forms';
import { isoDay } from '../../logic/when';
import { type Field, isTypedIn, type Option, type Value } from '../components/fields/field';
import {
  begunBy,
  blank,
  filledFor,
  isAbout,
  isKind,
  type LogForm,
  type Missing,
  missing,
  type Purpose,
  seenFields,
  spawnFields,
  withMissed,
} from './log-form';
import { type SpawnedRow, spawnedRows } from './spawned';
import { countUnsent, draftToWrite, type LogDraft, sendLog, sendUnsent, sentWords } from './unsent';
import { findWards, wardsRemembered } from './wards';

/** What other fields depend on. */
const REDRAWN: readonly (keyof LogForm)[] = ['kind', 'persons', 'well', 'wished', 'reported'];

/** Logging a visit or inspection: written where it was made, sent when there is a network, once. */
Page({
  data: {
    step: 'write' as 'write' | 'done' | 'kept',
    seen: [] as Field[],
    more: [] as Field[],
    /** As they were drawn; what is typed since then is in `form` beside `data`. */
    values: {} as Partial<LogForm>,
    unsent: 0,
    said: '',
    state: READY as FormState,
    made: null as Answer<'postVisits'> | null,
    spawned: [] as SpawnedRow[],
    shows: true,
  },

  person: '',
  wards: [] as Option[],
  form: blank(''),
  /** Whether anything was written since it was opened. */
  touched: false,
  photoState: NO_PHOTOS,
  /** Why the house did not take it, by its code. */
  refused: '',
  draft: undefined as LogDraft | undefined,
  submit: undefined as (() => Promise<Answer<'postVisits'> | undefined>) | undefined,

  onLoad({ kind = '', person = '', event = '', item = '' }: Record<string, string | undefined>) {
    const somebody = me();
    if (!somebody) return askToSignIn();
    this.person = somebody.id;
    this.wards = wardsRemembered(this.person);
    this.begin({
      ...(isKind(kind) && { kind }),
      ...(person !== '' && { person }),
      ...(event !== '' && { event, item: decodeURIComponent(item) }),
    });
    void findWards(this.person, person).then((wards) => {
      this.wards = wards;
      this.draw();
    });
    void this.sendWaiting();
  },

  today: () => isoDay(new Date()),

  /** What is only filled in for somebody is no draft yet: whoever goes back and opens another finds that one. */
  begin(purpose: Purpose = {}) {
    this.draft = draftToWrite(this.person, this.today(), (form) => isAbout(purpose, form));
    this.form = filledFor(purpose, { ...blank(this.today()), ...this.draft.value });
    this.touched = false;
    this.submit = undefined;
    this.photoState = NO_PHOTOS;
    this.setData({ step: 'write', values: this.form, state: READY, made: null });
    this.draw();
  },

  /** @param wrong what is missing, said beside its field */
  draw(wrong?: Missing) {
    const seen = seenFields(this.form, this.wards, this.today(), wrong);
    this.setData({ seen, more: spawnFields(this.form, wrong), values: this.form });
  },

  async sendWaiting() {
    if (countUnsent(this.person, this.today()) === 0) return;
    const sent = await sendUnsent(this.person, this.today());
    this.setData({ unsent: countUnsent(this.person, this.today()), said: sentWords(sent) });
    // What was refused is opened again, to be put right.
    if (sent.refused.length > 0 && !this.touched) this.begin();
  },

  set({ detail }: WechatMiniprogram.CustomEvent<{ name: keyof LogForm; value: Value }>) {
    const { name, value } = detail;
    this.change({ [name]: value, ...(value === true && begunBy(name, this.form)) });
    // Whoever was seen lives somewhere: no fewer households than people chosen, as long as nobody counted.
    if (name === 'persons') this.change({ households: Math.max(this.form.households, this.form.persons.length) });
  },

  change(change: Partial<LogForm>) {
    if (this.data.state.sent) return;
    // Whoever writes on is asked again.
    this.form = withMissed({ ...this.form, again: false, ...change }, this.wards);
    this.touched = true;
    this.draft?.save(this.form);
    const fields = [...this.data.seen, ...this.data.more];
    // With what is chosen goes what was typed before: a field drawn anew would else be empty.
    const chosen = Object.keys(change).some((name) => !isTypedIn(fields, name));
    this.setData({ ...(chosen && { values: this.form }), state: READY });
    if (REDRAWN.some((name) => name in change)) this.draw();
  },

  photos(event: WechatMiniprogram.CustomEvent<PhotosState>) {
    this.photoState = event.detail;
    this.change({ photos: event.detail.ids });
  },

  async send(): Promise<void> {
    if (!this.draft || this.data.state.sent) return;
    const wrong = missing(this.form);
    this.draw(wrong);
    const trouble = wrong ? '还差一处，请看上面的红字。' : photosTrouble(this.photoState);
    if (trouble) return this.setData({ state: { ...READY, trouble } });
    this.draft.save(this.form);
    this.submit ??= sender(this.draft, this.out.bind(this), (state) => this.setData({ state }));
    this.refused = '';
    const made = await this.submit();
    if (this.refused === 'logged_already' && (await this.isAnother())) return this.send();
    if (made) this.setData({ step: 'done', made, spawned: spawnedRows(made) });
    else if (!this.data.state.sending && this.draft.underWay.length > 0) this.setData({ step: 'kept' });
    this.setData({ unsent: countUnsent(this.person, this.today()) });
    void wx.pageScrollTo({ scrollTop: 0 });
  },

  async out(form: LogForm, key: string) {
    try {
      return await sendLog(form, key);
    } catch (error) {
      this.refused = troubleFrom(error).code;
      throw error;
    }
  },

  /** Whether what was logged already is to be logged once more. */
  async isAnother() {
    const { confirm } = await wx.showModal({
      title: '已经记过一条一样的',
      content: '同一天、同样的人和户数，您已经记过了。是另外一次吗？',
      confirmText: '再记一条',
      cancelText: '不用了',
    });
    if (confirm) this.change({ again: true });
    return confirm;
  },

  /** The photos of the last one are not the next one's. */
  again() {
    this.setData({ shows: false, said: '' });
    this.begin();
    this.setData({ shows: true });
  },

  async retry() {
    await this.sendWaiting();
    if (this.data.unsent === 0) this.setData({ step: 'write' });
    if (this.data.unsent === 0) this.again();
    else void wx.showToast({ title: '还是没有网，等会儿再试', icon: 'none' });
  },

  see() {
    const { made } = this.data;
    if (made) wx.redirectTo({ url: `/work/visit/visit?id=${made.id}` });
  },

  /** To what came of it. */
  look({ currentTarget }: WechatMiniprogram.TouchEvent) {
    const { url } = currentTarget.dataset as { url: string };
    wx.navigateTo({ url });
  },
});
