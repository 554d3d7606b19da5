import type { Operation } from '../api/ask';
import { ask } from '../api/session';
import { Trouble } from '../api/trouble';
import type { Topic } from './topic';
import type { TopicButton, TopicMove } from './topic-buttons';

const OPERATIONS = {
  second: 'postTopicsByIdSecond',
  unsecond: 'postTopicsByIdUnsecond',
  withdraw: 'postTopicsByIdWithdraw',
  accept: 'postTopicsByIdAccept',
  decline: 'postTopicsByIdDecline',
  appoint: 'postTopicsByIdAppoint',
  shelve: 'postTopicsByIdShelve',
  resume: 'postTopicsByIdResume',
  askMerge: 'postTopicsByIdAskMerge',
  agreeMerge: 'postTopicsByIdAgreeMerge',
  refuseMerge: 'postTopicsByIdRefuseMerge',
  schedule: 'postTopicsByIdSchedule',
  callOff: 'postTopicsByIdCallOff',
  begin: 'postTopicsByIdBegin',
  pause: 'postTopicsByIdPause',
  goOn: 'postTopicsByIdGoOn',
  adjourn: 'postTopicsByIdAdjourn',
  agree: 'postTopicsByIdAgree',
  prepareVote: 'postTopicsByIdPrepareVote',
  openVote: 'postTopicsByIdOpenVote',
  dropVote: 'postTopicsByIdDropVote',
  count: 'postTopicsByIdCount',
  publicise: 'postTopicsByIdPublicise',
  object: 'postTopicsByIdObject',
  answerObjection: 'postTopicsByIdAnswerObjection',
  addItem: 'postTopicsByIdAddItem',
  itemDone: 'postTopicsByIdItemDone',
  passItem: 'postTopicsByIdPassItem',
  extendItem: 'postTopicsByIdExtendItem',
  dropItem: 'postTopicsByIdDropItem',
  finish: 'postTopicsByIdFinish',
  review: 'postTopicsByIdReview',
} as const satisfies Record<TopicMove, Operation>;

/** Makes a move on a topic; the house checks what it is told. @throws Trouble */
export function moveTopic(id: string, move: TopicMove, input: object, key: string): Promise<Topic> {
  const send = ask as (operation: Operation, given: object) => Promise<Topic>;
  return send(OPERATIONS[move], { path: { id }, body: input, key });
}

/** Who hears the reason, where it is not those who are for the topic alone. */
const REASONS: Partial<Record<TopicMove, string>> = {
  callOff: '会告诉住在这里的人',
  adjourn: '会告诉大家，例如：时间不够，下次接着商量',
  dropVote: '会告诉大家，例如：题目要改',
};

/** WeChat shows no more lines in a sheet to choose from. */
const MOST_CHOICES = 6;

/**
 * Asks the person what a move needs to know.
 * @returns the move's input; `undefined` when they would rather not
 * @throws Trouble when what they say leads nowhere
 */
export async function inputFor({ move, asks, label, means }: TopicButton, topic: Topic): Promise<object | undefined> {
  switch (asks) {
    case 'sure':
      return (
        await wx.showModal({
          title: `${label}？`,
          ...(means && { content: means }),
          confirmText: '确定',
          cancelText: '先不',
        })
      ).confirm
        ? {}
        : undefined;
    case 'reason': {
      const reason = await written(`${label}：为什么？`, REASONS[move] ?? '会告诉提议题和附议的人');
      if (reason === '') throw new Trouble('no_reason', 0, '请写一句原因，好告诉大家。');
      return reason === undefined ? undefined : { reason };
    }
    case 'number': {
      const number = await written('和几号议题合并？', '例如：3');
      return number === undefined ? undefined : { into: (await numbered(topic, number)).id };
    }
    case 'person': {
      const facilitator = await chosen(topic);
      return facilitator === undefined ? undefined : { facilitator };
    }
    default:
      return {};
  }
}

async function written(title: string, placeholderText: string): Promise<string | undefined> {
  const { confirm, content } = await wx.showModal({
    title,
    editable: true,
    placeholderText,
    confirmText: '确定',
    cancelText: '先不',
  });
  return confirm ? (content ?? '').trim() : undefined;
}

function numbered({ community }: Topic, number: string): Promise<Topic> {
  if (!/^\d{1,7}$/.test(number)) throw new Trouble('no_number', 0, '请写议题的编号，只写数字。');
  return ask('getAreasByCodeTopicsByNumber', { path: { code: community, number: Number(number) } });
}

/** One of the community's facilitators. */
async function chosen({ community }: Topic): Promise<string | undefined> {
  const { items } = await ask('getPeople', { query: { area: community, role: 'facilitator', limit: MOST_CHOICES } });
  if (items.length === 0) throw new Trouble('no_facilitator', 0, '社区里还没有登记说事长，请先登记。');
  const { tapIndex } = await wx
    .showActionSheet({ itemList: items.map(({ name }) => name) })
    // Closed without choosing.
    .catch(() => ({ tapIndex: -1 }));
  return items[tapIndex]?.id;
}
