import type { Answer } from '../../api/ask';
import { ask, me } from '../../api/session';
import { type Draft, openDraft } from '../../logic/drafts';
import { askToSignIn } from '../../logic/entry';
import { type FormState, READY, sender } from '../../logic/forms';
import { pauseOf } from '../../logic/pause';
import { type TopicLine, topicCard } from '../../logic/topic';

type Made = Answer<'postTopics'>;

const PAUSE_MS = 800;
const FEWEST = 4;

/**
 * Proposing a topic: what there is already comes first, since seconding it helps more than a second one. It is read back
 * before it goes out, as a wish is.
 */
Page({
  data: {
    step: 'write' as 'write' | 'read',
    text: '',
    similar: [] as ReturnType<typeof topicCard>[],
    state: READY as FormState,
  },

  draft: undefined as Draft<string> | undefined,
  submit: undefined as (() => Promise<Made | undefined>) | undefined,
  pause: pauseOf(PAUSE_MS),

  onLoad() {
    const person = me();
    if (!person) return askToSignIn();
    this.draft = openDraft('topic', person.id, '');
    this.setData({ text: this.draft.value });
  },

  onUnload() {
    this.pause.stop();
  },

  write(event: WechatMiniprogram.Input) {
    const text = event.detail.value;
    this.draft?.save(text);
    if (this.data.state.trouble !== '') this.setData({ state: READY });
    this.pause.after(() => void this.lookForSimilar(text));
  },

  /** A hint only: whatever goes wrong with it, the topic can be proposed. */
  async lookForSimilar(text: string) {
    if (text.trim().length < FEWEST) return this.setData({ similar: [] });
    const found = await ask('postTopicsSimilar', { body: { text } }).catch(() => undefined);
    if (!found || text !== this.draft?.value) return;
    this.setData({ similar: found.items.map((one: TopicLine) => topicCard(one, new Date())) });
  },

  open(event: WechatMiniprogram.TouchEvent) {
    const { id } = event.currentTarget.dataset as { id: string };
    wx.navigateTo({ url: `/pages/topic/topic?id=${id}` });
  },

  read() {
    const text = this.draft?.value.trim() ?? '';
    if (text.length < FEWEST) {
      this.setData({ state: { ...READY, trouble: '请说说想商量什么，一两句话就行。' } });
      return;
    }
    this.setData({ step: 'read', text, state: READY });
    void wx.pageScrollTo({ scrollTop: 0 });
  },

  back() {
    this.setData({ step: 'write', text: this.draft?.value ?? '', state: READY });
  },

  async send() {
    const { draft } = this;
    if (!draft || this.data.step !== 'read' || this.data.state.sent) return;
    this.submit ??= sender(
      draft,
      (text, key) => ask('postTopics', { body: { text }, key }),
      (state) => this.setData({ state }),
    );
    const made = await this.submit();
    if (made) wx.redirectTo({ url: `/pages/topic/topic?id=${made.id}` });
  },
});
