import { isoDay } from '../../logic/when';
import { type Field, type Option, optionsOf } from '../components/fields/field';

export type MoveName = 'take' | 'solve' | 'handOver' | 'extend' | 'drop';

export const MOVES = [
  { name: 'take', label: '我来办', weight: 'main', operation: 'postDifficultiesByIdTake' },
  { name: 'solve', label: '办好了', weight: 'main', operation: 'postDifficultiesByIdSolve' },
  { name: 'handOver', label: '请别人来办', weight: 'plain', operation: 'postDifficultiesByIdHandOver' },
  { name: 'extend', label: '延期', weight: 'plain', operation: 'postDifficultiesByIdExtend' },
  { name: 'drop', label: '不再办理', weight: 'careful', operation: 'postDifficultiesByIdDrop' },
] as const;

/** The buttons of a difficulty; what is waited for is one of them only. */
export function movesShown(moves: readonly string[]) {
  const shown = MOVES.filter(({ name }) => moves.includes(name));
  return shown.map((one, at) => ({ ...one, weight: one.weight === 'main' && at > 0 ? 'plain' : one.weight }));
}

const EXTEND_REASONS = { waiting: '等上级答复', funds: '等经费', others: '需要别的部门配合', time: '时间不够' };
const DROP_REASONS = { passed: '困难已经过去', refused: '政策不允许', twice: '重复登记' };
/** A deadline is put off by so much at a time, as the house has it. */
const MOST_DAYS = 90;
const DAY_MS = 24 * 3_600_000;

/**
 * What a move asks for.
 * @param deadline as it is: a new one is later
 * @param others who may answer for it instead
 */
export function fieldsOf(name: MoveName, deadline: string, now: Date, others: readonly Option[] = []): Field[] {
  const because = (label: string, reasons: Record<string, string>): Field => {
    return { name: 'because', kind: 'choice', label, options: optionsOf(reasons) };
  };
  if (name === 'drop') return [because('为什么不办了', DROP_REASONS)];
  if (name === 'handOver') {
    const none = '没有找到可以请的人，请稍后再试。';
    return [
      {
        name: 'owner',
        kind: 'choice',
        label: '请谁来办',
        options: others,
        none,
        note: '会告诉他这件事和期限，不会说是谁提的。',
      },
    ];
  }
  if (name !== 'extend') return [];
  const after = Math.max(Date.parse(deadline), now.getTime());
  const [first, last] = [1, MOST_DAYS].map((days) => isoDay(new Date(after + days * DAY_MS))) as [string, string];
  return [{ name: 'deadline', kind: 'day', label: '延到哪天', first, last }, because('为什么延期', EXTEND_REASONS)];
}
