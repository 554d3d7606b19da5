import { ask, me } from '../../api/session';
import { wordsOf } from '../../api/trouble';
import { askToSignIn } from '../../logic/entry';
import { latest } from '../../logic/latest';
import { presses } from '../../logic/presses';
import { unmasking } from '../../logic/unmask';
import type { Field, Values } from '../components/fields/field';
import { carryOut, formPage, noForm } from '../form-page';
import { type Action, type ActionName, actionsOf, beginningOf, fieldsOf, type Servants, sendAction } from './actions';
import {
  type CareFacts,
  type FlagCard,
  factsOf,
  flagCards,
  type NoteCard,
  noteCards,
  servedLines,
  type VisitRow,
  visitRows,
} from './facts';
import { findLeads, findSentinels } from './servants';
import type { Care } from './words';

/** What of somebody is masked until it is asked for. */
interface Opened {
  name: string;
  phone: string;
  address: string;
}

const VISITS_SHOWN = 5;
/** Of a note a week for years, the last are looked at. */
const NOTES_SHOWN = 20;

/**
 * One person in care, for those who look after them. That somebody looked is written down by the house; nothing of it stays
 * on the phone, and what is being written is no draft either.
 */
Page({
  ...formPage,
  data: {
    ...noForm(),
    facts: null as CareFacts | null,
    flags: [] as FlagCard[],
    notes: [] as NoteCard[],
    /** How many older ones there are. */
    older: 0,
    served: [] as string[],
    visits: [] as VisitRow[],
    often: [] as Action[],
    rest: [] as Action[],
    showsRest: false,
    mayLog: false,
    mine: false,
    mayUnmask: false,
    opened: null as Opened | null,
    trouble: '',
  },

  id: '',
  care: undefined as Care | undefined,
  written: {} as Values,
  asked: latest(),
  press: presses(),
  numbers: undefined as ReturnType<typeof unmasking<Opened>> | undefined,

  onLoad({ id = '' }: { id?: string }) {
    if (!me()) return askToSignIn();
    this.id = id;
    this.numbers = unmasking<Opened>('例如：上门走访前打电话', ({ opened, trouble }) =>
      this.setData({ ...(opened !== undefined && { opened }), ...(trouble !== undefined && { wrong: trouble }) }),
    );
  },

  /** Whoever comes back from logging a visit sees it here. */
  onShow() {
    if (me()) void this.load();
  },

  onHide() {
    this.numbers?.close();
  },

  async load() {
    const isLast = this.asked.begin();
    try {
      const care = await ask('getCareById', { path: { id: this.id } });
      if (!isLast()) return;
      this.show(care);
      await this.findVisits(care, isLast);
    } catch (error) {
      if (isLast()) this.setData({ trouble: wordsOf(error) });
    }
  },

  show(care: Care) {
    this.care = care;
    const now = new Date();
    const isKept = care.state === 'kept';
    this.setData({
      facts: factsOf(care, now),
      flags: flagCards(care, now),
      notes: noteCards(care, now).slice(0, NOTES_SHOWN),
      older: Math.max(0, (care.notes?.length ?? 0) - NOTES_SHOWN),
      served: servedLines(care, now),
      ...actionsOf(care),
      mine: care.mine,
      mayLog: isKept && care.flags !== undefined,
      mayUnmask: care.flags !== undefined,
      trouble: '',
    });
  },

  /** For those who serve them; of the rest the page says nothing. */
  async findVisits({ person, flags }: Care, isLast: () => boolean) {
    if (flags === undefined) return;
    const query = { person: person.id, limit: VISITS_SHOWN };
    const found = await ask('getVisits', { query }).catch(() => ({ items: [] }));
    if (isLast()) this.setData({ visits: visitRows(found.items, new Date()) });
  },

  async unmask() {
    const { person } = this.care ?? {};
    if (!person) return;
    await this.numbers?.open(async (why) => {
      const fields = ['name', 'phone', 'address'] as const;
      const shown = await ask('postPeopleByIdUnmask', { path: { id: person.id }, body: { fields: [...fields], why } });
      return { name: shown.name ?? person.name, phone: shown.phone ?? '', address: shown.address ?? '' };
    });
  },

  putAway() {
    this.numbers?.close();
  },

  call() {
    const { opened } = this.data;
    if (opened?.phone) void wx.makePhoneCall({ phoneNumber: opened.phone });
  },

  olderNotes() {
    if (this.care) this.setData({ notes: noteCards(this.care, new Date()), older: 0 });
  },

  more() {
    this.setData({ showsRest: true });
  },

  async choose(event: WechatMiniprogram.TouchEvent) {
    const { name } = event.currentTarget.dataset as { name: ActionName };
    const action = [...this.data.often, ...this.data.rest].find((one) => one.name === name);
    if (!action || !this.care || this.data.busy) return;
    this.setData({ busy: true, wrong: '' });
    try {
      const now = new Date();
      const fields = fieldsOf(name, this.care, await this.servants(name, this.care), now);
      this.written = beginningOf(name, this.care, now);
      this.setData({ form: name, formLabel: action.label, fields, values: this.written });
    } catch (error) {
      this.setData({ wrong: wordsOf(error) });
    } finally {
      this.setData({ busy: false });
    }
  },

  /** Those who could be chosen, with how many each has already. */
  async servants(name: ActionName, { community = '', sentinel, lead }: Care): Promise<Servants> {
    const asks = name === 'assign' || name === 'handOver';
    return {
      sentinels: asks ? await findSentinels(community, sentinel?.id) : [],
      leads: name === 'assignLead' ? await findLeads(community, lead?.id) : [],
    };
  },

  async perform(name: string, fields: readonly Field[], values: Values) {
    await carryOut(this, () =>
      this.press(`${name} ${JSON.stringify(values)}`, (key) =>
        sendAction(name as ActionName, this.id, { fields, values }, key),
      ),
    );
  },

  log() {
    if (this.care) wx.navigateTo({ url: `/work/log/log?person=${this.care.person.id}` });
  },

  open(event: WechatMiniprogram.TouchEvent) {
    const { id } = event.currentTarget.dataset as { id: string };
    wx.navigateTo({ url: `/work/visit/visit?id=${id}` });
  },

  history() {
    if (this.care) wx.navigateTo({ url: `/work/visits/visits?person=${this.care.person.id}` });
  },

  async onPullDownRefresh() {
    await this.load();
    wx.stopPullDownRefresh();
  },
});
