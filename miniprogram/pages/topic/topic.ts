import { ask, me } from '../../api/session';
import { wordsOf } from '../../api/trouble';
import { askToSignIn } from '../../logic/entry';
import { latest } from '../../logic/latest';
import { isSecretary } from '../../logic/people';
import { presses } from '../../logic/presses';
import type { Step } from '../../logic/story';
import { invitationTo, mayBePassedOn, secondsWord, storyOfTopic, type Topic } from '../../logic/topic';
import { type TopicButton, topicButtons } from '../../logic/topic-buttons';
import { inputFor, moveTopic } from '../../logic/topic-moves';
import {
  calendarEntry,
  itemCards,
  type MeetingCard,
  meetingCard,
  nextOfTopic,
  objectionCards,
  reviewWord,
  type Stage,
  stagesOf,
  stageWord,
  voteBanner,
} from '../../logic/topic-progress';

/** One topic: what it is about, how far it has come, who is asked next, and what can be done with it. */
Page({
  data: {
    id: '',
    topic: null as Topic | null,
    seconds: '',
    stages: [] as Stage[],
    stageWord: '',
    next: '',
    meeting: null as MeetingCard | null,
    held: [] as MeetingCard[],
    vote: null as ReturnType<typeof voteBanner>,
    objections: [] as ReturnType<typeof objectionCards>,
    items: [] as ReturnType<typeof itemCards>,
    review: '',
    buttons: [] as TopicButton[],
    passesOn: false,
    steps: [] as Step[],
    trouble: '',
    busy: false,
  },

  asked: latest(),
  press: presses(),

  onLoad({ id = '' }: { id?: string }) {
    if (me()) this.setData({ id });
    else askToSignIn();
  },

  onShow() {
    if (this.data.id !== '') void this.load();
  },

  async load() {
    const isLast = this.asked.begin();
    try {
      const topic = await ask('getTopicsById', { path: { id: this.data.id } });
      if (isLast()) this.show(topic);
    } catch (error) {
      if (isLast()) this.setData({ trouble: wordsOf(error) });
    }
  },

  show(topic: Topic) {
    const now = new Date();
    const person = me();
    const stages = stagesOf(topic);
    this.setData({
      topic,
      seconds: secondsWord(topic),
      stages,
      stageWord: stageWord(stages),
      next: nextOfTopic(topic, now),
      meeting: topic.meeting ? meetingCard(topic.meeting, now) : null,
      held: topic.meetings.map((one) => meetingCard(one, now)),
      vote: voteBanner(topic, now),
      objections: objectionCards(topic, now),
      items: itemCards(topic, person?.id ?? '', person !== undefined && isSecretary(person), now),
      review: reviewWord(topic),
      buttons: topicButtons(topic.moves),
      passesOn: mayBePassedOn(topic),
      steps: storyOfTopic(topic, now),
      trouble: '',
    });
    wx.setNavigationBarTitle({ title: `议题${topic.number}号` });
  },

  async move(event: WechatMiniprogram.TouchEvent) {
    const { move } = event.currentTarget.dataset as { move: string };
    const button = this.data.buttons.find((one) => one.move === move);
    const { topic } = this.data;
    if (!button || !topic || this.data.busy) return;
    if (button.asks === 'form') return this.form(button.move);
    this.setData({ busy: true });
    try {
      const input = await inputFor(button, topic);
      if (input === undefined) return;
      const moved = await this.press(button.move, (key) => moveTopic(topic.id, button.move, input, key));
      this.asked.begin();
      this.show(moved);
      void wx.showToast({ title: '好了', icon: 'success' });
    } catch (error) {
      await this.load();
      this.setData({ trouble: wordsOf(error) });
    } finally {
      this.setData({ busy: false });
    }
  },

  /** A move that asks for more than a dialog can, about the topic or something beside it. */
  form(move: string, about = '') {
    wx.navigateTo({ url: `/pages/topic-move/topic-move?id=${this.data.id}&move=${move}${about}` });
  },

  answer(event: WechatMiniprogram.TouchEvent) {
    const { id } = event.currentTarget.dataset as { id: string };
    this.form('answerObjection', `&objection=${id}`);
  },

  report(event: WechatMiniprogram.TouchEvent) {
    const { id } = event.currentTarget.dataset as { id: string };
    this.form('itemDone', `&item=${id}`);
  },

  change(event: WechatMiniprogram.TouchEvent) {
    const { id, move } = event.currentTarget.dataset as { id: string; move: string };
    this.form(move, `&item=${id}`);
  },

  wish(event: WechatMiniprogram.TouchEvent) {
    const { id } = event.currentTarget.dataset as { id: string };
    wx.navigateTo({ url: `/pages/wish/wish?id=${id}` });
  },

  ballot() {
    wx.navigateTo({ url: `/pages/ballot/ballot?id=${this.data.vote?.ballot ?? ''}` });
  },

  counted() {
    const votes = this.data.topic?.votes ?? [];
    wx.navigateTo({ url: `/pages/ballot/ballot?id=${votes[votes.length - 1]?.ballot ?? ''}` });
  },

  attend() {
    wx.navigateTo({ url: `/pages/topic-meeting/topic-meeting?id=${this.data.id}` });
  },

  minutes(event: WechatMiniprogram.TouchEvent) {
    const { session } = event.currentTarget.dataset as { session: number };
    wx.navigateTo({ url: `/pages/topic-minutes/topic-minutes?id=${this.data.id}&session=${session}` });
  },

  async remember() {
    const entry = this.data.topic && calendarEntry(this.data.topic);
    // Whoever would rather not, or whose phone has none, reads it here.
    if (entry) await wx.addPhoneCalendar(entry).catch(() => undefined);
  },

  async copyPage() {
    const { publicPage } = this.data.topic ?? {};
    if (publicPage === undefined) return;
    try {
      // WeChat itself says that it is copied.
      await wx.setClipboardData({ data: publicPage });
    } catch {
      await wx.showModal({ title: '公开页网址', content: publicPage, showCancel: false });
    }
  },

  onShareAppMessage(): WechatMiniprogram.Page.ICustomShareContent {
    const { topic } = this.data;
    return topic ? invitationTo(topic) : {};
  },

  async onPullDownRefresh() {
    await this.load();
    wx.stopPullDownRefresh();
  },
});
