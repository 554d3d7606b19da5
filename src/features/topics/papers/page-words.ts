import type { PublicTopic } from './public.ts';

/** What comes next, for whoever does not know how neighbours decide. */
function next(topic: PublicTopic): string {
  const { state, again, shelved, items, reviewing, publicity } = topic;
  switch (state) {
    case 'accepted':
      return again
        ? '公示期间有居民提出异议，社区认为说得对，原来的结果撤下了，要约大家重新商量。定了时间地点会写在这里。'
        : '社区正在约大家商量，定了时间地点会写在这里。';
    case 'scheduled':
      return '时间地点定好了，请住在这里的邻居来一起商量。';
    case 'discussing':
      return '大家正在商量，有了结果会写在这里。';
    case 'voting':
      return '正在表决。截止以前谁也看不到票数，计完票会写在这里。';
    case 'resolved':
      return '结果已经有了，接下来由社区公示。';
    case 'publicised':
      return publicity?.awaits
        ? '公示期已满，社区答复完大家的意见就往下办。'
        : '结果正在公示，请大家看看。公示期满没有成立的异议，就照这个办。';
    case 'executing':
      if (reviewing !== undefined) return '事情办完了，正在请参加的邻居评一评办得怎么样。';
      return items.length > 0
        ? '公示结束了，定下的事正在一件一件落实。'
        : '公示结束了，社区正在安排谁来办、什么时候办好。';
    case 'reviewed':
      return '这件事已经办结。';
    case 'failed':
      return '表决没有通过，这件事不办了。以后还想商量，本社区居民可以再提。';
    case 'shelved':
      return shelved === undefined || shelved === '' ? '这件事先放一放。' : `这件事先放一放。原因：${shelved}`;
    default:
      return '这件事不再商量了。';
  }
}

/** While it is talked over anew its state alone would not say so. */
const ANEW: ReadonlySet<string> = new Set(['accepted', 'scheduled', 'discussing', 'voting', 'resolved', 'shelved']);

/** Words of a topic's public page. */
export const PAGE_WORDS = {
  title: (number: number, title: string): string => `议题${number}号 ${title}`,
  description: (place: string, state: string): string => `${place}居民议事：${state}`,
  kind: (place: string): string => `${place} · 居民议事`,
  state: ({ again, state, stateWord }: PublicTopic): string => {
    if (!again || !ANEW.has(state)) return stateWord;
    return state === 'accepted' ? '重新商量' : `重新商量，${stateWord}`;
  },
  next,
  proposed: (day: string): string => `${day}提出`,
  meeting: '请来商量',
  venue: (name: string): string => `地点：${name}`,
  agenda: '商量什么',
  vote: '表决',
  voting: { waiting: '还没有开始投票。', open: '正在投票。', closed: '投票已经截止，等计票。' },
  hours: (from: string, until: string): string => `投票从${from}到${until}。`,
  rule: (rule: string, secrecy: 'open' | 'secret'): string =>
    `规则：${rule}；${secrecy === 'open' ? '记名' : '不记名'}投票`,
  result: '结果',
  resultIs: (outcome: string): string => `结果：${outcome}`,
  resolution: (text: string): string => `决议：${text}`,
  arithmetic: '怎么算的',
  publicity: (from: string, until: string): string => `公示：${from}到${until}`,
  awaits: '公示期已满，等社区答复意见。',
  howToObject:
    '有不同意见：本社区居民在公示期内，打开微信小程序“好邻”，在“议题”里找到这个议题，点“我有不同意见”；也可以直接到社区说。社区会答复。',
  items: '落实',
  done: (done: number, all: number): string => `定了${all}件事，办好了${done}件。`,
  item: (
    { deadline, first }: { deadline: string; first: string | undefined },
    { done, dropped, reason = '' }: Pick<PublicTopic['items'][0], 'done' | 'dropped' | 'reason'>,
    late: boolean,
  ): string => {
    if (dropped) return reason === '' ? '不办了' : `不办了。原因：${reason}`;
    const until = first === undefined ? `原定${deadline}前` : `原定${first}前，延到${deadline}前`;
    if (done) return `办好了（${until}）`;
    if (late) return `还没有办好，${until}，已经过期`;
    return first === undefined ? `正在办，${deadline}前办好` : `正在办，${until}办好`;
  },
  reviewing: (until: string): string => `请参加的邻居在${until}前到小程序里评一评。`,
  satisfaction: (average: number): string => `满意度：${average}分（满分5分）`,
  objections: '异议和答复',
  objectionCount: (all: number, shown: number): string =>
    shown === all ? `一共${all}条。` : shown === 0 ? `一共${all}条，还没有公开。` : `一共${all}条，公开了${shown}条。`,
  answer: (text: string, upheld: boolean): string => `社区答复（${upheld ? '异议成立' : '异议不成立'}）：${text}`,
  earlier: '以前公示过的结果',
  takenDown: '下面的结果因为异议成立已经撤下，不再算数。',
  hungOut: (from: string, outcome: string | undefined): string =>
    outcome === undefined ? `${from}起公示` : `${from}起公示：${outcome}`,
  common: '大家的共识',
  commonMeans: '表决以前，想法不同的邻居都同意的话。',
  held: '开过的会',
  sitting: (day: string, venue: string): string => `${day} ${venue}`,
  conclusion: (text: string): string => `会议结论：${text}`,
  corrected: (day: string, reason: string): string => `公示以后更正过会议纪要（${day}）：${reason}`,
  foot: '邻居的名字、门牌和联系方式都已略去。',
  merged: {
    title: '和别的议题一起商量了',
    words: (number: number): string => `这个议题已经合并到议题${number}号，一起商量。`,
    link: (number: number): string => `看议题${number}号`,
  },
} as const;
