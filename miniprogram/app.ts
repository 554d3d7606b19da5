import { me, whenEnded } from './api/session';
import { forgetOldReceipts } from './logic/ballot-receipts';
import { forgetOldDrafts } from './logic/drafts';
import { askToSignIn, linkTo } from './logic/entry';

App({
  onLaunch() {
    whenEnded(() => askToSignIn());
    forgetOldDrafts(new Date());
    forgetOldReceipts(new Date());
  },

  /** Whoever has not agreed, or not to the guide as it is now, is asked before anything personal is shown or sent. */
  onShow({ path, query }: WechatMiniprogram.App.LaunchShowOption) {
    wx.getPrivacySetting({
      success({ needAuthorization }) {
        if (!needAuthorization || me() === undefined) return;
        askToSignIn(getCurrentPages().length > 0 ? undefined : linkTo(path, query));
      },
    });
  },

  onPageNotFound() {
    wx.reLaunch({ url: '/pages/home/home' });
    void wx.showToast({ title: '这一页不在了', icon: 'none' });
  },
});
