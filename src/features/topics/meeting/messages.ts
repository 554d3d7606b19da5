import type { Message } from '../../../core/feature.ts';

type Data = Record<string, unknown>;
const words = (value: unknown): string => (typeof value === 'string' ? value : '');
const reason = (data: Data): string => (words(data.reason) === '' ? '' : `：${words(data.reason)}`);

/** What is told of a meeting by something that is no move. */
export const meetingMessages = {
  'topic.statementHidden': {
    title: '您的发言没有公开',
    body: (d) =>
      `您在议题${String(d.number)}号“${words(d.title)}”上的发言主持人看过了，先不给邻居看${reason(d)}。只有您和主持人看得到。改一改，可以再说一次。`,
    link: (d) => `/pages/topic/topic?id=${words(d.id)}`,
  },
} satisfies Record<string, Message>;

/** What the bot says about speaking at a meeting. */
export const CHAT = {
  help: { title: '开会时发言', example: '发言：我觉得灯要装在转角' },
  arriveHelp: { title: '开会签到', example: '签到 123456' },
  howToArrive: '到了会场，发“签到”加上主持人念的6位数字，比如“签到 123456”；也可以在小程序的议题里签到。',
  arrived: (number: number): string => `签到好了（议题${number}号）。想说话就发“发言：”加上要说的话。`,
  wrongCode: '签到码不对，或者现在没有在开会。请再看一遍，或者请主持人直接登记。',
  askWords: '请说您的意见，主持人看过以后，邻居们就能看到。',
  notThere: '您还没有在会上签到。请先发“签到”加上主持人念的6位数字，再发“发言：”加上要说的话。',
  notHeld: (number: number, stateWord: string): string =>
    `议题${number}号现在是“${stateWord}”，没有在开会。开会的时候签了到，就可以发言。`,
  which: '您在几个会上都签了到，这句话是对哪一个说的？',
  line: (number: number, title: string): string => `议题${number}号 ${title}`,
  said: (number: number): string =>
    `好的，您的发言已经记下（议题${number}号）。主持人看过以后，邻居们就能看到，不写名字。`,
  tooLong: (most: number): string => `（话有点长，只记前${most}个字）`,
};

/** What of the minutes was changed, besides a point of the agenda. */
export const CHANGED = { conclusion: '结论', recorder: '记录人' } as const;
