import type { Query } from '../../api/ask';
import { ask, me } from '../../api/session';
import { askToSignIn } from '../../logic/entry';
import { listPage } from '../../logic/list-page';
import { nothingYet, pagedList } from '../../logic/paged-list';
import { type TopicCard, type TopicLine, topicCard } from '../../logic/topic';

type State = NonNullable<Query<'getTopics'>['state']>;
type Choice = 'all' | 'mine' | 'seconded' | State;
type Offered = readonly { choice: Choice; label: string; query: Query<'getTopics'> }[];

const at = (state: State, label: string): Offered[number] => ({ choice: state, label, query: { state } });

const CHOICES: Offered = [
  { choice: 'all', label: '全部', query: {} },
  at('voting', '投票中'),
  at('scheduled', '定了时间的'),
  at('proposed', '等附议'),
  at('publicised', '公示中'),
  { choice: 'mine', label: '我提的', query: { mine: 'true' } },
  { choice: 'seconded', label: '我附议的', query: { seconded: 'true' } },
];

/** For those who serve the place: what waits for them comes first. */
const AT_WORK: Offered = [
  at('seconded', '等受理'),
  at('accepted', '要商量的'),
  at('scheduled', '定了时间的'),
  at('discussing', '正在商量'),
  at('voting', '表决中'),
  at('resolved', '等公示'),
  at('publicised', '公示中'),
  at('executing', '落实中'),
  at('proposed', '等附议'),
  at('shelved', '先放一放的'),
  { choice: 'all', label: '全部', query: {} },
];

/** What the neighbourhood wants to talk over. `?area=`: as those who serve that place see it. */
Page({
  ...listPage,

  data: {
    choices: CHOICES,
    choice: 'all' as Choice,
    work: false,
    list: nothingYet<TopicLine>(),
    cards: [] as TopicCard[],
  },

  area: undefined as string | undefined,
  list: undefined as ReturnType<typeof pagedList<TopicLine>> | undefined,

  onLoad({ area }: { area?: string }) {
    this.area = area;
    if (area !== undefined) {
      this.setData({ work: true, choices: AT_WORK, choice: 'seconded' });
      wx.setNavigationBarTitle({ title: '社区的议题' });
    }
    this.open();
  },

  open() {
    const person = me();
    if (!person) return askToSignIn();
    const { choice, choices } = this.data;
    const query = { ...choices.find((one) => one.choice === choice)?.query, area: this.area };
    this.setData({ list: nothingYet(), cards: [] });
    this.list = pagedList<TopicLine>(
      `topics:${person.id}:${this.area ?? 'home'}:${choice}`,
      (cursor) => ask('getTopics', { query: { ...query, cursor } }),
      (list) => this.setData({ list, cards: list.items.map((one) => topicCard(one, new Date())) }),
    );
  },

  choose(event: WechatMiniprogram.TouchEvent) {
    const { choice } = event.currentTarget.dataset as { choice: Choice };
    if (choice === this.data.choice) return;
    this.setData({ choice });
    this.open();
    void this.list?.begin();
  },

  look(event: WechatMiniprogram.TouchEvent) {
    const { id } = event.currentTarget.dataset as { id: string };
    wx.navigateTo({ url: `/pages/topic/topic?id=${id}` });
  },

  propose() {
    wx.navigateTo({ url: '/pages/propose/propose' });
  },
});
