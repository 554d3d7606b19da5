import type { Message } from '../../core/feature.ts';

const words = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Every message a ballot sends. None says how anybody voted, or how it stands. */
export const ballotMessages = {
  'ballot.closed': {
    title: '投票已经截止',
    body: (data) => `“${words(data.title)}”的投票已经截止。有纸质票的请两个人分别录入，然后计票。`,
    link: ({ id }) => `/pages/ballot/ballot?id=${words(id)}`,
    holds: ({ state }) => state === 'closed',
  },
} satisfies Record<string, Message>;

/** Summaries of the moves as the API names them. */
export const BALLOT_MOVES = {
  enrol: '登记业主名单',
  open: '定下名单，开始表决',
  count: '计票',
  void: '作废',
} as const;
