import { ask, me } from '../../api/session';
import { wordsOf } from '../../api/trouble';
import { type Difficulty, standingOf } from '../../logic/difficulty';
import { askToSignIn } from '../../logic/entry';
import { latest } from '../../logic/latest';
import { presses } from '../../logic/presses';
import { ownersFor } from '../../logic/topic-owners';
import { dateWord } from '../../logic/when';
import { bodyOf, type Field, type Values } from '../components/fields/field';
import { formPage, noForm } from '../form-page';
import { fieldsOf, MOVES, type MoveName, movesShown } from './moves';

/** One difficulty that came up in a talk, without whose it is: who answers for it, until when, and what can be done. */
Page({
  ...formPage,

  data: {
    difficulty: null as Difficulty | null,
    until: '',
    standing: { tag: '', tone: '' },
    moves: [] as ReturnType<typeof movesShown>,
    ...noForm(),
    trouble: '',
  },

  id: '',
  written: {} as Values,
  asked: latest(),
  press: presses(),

  onLoad({ id = '' }: { id?: string }) {
    if (!me()) return askToSignIn();
    this.id = id;
    void this.load();
  },

  async load() {
    const isLast = this.asked.begin();
    try {
      const difficulty = await ask('getDifficultiesById', { path: { id: this.id } });
      if (isLast()) this.show(difficulty);
    } catch (error) {
      if (isLast()) this.setData({ trouble: wordsOf(error) });
    }
  },

  show(difficulty: Difficulty) {
    this.setData({
      difficulty,
      standing: standingOf(difficulty),
      until: dateWord(difficulty.deadline, new Date()),
      moves: movesShown(difficulty.moves),
      trouble: '',
    });
  },

  async choose(event: WechatMiniprogram.TouchEvent) {
    const { name } = event.currentTarget.dataset as { name: MoveName };
    const { difficulty, busy } = this.data;
    if (!difficulty || busy) return;
    const others = name === 'handOver' ? await this.others(difficulty) : [];
    const fields = fieldsOf(name, difficulty.deadline, new Date(), others);
    this.written = {};
    if (fields.length > 0) return this.setData({ form: name, fields, values: {}, wrong: '' });
    await this.perform(name, fields, {});
  },

  /** Who may answer for it: those who work for its community. */
  async others({ community, owner }: Difficulty) {
    const found = await ownersFor(community, ['secretary', 'worker', 'grid_worker', 'social_worker', 'care_keeper']);
    return found.filter(({ id }) => id !== owner.id).map(({ id, label }) => ({ value: id, label }));
  },

  async perform(name: string, fields: readonly Field[], values: Values) {
    const operation = MOVES.find((one) => one.name === name)?.operation;
    if (!operation || this.data.busy) return;
    this.setData({ busy: true, wrong: '' });
    const body = bodyOf(fields, values);
    const send = ask as (operation: string, given: object) => Promise<Difficulty>;
    try {
      const path = { id: this.id };
      this.show(await this.press(`${name} ${JSON.stringify(body)}`, (key) => send(operation, { path, body, key })));
      this.leave();
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
