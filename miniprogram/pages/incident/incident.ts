import { ask, me } from '../../api/session';
import { type Contacts, documentPage } from '../../logic/document-page';
import { askToSignIn } from '../../logic/entry';
import type { IncidentMove } from '../../logic/incident-buttons';
import { type IncidentScreen, incidentScreen } from '../../logic/incident-screen';
import type { MoveButton } from '../../logic/moves';
import { unmasking } from '../../logic/unmask';

/** One incident: at which of the five steps it is, what happened, and what can be done with it. */
Page({
  ...documentPage,

  data: {
    id: '',
    incident: null as IncidentScreen['incident'],
    facts: null as IncidentScreen['facts'],
    opened: null as Contacts | null,
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
      const {
        reporters,
        address = '',
        words,
      } = await ask('postIncidentsByIdUnmask', {
        path: { id: this.data.id },
        body: { why },
      });
      const people = reporters.map(({ name, phone = '', proxyFor }) => ({
        who: `${name}${proxyFor ? `（替${proxyFor.relation}${proxyFor.name}报告）` : ''}`,
        phone,
      }));
      return { people, address, words };
    }, known);
  },
});
