import type { Answer } from '../../api/ask';
import { ask, signIn, signInAs } from '../../api/session';
import { Trouble } from '../../api/trouble';

type DemoPerson = Answer<'getDemoPeople'>['items'][number];

/** Sign-in: privacy first, then WeChat, then once the community's code. In a demo one picks who one is. */
Page({
  data: {
    /** Whether the person still has to agree to how their data is used. */
    asking: false,
    contract: '',
    demo: [] as DemoPerson[],
    needsCode: false,
    code: '',
    busy: false,
    trouble: '',
  },

  async onLoad() {
    wx.getPrivacySetting({
      success: ({ needAuthorization, privacyContractName }) =>
        this.setData({ asking: needAuthorization, contract: privacyContractName }),
    });
    // Only a demo answers this.
    const demo = await ask('getDemoPeople', {}).catch(() => undefined);
    if (demo) this.setData({ demo: demo.items });
  },

  readContract() {
    wx.openPrivacyContract({});
  },

  agreed() {
    this.setData({ asking: false });
  },

  write(event: WechatMiniprogram.Input) {
    this.setData({ code: event.detail.value.trim().toUpperCase() });
  },

  enter() {
    const { needsCode, code } = this.data;
    if (needsCode && code === '') {
      this.setData({ trouble: '请填社区给您的绑定码。' });
      return;
    }
    void this.signedIn(() => signIn(needsCode ? code : undefined));
  },

  be(event: WechatMiniprogram.TouchEvent) {
    const { id } = event.currentTarget.dataset as { id: string };
    void this.signedIn(() => signInAs(id));
  },

  async signedIn(how: () => Promise<unknown>) {
    if (this.data.busy) return;
    this.setData({ busy: true, trouble: '' });
    try {
      await how();
      wx.switchTab({ url: '/pages/home/home' });
    } catch (error) {
      const trouble = error instanceof Trouble ? error : new Trouble('unknown', 0, String(error));
      if (trouble.code === 'not_registered') this.setData({ needsCode: true });
      else this.setData({ trouble: trouble.message });
    } finally {
      this.setData({ busy: false });
    }
  },
});
