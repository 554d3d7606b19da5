import { ask, me } from '../../api/session';
import { wordsOf } from '../../api/trouble';
import { askToSignIn } from '../../logic/entry';
import { latest } from '../../logic/latest';
import { presses } from '../../logic/presses';
import type { Step } from '../../logic/story';
import {
  invitationTo,
  mayBePassedOn,
  nextOfTopic,
  secondsWord,
  storyOfTopic,
  type Topic,
  type TopicButton,
  topicButtons,
} from '../../logic/topic';
import { inputFor, moveTopic } from '../../logic/topic-moves';

/** One topic: what it is about, who is asked next, and what can be done with it. */
Page({
  data: {
    id: '',
    topic: null as Topic | null,
    seconds: '',
    next: '',
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
    this.setData({
      topic,
      seconds: secondsWord(topic),
      next: nextOfTopic(topic),
      buttons: topicButtons(topic.moves),
      passesOn: mayBePassedOn(topic),
      steps: storyOfTopic(topic, new Date()),
      trouble: '',
    });
    wx.setNavigationBarTitle({ title: `议题${topic.number}号` });
  },

  async move(event: WechatMiniprogram.TouchEvent) {
    const { move } = event.currentTarget.dataset as { move: string };
    const button = this.data.buttons.find((one) => one.move === move);
    const { topic } = this.data;
    if (!button || !topic || this.data.busy) return;
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

  onShareAppMessage(): WechatMiniprogram.Page.ICustomShareContent {
    const { topic } = this.data;
    return topic ? invitationTo(topic) : {};
  },

  async onPullDownRefresh() {
    await this.load();
    wx.stopPullDownRefresh();
  },
});
