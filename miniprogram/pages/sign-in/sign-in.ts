import type { Answer } from '../../api/ask';
import { ask, me, signIn, signInAs } from '../../api/session';
import { troubleFrom } from '../../api/trouble';
import { goOn } from '../../logic/entry';

type DemoPerson = Answer<'getDemoPeople'>['items'][number];

/**
 * Sign-in: privacy first, then WeChat, then once the community's code. In a demo one picks who one is. Whoever is signed in
 * already and only had to agree goes on to where they wanted.
 */
Page({
  data: {
    /** `looking` until WeChat has said whether the person still has to agree to how their data is used. */
    step: 'looking' as 'looking' | 'privacy' | 'enter',
    contract: '',
    demo: [] as DemoPerson[],
    needsCode: false,
    busy: false,
    trouble: '',
  },

  to: '',
  code: '',

  async onLoad({ to = '' }: { to?: string }) {
    this.to = to;
    wx.getPrivacySetting({
      success: ({ needAuthorization, privacyContractName }) => {
        this.setData({ contract: privacyContractName });
        if (needAuthorization) this.setData({ step: 'privacy' });
        else this.agreed();
      },
      fail: () => this.setData({ step: 'privacy' }),
    });
    // Only a demo answers this.
    const demo = await ask('getDemoPeople', {}).catch(() => undefined);
    if (demo) this.setData({ demo: demo.items });
  },

  readContract() {
    wx.openPrivacyContract({});
  },

  agreed() {
    if (me()) goOn(this.to);
    else this.setData({ step: 'enter' });
  },

  write(event: WechatMiniprogram.Input) {
    // Not given back to the field: on a slow phone that loses letters.
    this.code = event.detail.value.trim().toUpperCase();
  },

  enter() {
    const { needsCode } = this.data;
    const { code } = this;
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
      goOn(this.to);
    } catch (error) {
      const trouble = troubleFrom(error);
      if (trouble.code === 'not_registered') this.setData({ needsCode: true });
      else this.setData({ trouble: trouble.message });
    } finally {
      this.setData({ busy: false });
    }
  },
});
