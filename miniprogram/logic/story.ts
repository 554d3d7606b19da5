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
  return wish.history
    .map((entry, at): Step => {
      const { by, move, toWord } = entry;
      const words = by === HOUSE ? (BY_ITSELF[move] ?? `变成了“${toWord}”`) : `${by}${DID[move] ?? `：${toWord}`}`;
      return { key: String(at), words, when: momentWord(entry.at, now), why: entry.why ?? '' };
    })
    .reverse();
}

/** What happens next and who is waited for, in one sentence. */
export function nextWord(wish: Wish): string {
  const helper = wish.view === 'full' ? (wish.claimant?.name ?? '帮忙的人') : '帮忙的人';
  switch (wish.state) {
    case 'submitted':
      return '社区正在看，一般一个工作日内受理。';
    case 'published':
      return '已经公开，正在等人来帮忙。';
    case 'claimed':
      return wish.view === 'full' && wish.contactedAt ? `${helper}正在办。` : `${helper}会在几天内联系许愿人。`;
    case 'reopened':
      return '没有办好，正在重新办。';
    case 'done':
      return '说是办好了，请许愿人看看满不满意。七天没有意见就办结。';
    case 'partial':
      return '解决了一部分，请许愿人看看满不满意。';
    case 'referred':
      return '已经转给能办的部门，有结果会写在这里。';
    case 'merged':
      return '和邻居的同一件事并在一起办，进展照样告诉您。';
    default:
      return '';
  }
}
