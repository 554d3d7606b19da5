/** What can be done with a document, as buttons; here with a wish. The house says which: a button is shown exactly when `moves` has it. */

export type MoveName =
  | 'publish'
  | 'decline'
  | 'merge'
  | 'refer'
  | 'conclude'
  | 'assign'
  | 'claim'
  | 'join'
  | 'leave'
  | 'pass'
  | 'contact'
  | 'extend'
  | 'release'
  | 'done'
  | 'partial'
  | 'rate'
  | 'withdraw';

export interface MoveButton<M extends string = MoveName> {
  move: M;
  /** On the button: a verb. */
  label: string;
  /** What the person who pressed it is asked about, if anything must be said or decided first. */
  form: boolean;
  /** `main`: what is waited for; `plain`: also possible; `careful`: takes something away. */
  weight: 'main' | 'plain' | 'careful';
}

/** In the order they stand on the screen. */
const BUTTONS: readonly MoveButton[] = [
  { move: 'rate', label: '评价', form: true, weight: 'main' },
  { move: 'publish', label: '受理并公开', form: true, weight: 'main' },
  { move: 'claim', label: '我来帮忙', form: true, weight: 'main' },
  { move: 'join', label: '加入小组', form: false, weight: 'main' },
  { move: 'contact', label: '已经联系', form: true, weight: 'main' },
  { move: 'done', label: '办好了', form: true, weight: 'main' },
  { move: 'conclude', label: '转办有结果', form: true, weight: 'main' },
  { move: 'assign', label: '指派', form: true, weight: 'plain' },
  { move: 'partial', label: '解决了一部分', form: true, weight: 'plain' },
  { move: 'extend', label: '延期', form: true, weight: 'plain' },
  { move: 'merge', label: '合并', form: true, weight: 'plain' },
  { move: 'refer', label: '转办', form: true, weight: 'plain' },
  { move: 'pass', label: '让给别人', form: false, weight: 'plain' },
  { move: 'leave', label: '退出小组', form: false, weight: 'careful' },
  { move: 'release', label: '退回', form: true, weight: 'careful' },
  { move: 'decline', label: '不予受理', form: true, weight: 'careful' },
  { move: 'withdraw', label: '撤回心愿', form: true, weight: 'careful' },
];

/** The buttons of a document. A move this version has no button for is left out. */
export function buttonsFor(moves: readonly string[]): MoveButton[] {
  return BUTTONS.filter(({ move }) => moves.includes(move));
}
