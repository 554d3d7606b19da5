import type { Message } from '../../core/feature.ts';
import { shortened } from '../../core/letters.ts';
import { isMasked } from '../../core/personal.ts';
import { HANDOFF_STATES, type HandoffDoc } from './model.ts';

type Data = Record<string, unknown>;
const words = (value: unknown): string => (typeof value === 'string' ? value : '');
/** What was said. The numbers in it are kept under seal; the page shows them to whom it is said. */
const said = ({ text }: Data): string => (isMasked(words(text)) ? `${words(text)}（完整的号码请点开看）` : words(text));
const call = (data: Data): string => `求助${String(data.number)}号`;

const message = (title: string, body: (data: Data) => string, rest: Partial<Message> = {}): Message => ({
  title,
  body,
  link: (data) => `/pages/handoff/handoff?id=${words(data.id)}`,
  ...rest,
});

/** What asks for an answer holds until there is one, or none is wanted any more. */
const whileOpen: Partial<Message> = { holds: ({ state }) => state === 'opened' };

/** Every message a handoff sends. */
export const handoffMessages = {
  'handoff.opened': message(
    '有居民找社区',
    (d) =>
      `${words(d.who)}转人工（${call(d)}）：${said(d)}\n回复请发“回复${String(d.number)}号 要说的话”，或在小程序里回复。`,
    whileOpen,
  ),
  'handoff.alarm': message(
    '紧急求助',
    (d) =>
      `${words(d.who)}说有紧急情况（${call(d)}）：${said(d)}\n请马上联系或上门；人有危险请同时打110、119、120。回复请发“回复${String(d.number)}号 要说的话”。`,
    // An emergency is told whatever became of it.
    { urgent: true },
  ),
  'handoff.taken_back': message('求助不用了', (d) => `${words(d.who)}说${call(d)}不用了，已经结束，不用再回复。`),
  'handoff.alarm_over': message(
    '紧急求助解除',
    (d) => `${words(d.who)}说${call(d)}不用了。正在赶去的不用再跑；不放心的话，请再打个电话问一声。`,
    { urgent: true },
  ),
  'handoff.added': message('居民又说了', (d) => `${call(d)}，${words(d.who)}又说：${said(d)}`, {
    ...whileOpen,
    kind: 'answer',
  }),
  'handoff.waiting': message(
    '求助还没人回复',
    (d) => `${words(d.who)}的${call(d)}到时间还没有人回复，请您安排一下。`,
    whileOpen,
  ),
  // Whoever asked sits there and waits for it.
  'handoff.answered': message('社区回复您了', (d) => `${words(d.who)}回复您：${said(d)}`, { kind: 'answer' }),
  'handoff.closed': message(
    '求助已结束',
    (d) => `您的${call(d)}已经结束${words(d.reason) === '' ? '' : `：${words(d.reason)}`}。还有事随时说。`,
  ),
} satisfies Record<string, Message>;

export type HandoffMessage = keyof typeof handoffMessages;

/** Where somebody's calls stand. */
export const PROGRESS = {
  mine: '您的求助：',
  nothing: '您现在没有等回复的求助。',
  label: (number: number): string => `求助${number}号`,
  line: ({ number, state }: Pick<HandoffDoc, 'number' | 'state'>, ahead: number, answer?: string): string =>
    [
      `求助${number}号：${HANDOFF_STATES[state]}`,
      ...(ahead > 0 ? [CHAT.ahead(ahead)] : []),
      ...(answer === undefined ? [] : [`“${shortened(answer, 60)}”`]),
    ].join('，'),
};

/** What the bot says about handing over. */
export const CHAT = {
  help: { title: '转人工', example: '转人工' },
  helpAnswer: { title: '回复求助', example: '回复3号 明天上午来看您' },
  helpWaiting: { title: '看待回复的求助', example: '待回复' },
  onlyBeginning: (most: number): string => `（话有点长，只转前${most}个字）`,
  whichHelp: '您需要什么帮助？直接说是什么事就行，一两句话；想找社区的人，回“1”或“转人工”。',
  nothingSaid: '（没有说明，想找社区的人）',
  opened: (number: number): string => `好的，已经转给社区工作人员（求助${number}号），看到会尽快回复您。`,
  tellMore: '是什么事，可以先说一说，我一起转过去。',
  ahead: (count: number): string => `您前面还有${count}位`,
  /** Nobody is in the office now; `opens` is when somebody is again, if that is known. */
  officeClosed: ({ hours, opens }: { hours: string; opens: string | undefined }): string =>
    `现在不是上班时间（社区上班：${hours}），话已经记下，${opens === undefined ? '工作人员上班' : `工作人员${opens}上班`}后按先后回复您。人有危险请马上打110、119、120。`,
  openAlready: (number: number): string => `您的求助${number}号已经转过去了，社区工作人员看到会尽快回复您。`,
  alarmed: (number: number): string => `我已经通知了社区的人（求助${number}号），会马上联系您。`,
  /** In an emergency, after whom to call. */
  tellWhere: '方便的话，再说说在哪里（几栋几单元）、要不要人帮忙，我一起转过去。',
  takenBack: (number: number): string => `好的，求助${number}号已经取消，也告诉社区工作人员了。有事随时说。`,
  noneOpen: '您现在没有等回复的求助，不用取消。',
  waitForThem: (number: number): string => `求助${number}号已经转过去了，请等工作人员联系您。`,
  added: (number: number): string => `好的，已经一起转过去了（求助${number}号），请等工作人员回复。`,
  askAnswer: (number: number): string => `求助${number}号要回复什么？`,
  readBack: (number: number, who: string, text: string): string =>
    `要回复${who}的求助${number}号：${text}。对吗？回“确认”发出，回“取消”不发。`,
  answered: (number: number, who: string): string => `已经回复${who}（求助${number}号）。`,
  notFound: (number: number): string => `没有找到求助${number}号，请检查编号。`,
  whichNumber: '请说清楚是几号求助，比如“回复3号 明天上午来看您”。',
  which: '这个编号不止一件求助，您要回复哪一件？',
  noneWaiting: '现在没有等回复的求助。',
  waiting: '等回复的求助：',
  line: (number: number, who: string, text: string, urgent: boolean): string =>
    `${number}号 ${who}${urgent ? '（紧急）' : ''}：${text}`,
  howToAnswer: (number: number): string => `回复请发“回复${number}号 要说的话”。`,
};

/** Summaries of the moves as the API names them. */
export const HANDOFF_MOVES = { add: '再说一句', answer: '回复居民', close: '结束求助' } as const;
