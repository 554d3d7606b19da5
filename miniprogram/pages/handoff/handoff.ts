import type { Answer } from '../../api/ask';
import { ask, me } from '../../api/session';
import { wordsOf } from '../../api/trouble';
import { type Draft, newKey, openDraft } from '../../logic/drafts';
import { askToSignIn } from '../../logic/entry';
import { type FormState, READY, sender } from '../../logic/forms';
import { type Handoff, saidLines, sayMove } from '../../logic/handoff';

/** A talk between a resident and the community: asked, answered, closed. Without an id it is about to begin. */
Page({
  data: {
    id: '',
    handoff: null as Handoff | null,
    lines: [] as ReturnType<typeof saidLines>,
    say: null as ReturnType<typeof sayMove>,
    closes: false,
    text: '',
    state: READY as FormState,
    trouble: '',
    busy: false,
  },

  person: '',
  draft: undefined as Draft<string> | undefined,
  submit: undefined as (() => Promise<Answer<'getHandoffsById'> | undefined>) | undefined,
  /** Loads come back in any order; only the last counts. */
  round: 0,

  onLoad({ id = '' }: { id?: string }) {
    const person = me();
    if (!person) return askToSignIn();
    this.person = person.id;
    this.draft = openDraft(`handoff:${id}`, person.id, '');
    this.setData({ id, text: this.draft.value });
    if (id === '') this.setData({ say: { move: 'add', label: '想跟社区说什么？', button: '发出去' } });
  },

  onShow() {
    if (this.data.id !== '') void this.load();
  },

  async load() {
    const mine = ++this.round;
    try {
      const handoff = await ask('getHandoffsById', { path: { id: this.data.id } });
      if (mine === this.round) this.show(handoff);
    } catch (error) {
      if (mine === this.round) this.setData({ trouble: wordsOf(error) });
    }
  },

  show(handoff: Handoff) {
    this.round += 1;
    this.setData({
      id: handoff.id,
      handoff,
      lines: saidLines(handoff, this.person, new Date()),
      say: sayMove(handoff.moves),
      closes: handoff.moves.includes('close'),
      trouble: '',
    });
  },

  write(event: WechatMiniprogram.Input) {
    this.draft?.save(event.detail.value);
    if (this.data.state.trouble !== '') this.setData({ state: READY });
  },

  async send() {
    const { draft } = this;
    if (!draft) return;
    if (draft.value.trim() === '') {
      this.setData({ state: { ...READY, trouble: '请先写一句话。' } });
      return;
    }
    this.submit ??= sender(
      draft,
      (text, key) => this.sendWords(text, key),
      (state) => this.setData({ state }),
    );
    const handoff = await this.submit();
    if (!handoff) return;
    this.setData({ text: '' });
    this.show(handoff);
    void wx.showToast({ title: '发出去了', icon: 'success' });
  },

  sendWords(text: string, key: string) {
    const { id, say } = this.data;
    if (id === '') return ask('postHandoffs', { body: { text }, key });
    const operation = say?.move === 'answer' ? 'postHandoffsByIdAnswer' : 'postHandoffsByIdAdd';
    return ask(operation, { path: { id }, body: { text }, key });
  },

  async close() {
    const { confirm } = await wx.showModal({ title: '结束这次求助？', confirmText: '结束', cancelText: '先不' });
    if (!confirm || this.data.busy) return;
    this.setData({ busy: true });
    try {
      this.show(await ask('postHandoffsByIdClose', { path: { id: this.data.id }, body: {}, key: newKey() }));
    } catch (error) {
      await this.load();
      this.setData({ trouble: wordsOf(error) });
    } finally {
      this.setData({ busy: false });
    }
  },

  async onPullDownRefresh() {
    if (this.data.id !== '') await this.load();
    wx.stopPullDownRefresh();
  },
});
