import { ask } from '../../api/session';
import { type Contacts, documentPage } from '../../logic/document-page';
import { type IncidentScreen, incidentScreen } from '../../logic/incident-screen';
import type { unmasking } from '../../logic/unmask';

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

  screenOf(id: string) {
    return incidentScreen(id, (change) => {
      this.setData(change);
      if (change.incident) wx.setNavigationBarTitle({ title: `事件${change.incident.number}号` });
    });
  },

  formOf(move: string) {
    return `/pages/move/move?of=incident&id=${this.data.id}&move=${move}`;
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
