import type { Answer } from '../../api/ask';
import { ask, me } from '../../api/session';
import { wordsOf } from '../../api/trouble';
import { type Draft, newKey, openDraft } from '../../logic/drafts';
import { askToSignIn } from '../../logic/entry';
import { type FormState, READY, sender } from '../../logic/forms';
import { type Handoff, saidLines, sayMove, standingTag } from '../../logic/handoff';
import { unmasking } from '../../logic/unmask';

/** How whoever called is reached, while it is on the screen. */
interface Reach {
  name: string;
  phone: string;
  address: string;
}

/** A talk between a resident and the community: asked, answered, closed. Without an id it is about to begin. */
Page({
  data: {
    id: '',
    handoff: null as Handoff | null,
    standing: { tag: '', tone: '' },
    /** Whether somebody else reads it, who may have to call or go there. */
    reaches: false,
    opened: null as Reach | null,
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
  numbers: undefined as ReturnType<typeof unmasking<Reach>> | undefined,
  /** Loads come back in any order; only the last counts. */
  round: 0,

  onLoad({ id = '' }: { id?: string }) {
    const person = me();
    if (!person) return askToSignIn();
    this.person = person.id;
    this.draft = openDraft(`handoff:${id}`, person.id, '');
    this.setData({ id, text: this.draft.value });
    this.numbers = unmasking<Reach>('例如：回电话问情况', (change) => this.setData(change));
    if (id === '') this.setData({ say: { move: 'add', label: '想跟社区说什么？', button: '发出去' } });
  },

  onShow() {
    if (this.data.id !== '') void this.load();
  },

  /** Whole numbers do not stay on the screen when somebody looks away. */
  onHide() {
    this.putAway();
  },

  putAway() {
    this.numbers?.close();
  },

  /** Phone and address, under a reason that is written down; in danger the call itself is the reason. */
  async reach() {
    const { handoff } = this.data;
    if (!handoff) return;
    const call = `${handoff.urgent ? '紧急' : ''}求助${handoff.number}号`;
    const look = async (why: string): Promise<Reach> => {
      const shown = await ask('postPeopleByIdUnmask', {
        path: { id: handoff.requester.id },
        body: { fields: ['name', 'phone', 'address'], why: why === call ? call : `${call}：${why}` },
      });
      return { name: handoff.requester.name, phone: '', address: '', ...shown };
    };
    await this.numbers?.open(look, handoff.urgent ? call : undefined);
  },

  call() {
    const { opened } = this.data;
    if (opened?.phone) void wx.makePhoneCall({ phoneNumber: opened.phone });
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
      standing: standingTag(handoff),
      reaches: handoff.requester.id !== this.person,
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
