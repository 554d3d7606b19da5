import type { Answer } from '../../api/ask';
import { ask, me, signIn, signInAs } from '../../api/session';
import { troubleFrom } from '../../api/trouble';
import { goOn } from '../../logic/entry';

type DemoPerson = Answer<'getDemoPeople'>['items'][number];

/** So many are found without looking for them. */
const FEW = 8;

/**
 * Sign-in: privacy first, then WeChat, then once the community's code. In a demo one picks who one is. Whoever is signed in
 * already and only had to agree goes on to where they wanted.
 */
Page({
  data: {
    /** `looking` until WeChat has said whether the person still has to agree to how their data is used. */
    step: 'looking' as 'looking' | 'privacy' | 'enter',
    contract: '',
    /** Those who are shown: everybody, or whose name or duty has what is looked for. */
    demo: [] as DemoPerson[],
    many: false,
    needsCode: false,
    busy: false,
    trouble: '',
  },

  everybody: [] as DemoPerson[],
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
    if (!demo) return;
    this.everybody = demo.items;
    this.setData({ demo: demo.items, many: demo.items.length > FEW });
  },

  find(event: WechatMiniprogram.Input) {
    const words = event.detail.value.trim();
    this.setData({ demo: this.everybody.filter(({ name, title }) => `${name} ${title}`.includes(words)) });
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
