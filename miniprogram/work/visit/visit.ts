import type { Answer } from '../../api/ask';
import { ask, me } from '../../api/session';
import { wordsOf } from '../../api/trouble';
import { askToSignIn } from '../../logic/entry';
import { presses } from '../../logic/presses';

type Visit = Answer<'getVisitsById'>;

/** One visit as it was logged, with what was corrected and checked. */
Page({
  data: { visit: null as Visit | null, trouble: '', busy: false },

  id: '',
  press: presses(),

  onLoad({ id = '' }: { id?: string }) {
    if (!me()) return askToSignIn();
    this.id = id;
    void this.load();
  },

  async load() {
    await this.take(() => ask('getVisitsById', { path: { id: this.id } }));
  },

  async take(asked: () => Promise<Visit>) {
    if (this.data.busy) return;
    this.setData({ busy: true, trouble: '' });
    try {
      this.setData({ visit: await asked() });
    } catch (error) {
      this.setData({ trouble: wordsOf(error) });
    } finally {
      this.setData({ busy: false });
    }
  },

  async annul() {
    const asked = { title: '为什么作废？', placeholderText: '例如：记重了', confirmText: '作废', cancelText: '先不' };
    const { confirm, content = '' } = await wx.showModal({ ...asked, editable: true });
    const reason = content.trim();
    if (!confirm) return;
    if (reason.length < 2) return this.setData({ trouble: '请写一句为什么作废。' });
    await this.take(() =>
      this.press(`void ${reason}`, (key) =>
        ask('postVisitsByIdVoid', { path: { id: this.id }, body: { reason }, key }),
      ),
    );
  },

  async check(event: WechatMiniprogram.TouchEvent) {
    const { agreed } = event.currentTarget.dataset as { agreed: boolean };
    const title = agreed ? '抽查过，属实？' : '抽查过，和实际对不上？';
    const { confirm } = await wx.showModal({ title, confirmText: '记下', cancelText: '先不' });
    if (!confirm) return;
    await this.take(() =>
      this.press(`check ${agreed}`, (key) =>
        ask('postVisitsByIdCheck', { path: { id: this.id }, body: { agreed }, key }),
      ),
    );
  },

  async onPullDownRefresh() {
    await this.load();
    wx.stopPullDownRefresh();
  },
});
