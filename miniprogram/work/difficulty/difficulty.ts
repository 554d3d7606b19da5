import { ask } from '../../api/session';
import { type Difficulty, standingOf } from '../../logic/difficulty';
import { latest } from '../../logic/latest';
import { presses } from '../../logic/presses';
import { ownersFor } from '../../logic/topic-owners';
import { dateWord } from '../../logic/when';
import { bodyOf, type Field, type Values } from '../components/fields/field';
import { carryOut, noForm, readPage } from '../form-page';
import { fieldsOf, MOVES, type MoveName, movesShown } from './moves';

/** One difficulty that came up in a talk, without whose it is: who answers for it, until when, and what can be done. */
Page({
  ...readPage,

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

  read(): Promise<Difficulty> {
    return ask('getDifficultiesById', { path: { id: this.id } });
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
    const path = { id: this.id };
    const body = bodyOf(fields, values);
    const send = ask as (operation: string, given: object) => Promise<Difficulty>;
    await carryOut(this, () =>
      this.press(`${name} ${JSON.stringify(body)}`, (key) => send(operation, { path, body, key })),
    );
  },
});
