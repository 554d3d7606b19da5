import type { Answer } from '../api/ask';
import { momentWord } from './when';

type Wish = Answer<'getWishesById'>;
type FullWish = Extract<Wish, { view: 'full' }>;

/** One step of a wish's history as a timeline shows it. */
export interface Step {
  key: string;
  words: string;
  when: string;
  /** The reason or note that was given. */
  why: string;
}

/** What somebody did, after their name. */
const DID: Record<string, string> = {
  submit: '许下心愿',
  publish: '受理并公开',
  decline: '没有受理',
  claim: '来帮忙了',
  assign: '指派了人',
  join: '加入了小组',
  leave: '退出了小组',
  pass: '让给了别人',
  contact: '联系过了',
  extend: '延了期',
  release: '退回了认领',
  done: '说办好了',
  partial: '解决了一部分',
  rate: '评价了',
  withdraw: '撤回了心愿',
  merge: '并到了另一条心愿',
  refer: '转给了别的部门',
  conclude: '写下了转办的结果',
};

/** What the house did by itself. */
const BY_ITSELF: Record<string, string> = {
  lapse: '一直没联系上，自动收回，重新找人',
  close: '办好后七天没有新的意见，自动办结',
};

const HOUSE = '系统';

/** A wish's history in words, the latest first. */
export function storyOf(wish: FullWish, now: Date): Step[] {
  const handedOver = lastHandedOver(wish);
  return wish.history
    .map((entry, at): Step => {
      const { by, move, toWord } = entry;
      if (at === handedOver && wish.claimant)
        return {
          key: String(at),
          words: `${by}指派给${wish.claimant.name}`,
          when: momentWord(entry.at, now),
          why: entry.why ?? '',
        };
      const words = by === HOUSE ? (BY_ITSELF[move] ?? `变成了“${toWord}”`) : `${by}${DID[move] ?? `：${toWord}`}`;
      return { key: String(at), words, when: momentWord(entry.at, now), why: entry.why ?? '' };
    })
    .reverse();
}

/** After these another has it, or nobody. */
const CHANGE_HANDS = ['claim', 'assign', 'pass', 'release', 'lapse', 'refer'];

/** The step by which whoever helps now was given the wish; earlier ones do not say to whom. */
function lastHandedOver({ history }: FullWish): number | undefined {
  const last = history.map(({ move }) => CHANGE_HANDS.includes(move)).lastIndexOf(true);
  return history[last]?.move === 'assign' ? last : undefined;
}

/** For whom it is kept, as long as it is. */
function keptWord(wish: Wish, until: string, now: Date): string {
  const moment = momentWord(until, now);
  if (wish.moves.some((move) => move === 'claim')) return `先留给您到${moment}，之后大家都可以认领。`;
  return `已经公开，先留给熟悉的网格员，${moment}起大家都可以认领。`;
}

/** What happens next and who is waited for, in one sentence. @param own whether it is told to whoever wished */
export function nextWord(wish: Wish, now: Date, own = false): string {
  const requester = own ? '您' : '许愿人';
  const helper = wish.view === 'full' ? (wish.claimant?.name ?? '帮忙的人') : '帮忙的人';
  switch (wish.state) {
    case 'submitted':
      return '社区正在看，一般一个工作日内受理。';
    case 'published':
      return wish.view === 'public' || wish.offeredUntil === undefined
        ? '已经公开，正在等人来帮忙。'
        : keptWord(wish, wish.offeredUntil, now);
    case 'claimed':
      return wish.view === 'full' && wish.contactedAt ? `${helper}正在办。` : `${helper}会在几天内联系${requester}。`;
    case 'reopened':
      return '没有办好，正在重新办。';
    case 'done':
      return `说是办好了，请${requester}看看满不满意。七天没有意见就办结。`;
    case 'partial':
      return `解决了一部分，请${requester}看看满不满意。`;
    case 'referred':
      return '已经转给能办的部门，有结果会写在这里。';
    case 'merged':
      return '和邻居的同一件事并在一起办，进展照样告诉您。';
    default:
      return '';
  }
}
