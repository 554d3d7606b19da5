import { me } from '../../api/session';
import { askToSignIn } from '../../logic/entry';
import { type WorkSection, workSections } from '../../logic/home';

/** All the work there is for somebody, a section a feature. */
Page({
  data: { sections: [] as WorkSection[] },

  onShow() {
    const person = me();
    if (person) this.setData({ sections: workSections(person) });
    else askToSignIn();
  },

  go(event: WechatMiniprogram.TouchEvent) {
    const { url } = event.currentTarget.dataset as { url: string };
    wx.navigateTo({ url });
  },
});
