import { ask, me } from '../../api/session';
import { wordsOf } from '../../api/trouble';
import { type Draft, newKey, openDraft } from '../../logic/drafts';
import { askToSignIn } from '../../logic/entry';
import { type FormState, READY, sender } from '../../logic/forms';
import { latest } from '../../logic/latest';
import {
  type Attendance,
  codeWord,
  commonWords,
  OPINIONS,
  type Opinion,
  type Statement,
  type StatementCard,
  statementCards,
} from '../../logic/meeting';
import type { Topic } from '../../logic/topic';

/** How often it is asked anew while somebody looks. */
const PULSE_MS = 10_000;
const MOST_STATEMENTS = 100;

/** A meeting while it goes on: who is there, what is said, and what neighbours think of that. */
Page({
  data: {
    topic: null as Topic | null,
    attendance: null as Attendance | null,
    code: '',
    /** Whether whoever looks leads it. */
    leads: false,
    going: false,
    /** Whoever comes late signs in while it is voted. */
    signs: false,
    statements: [] as StatementCard[],
    common: [] as string[],
    opinions: OPINIONS,
    text: '',
    signTrouble: '',
    trouble: '',
    busy: false,
    state: READY as FormState,
  },

  id: '',
  typed: '',
  pulse: 0,
  shown: false,
  asked: latest(),
  draft: undefined as Draft<string> | undefined,
  submit: undefined as (() => Promise<Statement | undefined>) | undefined,

  onLoad({ id = '' }: { id?: string }) {
    const person = me();
    if (!person) return askToSignIn();
    this.id = id;
    this.draft = openDraft(`statement:${id}`, person.id, '');
    this.setData({ text: this.draft.value });
  },

  onShow() {
    this.shown = true;
    if (this.id !== '') void this.beat();
  },

  onHide() {
    this.shown = false;
    clearTimeout(this.pulse);
  },

  onUnload() {
    this.shown = false;
    clearTimeout(this.pulse);
  },

  /** Reads it all, and again after a while, as long as somebody looks. */
  async beat() {
    clearTimeout(this.pulse);
    await this.load();
    if (this.shown) this.pulse = setTimeout(() => void this.beat(), PULSE_MS) as unknown as number;
  },

  async load() {
    const isLast = this.asked.begin();
    const path = { id: this.id };
    try {
      const [topic, attendance, said, opinions] = await Promise.all([
        ask('getTopicsById', { path }),
        ask('getTopicsByIdAttendance', { path, query: { limit: 1 } }),
        ask('getTopicsByIdStatements', { path, query: { limit: MOST_STATEMENTS } }),
        ask('getTopicsByIdOpinions', { path }),
      ]);
      if (!isLast()) return;
      // The roll is for whoever leads, and so is the code.
      const leads = attendance.voices !== undefined;
      this.setData({
        topic,
        attendance,
        code: codeWord(attendance.code),
        leads,
        going: topic.state === 'discussing',
        signs: topic.state === 'discussing' || topic.vote?.phase === 'open',
        statements: statementCards(said.items, opinions, leads, new Date()),
        common: commonWords(opinions),
        trouble: '',
      });
      wx.setNavigationBarTitle({ title: `议题${topic.number}号开会` });
    } catch (error) {
      if (isLast()) this.setData({ trouble: wordsOf(error) });
    }
  },

  write(event: WechatMiniprogram.Input) {
    this.typed = event.detail.value;
    if (this.data.signTrouble !== '') this.setData({ signTrouble: '' });
  },

  async signIn() {
    const code = this.typed.trim();
    if (this.data.busy) return;
    if (!/^\d{6}$/.test(code)) return this.setData({ signTrouble: '签到码是6位数字，请问主持的人。' });
    this.setData({ busy: true, signTrouble: '' });
    try {
      await ask('postTopicsByIdSignIn', { path: { id: this.id }, body: { code } });
      void wx.showToast({ title: '签到了', icon: 'success' });
      await this.load();
    } catch (error) {
      this.setData({ signTrouble: wordsOf(error) });
    } finally {
      this.setData({ busy: false });
    }
  },

  speak(event: WechatMiniprogram.Input) {
    this.draft?.save(event.detail.value);
    if (this.data.state !== READY) this.setData({ state: READY });
  },

  async say() {
    const { draft } = this;
    if (!draft) return;
    if (draft.value.trim() === '') return this.setData({ state: { ...READY, trouble: '请先写一句话。' } });
    this.submit ??= sender(
      draft,
      (text, key) => ask('postTopicsByIdStatements', { path: { id: this.id }, body: { text }, key }),
      (state) => this.setData({ state }),
    );
    if (!(await this.submit())) return;
    this.setData({ text: '', state: READY });
    void wx.showToast({ title: '说好了', icon: 'success' });
    await this.load();
  },

  async think(event: WechatMiniprogram.TouchEvent) {
    const { id, opinion } = event.currentTarget.dataset as { id: string; opinion: Opinion };
    await this.act(() =>
      ask('postTopicsByIdStatementsByStatementOpinion', { path: { id: this.id, statement: id }, body: { opinion } }),
    );
  },

  async publish(event: WechatMiniprogram.TouchEvent) {
    const { id } = event.currentTarget.dataset as { id: string };
    await this.act(() => this.moderate(id, { visible: true }));
  },

  async hide(event: WechatMiniprogram.TouchEvent) {
    const { id } = event.currentTarget.dataset as { id: string };
    const { confirm, content = '' } = await wx.showModal({
      title: '不公开这句话？',
      editable: true,
      placeholderText: '为什么，会告诉说的人',
      confirmText: '不公开',
      cancelText: '先不',
    });
    if (!confirm) return;
    const reason = content.trim();
    if (reason.length < 2) return this.setData({ trouble: '请写一下为什么不公开，会告诉说的人。' });
    await this.act(() => this.moderate(id, { visible: false, reason }));
  },

  moderate(statement: string, body: { visible: boolean; reason?: string }) {
    return ask('postTopicsByIdStatementsByStatementModeration', {
      path: { id: this.id, statement },
      body,
      key: newKey(),
    });
  },

  async act(send: () => Promise<unknown>) {
    if (this.data.busy) return;
    this.setData({ busy: true });
    try {
      await send();
      await this.load();
    } catch (error) {
      const words = wordsOf(error);
      await this.load();
      this.setData({ trouble: words });
    } finally {
      this.setData({ busy: false });
    }
  },

  go(event: WechatMiniprogram.TouchEvent) {
    const { page } = event.currentTarget.dataset as { page: 'topic' | 'topic-roll' | 'topic-minutes' };
    wx.navigateTo({ url: `/pages/${page}/${page}?id=${this.id}` });
  },

  async onPullDownRefresh() {
    await this.load();
    wx.stopPullDownRefresh();
  },
});
