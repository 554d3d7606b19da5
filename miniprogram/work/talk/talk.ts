import { ask, me } from '../../api/session';
import { wordsOf } from '../../api/trouble';
import { askToSignIn } from '../../logic/entry';
import { latest } from '../../logic/latest';
import { presses } from '../../logic/presses';
import { unmasking } from '../../logic/unmask';
import { isoDay } from '../../logic/when';
import type { Field, Values } from '../components/fields/field';
import { formPage, noForm } from '../form-page';
import type { Due } from '../talks/line';
import { type Action, type ActionName, actionsOf, fieldsOf, sendAction, type Talk } from './actions';
import { factsOf, factsOfDue, type TalkFacts } from './facts';

/**
 * One talk: by its id, or of a worker and a quarter when there is nothing of it yet. What was said stays on the page and
 * nowhere else: what is being written is no draft on the phone, and what is read goes when somebody looks away.
 */
Page({
  ...formPage,

  data: {
    facts: null as TalkFacts | null,
    actions: [] as Action[],
    hasRecord: false,
    mayRead: false,
    opened: null as string | null,
    ...noForm(),
    trouble: '',
  },

  person: '',
  id: '',
  worker: '',
  quarter: '',
  talk: undefined as Talk | undefined,
  written: {} as Values,
  asked: latest(),
  press: presses(),
  record: undefined as ReturnType<typeof unmasking<string>> | undefined,

  onLoad({ id = '', worker = '', quarter = '' }: { id?: string; worker?: string; quarter?: string }) {
    const person = me();
    if (!person) return askToSignIn();
    Object.assign(this, { person: person.id, id, worker, quarter });
    this.record = unmasking<string>('', ({ opened, trouble }) =>
      this.setData({ ...(opened !== undefined && { opened }), ...(trouble !== undefined && { wrong: trouble }) }),
    );
    void this.load();
  },

  onHide() {
    this.record?.close();
  },

  putAway() {
    this.record?.close();
  },

  /** Each time somebody reads it, that is written down. */
  async read() {
    await this.record?.open(async () => (await ask('postTalksByIdRead', { path: { id: this.id } })).record, '');
  },

  async load() {
    const isLast = this.asked.begin();
    try {
      const due = this.id === '' ? await this.due() : undefined;
      if (due?.talk !== undefined) this.id = due.talk;
      const talk = this.id === '' ? undefined : await ask('getTalksById', { path: { id: this.id } });
      if (!isLast()) return;
      if (talk) this.show(talk);
      else if (due) this.showDue(due);
      else this.setData({ trouble: '这次谈心现在不在名单里，请回到名单看看。' });
    } catch (error) {
      if (isLast()) this.setData({ trouble: wordsOf(error) });
    }
  },

  async due(): Promise<Due | undefined> {
    const { items } = await ask('getTalksDue', { query: { quarter: this.quarter } });
    return items.find(({ worker, occasion }) => worker.id === this.worker && occasion === undefined);
  },

  show(talk: Talk) {
    this.talk = talk;
    this.id = talk.id;
    this.setData({
      facts: factsOf(talk, this.person, new Date()),
      actions: actionsOf(talk.moves, talk.meeting !== undefined),
      hasRecord: talk.hasRecord,
      mayRead: talk.mayRead,
      trouble: '',
    });
  },

  showDue(due: Due) {
    const moves = due.done ? [] : due.worker.id === this.person ? ['claim'] : ['schedule', 'done'];
    this.setData({ facts: factsOfDue(due, this.person, new Date()), actions: actionsOf(moves, false), trouble: '' });
  },

  async choose(event: WechatMiniprogram.TouchEvent) {
    const { name } = event.currentTarget.dataset as { name: ActionName };
    const action = this.data.actions.find((one) => one.name === name);
    if (!action || this.data.busy) return;
    const now = new Date();
    const topics = name === 'done' || name === 'addRecord' ? await this.topics() : [];
    const fields = fieldsOf(name, topics, now);
    this.written = this.beginning(name, now);
    if (fields.length > 0)
      return this.setData({ form: name, formLabel: action.label, fields, values: this.written, wrong: '' });
    await this.perform(name, fields, this.written);
  },

  /** What is known already need not be filled in. */
  beginning(name: ActionName, now: Date): Values {
    const { claimed, meeting, topics } = this.talk ?? {};
    const today = isoDay(now);
    const met = meeting && meeting.day <= today ? meeting.day : today;
    if (name === 'done' || name === 'claim') return { day: claimed ?? met, ...(name === 'done' && { topics: [] }) };
    return name === 'addRecord' ? { topics: (topics ?? []).map(({ code }) => code) } : {};
  },

  async topics() {
    const found = await ask('getTalksTopics', {}).catch(() => ({ items: [] }));
    return found.items.map(({ code, word }) => ({ value: code, label: word }));
  },

  async perform(name: string, fields: readonly Field[], values: Values) {
    if (this.data.busy) return;
    this.setData({ busy: true, wrong: '' });
    const form = { fields, values };
    try {
      const target = { id: this.id, worker: this.worker };
      const talk = await this.press(`${name} ${JSON.stringify(values)}`, (key) =>
        sendAction(name as ActionName, target, form, key),
      );
      this.record?.close();
      this.leave();
      if (talk) this.show(talk);
      void wx.showToast({ title: '登记好了', icon: 'success' });
    } catch (error) {
      this.setData({ wrong: wordsOf(error) });
    } finally {
      this.setData({ busy: false });
    }
  },

  async onPullDownRefresh() {
    await this.load();
    wx.stopPullDownRefresh();
  },
});
