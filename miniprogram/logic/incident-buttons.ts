import type { MoveButton } from './moves';

/** What can be done with an incident, as buttons. The house says which: a button is shown exactly when `moves` has it. */

export type IncidentMove =
  | 'confirm'
  | 'triage'
  | 'take'
  | 'resolve'
  | 'dispatch'
  | 'conclude'
  | 'look'
  | 'add'
  | 'note'
  | 'assist'
  | 'partial'
  | 'extend'
  | 'raise'
  | 'merge'
  | 'refer'
  | 'reject'
  | 'decline'
  | 'withdraw';

type Button = MoveButton<IncidentMove>;

/** In the order they stand on the screen. */
const BUTTONS: readonly Button[] = [
  { move: 'confirm', label: '看看办好没有', form: true, weight: 'main' },
  { move: 'resolve', label: '办好了', form: true, weight: 'main' },
  { move: 'triage', label: '核实', form: true, weight: 'main' },
  { move: 'take', label: '我来办', form: false, weight: 'main' },
  { move: 'dispatch', label: '派人去办', form: true, weight: 'main' },
  { move: 'conclude', label: '登记结果', form: true, weight: 'main' },
  { move: 'look', label: '我去看过了', form: true, weight: 'main' },
  { move: 'add', label: '补充情况', form: true, weight: 'plain' },
  { move: 'note', label: '登记进展', form: true, weight: 'plain' },
  { move: 'assist', label: '请人协助', form: true, weight: 'plain' },
  { move: 'partial', label: '解决了一部分', form: true, weight: 'plain' },
  { move: 'extend', label: '延期', form: true, weight: 'plain' },
  { move: 'raise', label: '上报', form: true, weight: 'plain' },
  { move: 'merge', label: '合并', form: true, weight: 'plain' },
  { move: 'refer', label: '转办', form: true, weight: 'plain' },
  { move: 'reject', label: '退单', form: true, weight: 'careful' },
  { move: 'decline', label: '不予受理', form: true, weight: 'careful' },
  { move: 'withdraw', label: '撤回', form: true, weight: 'careful' },
];

/** The buttons of an incident. One thing is waited for; the others are also possible. */
export function incidentButtons(moves: readonly string[]): Button[] {
  const shown = BUTTONS.filter(({ move }) => moves.includes(move));
  const first = shown.find(({ weight }) => weight === 'main');
  return shown.map((button) =>
    button.weight === 'main' && button !== first ? { ...button, weight: 'plain' } : button,
  );
}
