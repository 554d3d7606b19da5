import type { Answer } from '../../api/ask';
import { ask, me } from '../../api/session';
import { askToSignIn } from '../../logic/entry';
import type { IncidentMove } from '../../logic/incident-buttons';
import { type IncidentScreen, incidentScreen } from '../../logic/incident-screen';
import type { MoveButton } from '../../logic/moves';
import { unmasking } from '../../logic/unmask';

/** How those who reported it are reached, while it is on the screen. */
interface Contacts {
  people: { who: string; phone: string }[];
  address: string;
}

/** What may be the same problem, for whoever may merge it. */
type Similar = Answer<'getIncidentsByIdSimilar'>['items'][number];

/** One incident: at which of the five steps it is, what happened, and what can be done with it. */
Page({
  data: {
    id: '',
    incident: null as IncidentScreen['incident'],
    facts: null as IncidentScreen['facts'],
    opened: null as Contacts | null,
    similar: [] as Similar[],
    trouble: '',
    busy: false,
  },

  screen: undefined as ReturnType<typeof incidentScreen> | undefined,
  numbers: undefined as ReturnType<typeof unmasking<Contacts>> | undefined,

  onLoad({ id = '' }: { id?: string }) {
    if (!me()) {
      askToSignIn();
      return;
    }
    this.setData({ id });
    this.screen = incidentScreen(id, (change) => {
      this.setData(change);
      if (change.incident) wx.setNavigationBarTitle({ title: `事件${change.incident.number}号` });
    });
    this.numbers = unmasking<Contacts>('例如：上门前打电话', (change) => this.setData(change));
  },

  onShow() {
    void this.load();
  },

  /** Whole numbers do not stay on the screen when somebody looks away. */
  onHide() {
    this.close();
  },

  async load() {
    await this.screen?.load();
    await this.lookForSimilar();
  },

  /** A hint only: whatever goes wrong with it, the incident is there. */
  async lookForSimilar() {
    const { id, incident } = this.data;
    if (!incident?.moves.includes('merge')) return this.setData({ similar: [] });
    const found = await ask('getIncidentsByIdSimilar', { path: { id } }).catch(() => undefined);
    if (found) this.setData({ similar: found.items });
  },

  open(event: WechatMiniprogram.TouchEvent) {
    const { id } = event.currentTarget.dataset as { id: string };
    wx.navigateTo({ url: `/pages/incident/incident?id=${id}` });
  },

  async move(event: WechatMiniprogram.CustomEvent<MoveButton<IncidentMove>>) {
    const { move, form } = event.detail;
    if (form) {
      wx.navigateTo({ url: `/pages/move/move?of=incident&id=${this.data.id}&move=${move}` });
      return;
    }
    if (await this.screen?.move(event.detail)) void wx.showToast({ title: '好了', icon: 'success' });
  },

  /** Phone and address, once, for a reason that is written down; where life is in danger nobody is asked for one. */
  async unmask() {
    const known = this.data.facts?.danger ? '危急，马上联系' : undefined;
    await this.numbers?.open(async (why) => {
      const { reporters, address = '' } = await ask('postIncidentsByIdUnmask', {
        path: { id: this.data.id },
        body: { why },
      });
      const people = reporters.map(({ name, phone = '', proxyFor }) => ({
        who: `${name}${proxyFor ? `（替${proxyFor.relation}${proxyFor.name}报告）` : ''}`,
        phone,
      }));
      return { people, address };
    }, known);
  },

  close() {
    this.numbers?.close();
  },

  call(event: WechatMiniprogram.TouchEvent) {
    const { phone } = event.currentTarget.dataset as { phone: string };
    void wx.makePhoneCall({ phoneNumber: phone });
  },

  visit() {
    wx.navigateTo({ url: `/work/visit/visit?id=${this.data.incident?.visit ?? ''}` });
  },

  async onPullDownRefresh() {
    await this.load();
    wx.stopPullDownRefresh();
  },
});
