import { ask, me, signOut } from '../../api/session';
import { wordsOf } from '../../api/trouble';
import { askToSignIn } from '../../logic/entry';
import { titleOf } from '../../logic/people';
import { pushWords } from '../../logic/reminders';
import { countUnread } from '../../logic/unread';
import { momentWord } from '../../logic/when';

/** Oneself: who the house knows one as, the chat, reminders, signing out. */
Page({
  data: { name: '', title: '', code: '', until: '', push: '', busy: false, trouble: '' },

  onShow() {
    const person = me();
    if (!person) {
      askToSignIn();
      return;
    }
    this.setData({ name: person.name, title: titleOf(person) });
    void this.load();
    void countUnread();
  },

  async load() {
    // Without it the door says what lies behind it.
    const push = await ask('getMePush', {})
      .then((known) => pushWords(known, new Date()))
      .catch(() => '');
    this.setData({ push });
  },

  /** A code that ties this person to the chat account which sends it. */
  bind() {
    void this.attempt(async () => {
      const { code, expiresAt } = await ask('postMeBindingCode', {});
      this.setData({ code, until: momentWord(expiresAt, new Date()) });
    });
  },

  copy() {
    void wx.setClipboardData({ data: `绑定 ${this.data.code}` });
  },

  reminders() {
    wx.navigateTo({ url: '/pages/reminders/reminders' });
  },

  privacy() {
    wx.openPrivacyContract({});
  },

  async leave() {
    const { confirm } = await wx.showModal({
      title: '退出登录？',
      content: '这台手机上没发出去的草稿会一起清掉。',
      confirmText: '退出',
      cancelText: '先不退',
    });
    if (!confirm) return;
    signOut();
    wx.reLaunch({ url: '/pages/sign-in/sign-in' });
  },

  async attempt(work: () => Promise<void>) {
    if (this.data.busy) return;
    this.setData({ busy: true, trouble: '' });
    try {
      await work();
    } catch (error) {
      this.setData({ trouble: wordsOf(error) });
    } finally {
      this.setData({ busy: false });
    }
  },
});
