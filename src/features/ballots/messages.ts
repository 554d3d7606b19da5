import type { Message } from '../../core/feature.ts';
import { clockWords, dayWords } from '../../core/time.ts';
import { hasYetToVote, votesOnPaper } from './reminders.ts';

const words = (value: unknown): string => (typeof value === 'string' ? value : '');

/** 4月3日（星期五）19:05 */
function untilWords(moment: string): string {
  const at = new Date(moment);
  return `${dayWords(at)}${clockWords(at)}`;
}

/** Every message a ballot sends. None says how anybody voted, or how it stands. */
export const ballotMessages = {
  'ballot.closed': {
    title: '投票已经截止',
    body: (data) => `“${words(data.title)}”的投票已经截止。有纸质票的请两个人分别录入，然后计票。`,
    link: ({ id }) => `/pages/ballot/ballot?id=${words(id)}`,
    holds: ({ state }) => state === 'closed',
  },
  'ballot.papers': {
    title: '有纸质票要录入',
    body: ({ title, papers }) =>
      `“${words(title)}”的投票已经截止，还有${Number(papers)}张纸质票要录入。请两个人分别录，录好才能计票。`,
    link: ({ id }) => `/pages/ballot/ballot?id=${words(id)}`,
    holds: ({ state }) => state === 'closed',
  },
  'ballot.handed-in': {
    title: '登记了您家的纸质票',
    body: ({ title }) => `“${words(title)}”的投票，您家登记交了纸质票；不是您家交的，请联系社区。`,
    link: ({ id }) => `/pages/ballot/ballot?id=${words(id)}`,
    stands: ({ to, data }, house) => votesOnPaper(house, words(data.id), to),
  },
  'ballot.reminder': {
    title: '还没有投票',
    kind: 'reminder',
    called: ['投票的提醒'],
    toMany: true,
    body: ({ title, closesAt }) =>
      `“${words(title)}”的投票${untilWords(words(closesAt))}截止，您还有一票没有投，别忘了。`,
    stands: ({ to, data, now }, house) => hasYetToVote(house, words(data.id), to, now),
  },
} satisfies Record<string, Message>;

/** Summaries of the moves as the API names them. */
export const BALLOT_MOVES = {
  enrol: '登记业主名单',
  open: '定下名单，开始表决',
  count: '计票',
  void: '作废',
} as const;
