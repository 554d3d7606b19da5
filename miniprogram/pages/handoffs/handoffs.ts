import type { Query } from '../../api/ask';
import { ask, me } from '../../api/session';
import { askToSignIn } from '../../logic/entry';
import { type Handoff, type HandoffCard, handoffCard } from '../../logic/handoff';
import { stateListPage } from '../../logic/list-page';
import { nothingYet, pagedList } from '../../logic/paged-list';

type State = NonNullable<Query<'getHandoffs'>['state']>;

const STATES: readonly { state: State; label: string }[] = [
  { state: 'opened', label: '等回复' },
  { state: 'answered', label: '回复过的' },
  { state: 'closed', label: '已结束' },
];

/** Talks with the community: one's own (`?mine=true`), or those of the areas one serves. */
Page({
  ...stateListPage,

  data: {
    mine: false,
    states: STATES,
    state: 'opened' as State,
    list: nothingYet<Handoff>(),
    cards: [] as HandoffCard[],
  },

  list: undefined as ReturnType<typeof pagedList<Handoff>> | undefined,

  onLoad({ mine }: { mine?: string }) {
    this.setData({ mine: mine === 'true' });
    this.open();
  },

  open() {
    const person = me();
    if (!person) return askToSignIn();
    const { mine, state } = this.data;
    const query: Query<'getHandoffs'> = mine ? { mine: 'true' } : { state };
    this.setData({ list: nothingYet(), cards: [] });
    this.list = pagedList<Handoff>(
      `handoffs:${person.id}:${mine ? 'mine' : state}`,
      (cursor) => ask('getHandoffs', { query: { ...query, cursor } }),
      (list) => this.setData({ list, cards: list.items.map((one) => handoffCard(one, new Date())) }),
    );
  },

  look(event: WechatMiniprogram.TouchEvent) {
    const { id } = event.currentTarget.dataset as { id: string };
    wx.navigateTo({ url: `/pages/handoff/handoff?id=${id}` });
  },

  begin() {
    wx.navigateTo({ url: '/pages/handoff/handoff' });
  },
});
