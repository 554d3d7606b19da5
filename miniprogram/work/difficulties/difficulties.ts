import type { Query } from '../../api/ask';
import { ask, me } from '../../api/session';
import { type Difficulty, type DifficultyCard, difficultyCard } from '../../logic/difficulty';
import { askToSignIn } from '../../logic/entry';
import { stateListPage } from '../../logic/list-page';
import { nothingYet, pagedList } from '../../logic/paged-list';
import { isSecretary } from '../../logic/people';

type State = NonNullable<Query<'getDifficulties'>['state']>;

const STATES: readonly { state: State; label: string; empty: string }[] = [
  { state: 'open', label: '待办', empty: '没有等着办的。' },
  { state: 'solving', label: '在办', empty: '现在没有正在办的。' },
  { state: 'solved', label: '办好了', empty: '还没有办好的。' },
  { state: 'dropped', label: '不办了', empty: '没有不再办理的。' },
];

/**
 * The difficulties that came up in talks: a secretary's community's, anybody else's own to solve. Nothing of them stays on
 * the phone.
 */
Page({
  ...stateListPage,

  data: {
    secretary: false,
    states: STATES,
    state: 'open' as State,
    empty: '',
    list: nothingYet<Difficulty>(),
    cards: [] as DifficultyCard[],
  },

  list: undefined as ReturnType<typeof pagedList<Difficulty>> | undefined,

  onLoad() {
    this.open();
  },

  open() {
    const person = me();
    if (!person) return askToSignIn();
    const { state } = this.data;
    const empty = STATES.find((one) => one.state === state)?.empty ?? '';
    this.setData({ secretary: isSecretary(person), empty, list: nothingYet(), cards: [] });
    this.list = pagedList<Difficulty>(
      undefined,
      (cursor) => ask('getDifficulties', { query: { state, cursor } }),
      (list) => this.setData({ list, cards: list.items.map((one) => difficultyCard(one, person.id, new Date())) }),
    );
  },

  look(event: WechatMiniprogram.TouchEvent) {
    const { id } = event.currentTarget.dataset as { id: string };
    wx.navigateTo({ url: `/work/difficulty/difficulty?id=${id}` });
  },
});
