import { fetchMinutes } from '../../api/minutes';
import { ask, me } from '../../api/session';
import { Trouble, wordsOf } from '../../api/trouble';
import { type Draft, openDraft } from '../../logic/drafts';
import { askToSignIn } from '../../logic/entry';
import { type FormState, READY, sender } from '../../logic/forms';
import { latest } from '../../logic/latest';
import {
  correctionsOf,
  knownOf,
  type Minutes,
  missingInMinutes,
  versionsOf,
  type Written,
  writtenOf,
} from '../../logic/minutes';

/** What is being written, with the version it was begun over: nobody writes over what they have not read. */
interface Draught extends Written {
  version: number;
}

/** The minutes of a meeting: written by whoever leads it, read by all afterwards, taken along as a Word document. */
Page({
  data: {
    minutes: null as Minutes | null,
    known: [] as ReturnType<typeof knownOf>,
    corrections: [] as string[],
    versions: [] as string[],
    written: { points: [], conclusion: '', recorder: '' } as Written,
    trouble: '',
    /** Somebody else has written since this was begun. */
    overtaken: false,
    busy: false,
    state: READY as FormState,
  },

  id: '',
  session: undefined as number | undefined,
  name: '',
  asked: latest(),
  written: undefined as Written | undefined,
  draft: undefined as Draft<Draught | null> | undefined,
  submit: undefined as (() => Promise<Minutes | undefined>) | undefined,

  onLoad({ id = '', session }: { id?: string; session?: string }) {
    const person = me();
    if (!person) return askToSignIn();
    this.id = id;
    this.name = person.name;
    this.session = session === undefined ? undefined : Number(session);
    this.draft = openDraft<Draught | null>(`minutes:${id}:${session ?? ''}`, person.id, null);
    void this.load();
  },

  async load() {
    const isLast = this.asked.begin();
    try {
      const { session } = this;
      const minutes = await ask('getTopicsByIdMinutes', { path: { id: this.id }, query: { session } });
      if (isLast()) this.show(minutes);
    } catch (error) {
      if (isLast()) this.setData({ trouble: wordsOf(error) });
    }
  },

  /** What was begun here and not sent stays as it was written. */
  show(minutes: Minutes) {
    const begun = this.draft?.value;
    const written: Written = begun ?? writtenOf(minutes, this.name);
    this.written = written;
    const now = new Date();
    this.setData({
      minutes,
      known: knownOf(minutes, now),
      corrections: correctionsOf(minutes, now),
      versions: versionsOf(minutes, now),
      written,
      trouble: '',
    });
  },

  write(event: WechatMiniprogram.Input) {
    const { field, at } = event.currentTarget.dataset as {
      field: 'words' | 'conclusion' | 'recorder' | 'reason';
      at?: number;
    };
    const { minutes } = this.data;
    if (!this.written || !minutes) return;
    const { value } = event.detail;
    const points = this.written.points.map((point, place) => (place === at ? { ...point, words: value } : point));
    this.written = field === 'words' ? { ...this.written, points } : { ...this.written, [field]: value };
    this.draft?.save({ ...this.written, version: this.draft.value?.version ?? minutes.version });
    if (this.data.state !== READY) this.setData({ state: READY });
  },

  async save() {
    const { written, draft } = this;
    const { minutes } = this.data;
    if (!written || !draft || !minutes) return;
    const trouble = missingInMinutes(written, minutes.needsReason);
    if (trouble) return this.setData({ state: { ...READY, trouble } });
    draft.save({ ...written, version: draft.value?.version ?? minutes.version });
    this.submit ??= sender(
      draft,
      (value, key) => this.send(value, key),
      (state) => this.setData({ state }),
    );
    const saved = await this.submit();
    if (!saved) return;
    this.show(saved);
    this.setData({ state: READY });
    void wx.showToast({ title: '存好了', icon: 'success' });
  },

  async send(value: Draught | null, key: string) {
    if (!value) throw new Trouble('nothing_written', 400, '还没有写什么。');
    const session = this.session === undefined ? {} : { session: this.session };
    try {
      return await ask('putTopicsByIdMinutes', { path: { id: this.id }, body: { ...value, ...session }, key });
    } catch (error) {
      if (error instanceof Trouble && error.code === 'changed_meanwhile') this.setData({ overtaken: true });
      throw error;
    }
  },

  /** Somebody else has written meanwhile: theirs is read again, and one's own words are let go only when asked. */
  async anew() {
    const { confirm } = await wx.showModal({
      title: '用最新的内容？',
      content: '您在这台手机上写的、还没有存的，就不要了。',
      confirmText: '用最新的',
      cancelText: '先不',
    });
    if (!confirm) return;
    this.draft?.clear();
    this.setData({ state: READY, overtaken: false });
    await this.load();
  },

  async download() {
    const { minutes, busy } = this.data;
    if (!minutes || busy) return;
    this.setData({ busy: true, trouble: '' });
    try {
      const filePath = await fetchMinutes(this.id, minutes.session);
      await wx.openDocument({ filePath, fileType: 'docx', showMenu: true });
    } catch (error) {
      const words = error instanceof Trouble ? error.message : '文件没能打开，请再试一次。';
      this.setData({ trouble: words });
    } finally {
      this.setData({ busy: false });
    }
  },

  async onPullDownRefresh() {
    await this.load();
    wx.stopPullDownRefresh();
  },
});
