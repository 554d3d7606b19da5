import { ask, me } from '../../api/session';
import { Trouble, troubleFrom, wordsOf } from '../../api/trouble';
import { type Assignable, isSearched, shownOf } from '../../logic/assignable';
import { type Draft, openDraft } from '../../logic/drafts';
import { askToSignIn } from '../../logic/entry';
import { type FormState, READY, sender } from '../../logic/forms';
import { latest } from '../../logic/latest';
import { fullWord } from '../../logic/move-form';
import type { Topic } from '../../logic/topic';
import { type Form, type FormMove, formOf, type Given, type Values } from '../../logic/topic-form';
import { beginningOf, inputOf, missingIn } from '../../logic/topic-input';
import { moveTopic } from '../../logic/topic-moves';
import { ownersFor } from '../../logic/topic-owners';

const FACES = [
  { score: '5', face: '😄', word: '非常满意' },
  { score: '4', face: '😊', word: '满意' },
  { score: '3', face: '😐', word: '一般' },
  { score: '2', face: '😕', word: '不太满意' },
  { score: '1', face: '😞', word: '很不满意' },
];
const SEEN_MS = 600;
const MOST_VENUES = 100;

/** One move on one topic: whatever it asks for, asked for and sent once. */
Page({
  data: {
    topic: null as Topic | null,
    form: null as Form | null,
    /** `gone`: this move cannot be made (any more). */
    standing: 'first' as 'first' | 'ready' | 'failed' | 'gone',
    trouble: '',
    /** As they were drawn; what is typed since then is in `values` beside `data`. */
    values: {} as Values,
    faces: FACES,
    people: [] as Assignable[],
    searched: false,
    full: {} as Record<string, string>,
    state: READY as FormState,
  },

  id: '',
  moveName: 'review' as FormMove,
  /** Which objection or thing to be done it is about. */
  about: {} as { objection?: string; item?: string },
  values: {} as Values,
  given: undefined as Given | undefined,
  everybody: [] as Assignable[],
  search: '',
  leaving: 0,
  asked: latest(),
  hours: latest(),
  draft: undefined as Draft<Values> | undefined,
  submit: undefined as (() => Promise<Topic | undefined>) | undefined,

  onLoad({ id = '', move = '', objection, item }: Record<string, string | undefined>) {
    const person = me();
    if (!person) return askToSignIn();
    this.id = id;
    this.moveName = move as FormMove;
    this.about = { ...(objection && { objection }), ...(item && { item }) };
    this.draft = openDraft<Values>(`topic:${move}:${id}:${objection ?? item ?? ''}`, person.id, {});
    void this.load();
  },

  onUnload() {
    clearTimeout(this.leaving);
  },

  async load() {
    const isLast = this.asked.begin();
    try {
      const topic = await ask('getTopicsById', { path: { id: this.id } });
      const { moveName } = this;
      const [venues, packs, people] = await Promise.all([
        moveName === 'schedule'
          ? ask('getVenues', { query: { area: topic.community, limit: MOST_VENUES } }).then(({ items }) => items)
          : [],
        moveName === 'schedule' || moveName === 'prepareVote'
          ? ask('getBallotPacks', {}).then(({ items }) => items)
          : [],
        moveName === 'addItem' || moveName === 'passItem' ? ownersFor(topic.community) : [],
      ]);
      if (!isLast()) return;
      this.everybody = people;
      this.given = { topic, now: new Date(), venues, packs };
      this.values = { ...beginningOf(moveName, topic), ...this.draft?.value };
      this.setData({
        topic,
        values: this.values,
        searched: isSearched(people),
        standing: topic.moves.includes(moveName) ? 'ready' : 'gone',
      });
      this.draw();
      void this.lookForHours();
    } catch (error) {
      if (isLast() && !this.data.topic) this.setData({ standing: 'failed', trouble: wordsOf(error) });
    }
  },

  draw() {
    if (!this.given) return;
    const form = formOf(this.moveName, this.values, this.given);
    this.setData({ form, people: shownOf(this.everybody, this.search, this.values.owner) });
    wx.setNavigationBarTitle({ title: form.title });
  },

  /** A hint only: the house looks again when it books. */
  async lookForHours() {
    const { venue, day } = this.values;
    if (this.moveName !== 'schedule' || !venue || !day || !this.given) return;
    const isLast = this.hours.begin();
    const found = await ask('getVenuesByIdFree', { path: { id: venue }, query: { day } }).catch(() => undefined);
    if (!isLast()) return;
    this.given = { ...this.given, free: found?.free };
    this.draw();
  },

  change(name: string, value: string) {
    if (this.data.state.sent) return;
    this.values = { ...this.values, [name]: value };
    this.draft?.save(this.values);
    if (this.data.state !== READY) this.setData({ state: READY });
  },

  write(event: WechatMiniprogram.Input) {
    const { field } = event.currentTarget.dataset as { field: string };
    this.change(field, event.detail.value);
    const typed = this.data.form?.fields.find(({ name }) => name === field);
    const said = typed?.kind === 'text' ? fullWord(event.detail.value, typed.most) : '';
    if (said !== (this.data.full[field] ?? '')) this.setData({ [`full.${field}`]: said });
  },

  /** What is chosen may bring other fields with it; what is typed stands in its field already. */
  pick(event: WechatMiniprogram.TouchEvent) {
    const { field, value } = event.currentTarget.dataset as { field: string; value: string };
    this.choose(field, value);
  },

  turn(event: WechatMiniprogram.PickerChange) {
    const { field } = event.currentTarget.dataset as { field: string };
    this.choose(field, String(event.detail.value));
  },

  choose(field: string, value: string) {
    this.change(field, value);
    if (this.given && (field === 'venue' || field === 'day')) {
      const { free: _elsewhere, ...given } = this.given;
      this.given = given;
    }
    this.setData({ values: this.values });
    this.draw();
    void this.lookForHours();
  },

  seek(event: WechatMiniprogram.Input) {
    this.search = event.detail.value;
    this.draw();
  },

  async send() {
    const { form, state } = this.data;
    if (!form || !this.draft || state.sent || state.sending) return;
    const trouble = missingIn(form, this.values);
    if (trouble) return this.setData({ state: { ...READY, trouble } });
    // A repeat under the same key says the same, also of the moment it first went out at.
    if (this.draft.underWay.length === 0) this.change('at', new Date().toISOString());
    this.submit ??= sender(
      this.draft,
      (values, key) => this.perform(values, key),
      (next) => this.setData({ state: next }),
    );
    if (!(await this.submit())) return;
    void wx.showToast({ title: '好了', icon: 'success' });
    this.leaving = setTimeout(() => this.back(), SEEN_MS) as unknown as number;
  },

  async perform(values: Values, key: string): Promise<Topic> {
    const { given } = this;
    if (!given) throw new Trouble('unknown', 0, '');
    const form = formOf(this.moveName, values, given);
    const input = inputOf(this.moveName, form, values, new Date(values.at ?? Date.now()));
    try {
      return await moveTopic(this.id, this.moveName, { ...input, ...this.about }, key);
    } catch (error) {
      // The topic is no longer what it was when this form was opened.
      if (troubleFrom(error).status === 409) void this.load();
      throw error;
    }
  },

  /** To the topic; whoever came by a link has it not below this page. */
  back() {
    wx.navigateBack({ fail: () => wx.redirectTo({ url: `/pages/topic/topic?id=${this.id}` }) });
  },
});
