import { ask, me } from '../../api/session';
import { wordsOf } from '../../api/trouble';
import { type DutyPack, idOf, inOrder, type PackCard, packCard } from '../../logic/duty-packs';
import { askToSignIn } from '../../logic/entry';
import { latest } from '../../logic/latest';
import { isAdmin } from '../../logic/people';
import { presses } from '../../logic/presses';
import { isoDay } from '../../logic/when';
import { named } from '../areas';
import { confirmingPage, confirmVersion, nothingConfirmed } from '../confirming';

const SHORTEST_NOTE = 2;
const CONTENT = '确认以后，各处不再标“未核实”，也不能再撤回。';

/** The rules duties come from: what they say, since when and by what source; an admin fills them in and compares them. */
Page({
  ...confirmingPage,

  data: {
    admin: false,
    cards: [] as PackCard[],
    known: false,
    ...nothingConfirmed(),
    trouble: '',
  },

  packs: [] as readonly DutyPack[],
  names: {} as Record<string, string>,
  note: '',
  asked: latest(),
  press: presses(),

  onLoad() {
    const person = me();
    if (!person) return askToSignIn();
    this.setData({ admin: isAdmin(person) });
  },

  onShow() {
    if (me()) void this.load();
  },

  async load() {
    const isLast = this.asked.begin();
    try {
      const { items } = await ask('getDutyPacks', {});
      const places = await named([...new Set(items.flatMap(({ area }) => area ?? []))]);
      if (!isLast()) return;
      this.names = Object.fromEntries(places.map(({ code, name }) => [code, name]));
      this.show(items);
    } catch (error) {
      if (isLast()) this.setData({ trouble: wordsOf(error) });
    }
  },

  show(packs: readonly DutyPack[]) {
    this.packs = inOrder(packs);
    const today = isoDay(new Date());
    this.setData({
      cards: this.packs.map((one) => packCard(one, this.packs, this.names, today)),
      known: true,
      trouble: '',
    });
  },

  /** Writes a new version of a rule, or a place's own. */
  change(event: WechatMiniprogram.TouchEvent) {
    const { id, own } = event.currentTarget.dataset as { id: string; own: boolean };
    const pack = this.packs.find((one) => idOf(one) === id);
    if (!pack) return;
    const area = pack.area === undefined ? '' : `&area=${pack.area}`;
    wx.navigateTo({ url: `/work/duty-pack/duty-pack?code=${pack.code}${own ? '&own=true' : area}` });
  },

  async confirm() {
    const pack = this.packs.find((one) => idOf(one) === this.data.confirming);
    if (!pack) return;
    const { code, version, area, title } = pack;
    const words = { title, shortest: SHORTEST_NOTE, short: '请写一句对照了哪份文件。', content: CONTENT };
    await confirmVersion(this, words, async (note) => {
      const body = { version, note, ...(area !== undefined && { area }) };
      await this.press(`${idOf(pack)} ${note}`, (key) =>
        ask('postDutyPacksByCodeVerification', { path: { code }, body, key }),
      );
      this.show(this.packs.map((one) => (one === pack ? { ...one, verified: true } : one)));
    });
  },

  async onPullDownRefresh() {
    await this.load();
    wx.stopPullDownRefresh();
  },
});
