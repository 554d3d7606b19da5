import type { Answer } from '../../api/ask';
import { ask } from '../../api/session';
import { type Contacts, documentPage } from '../../logic/document-page';
import { type IncidentScreen, incidentScreen } from '../../logic/incident-screen';
import type { unmasking } from '../../logic/unmask';

/** What may be the same problem, for whoever may merge it. */
type Similar = Answer<'getIncidentsByIdSimilar'>['items'][number];

/** One incident: at which of the five steps it is, what happened, and what can be done with it. */
Page({
  ...documentPage,

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

  screenOf(id: string) {
    return incidentScreen(id, (change) => {
      this.setData(change);
      if (change.incident) wx.setNavigationBarTitle({ title: `事件${change.incident.number}号` });
    });
  },

  formOf(move: string) {
    return `/pages/move/move?of=incident&id=${this.data.id}&move=${move}`;
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

  visit() {
    wx.navigateTo({ url: `/work/visit/visit?id=${this.data.incident?.visit ?? ''}` });
  },
});
