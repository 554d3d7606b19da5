import type { Answer } from '../../api/ask';
import { urgencyOf } from '../../logic/when';

export type Line = Answer<'getWishes'>['items'][number];

/** One part of today's work. Visits and talks get theirs beside these with their features. */
export interface Section {
  title: string;
  hint: string;
  items: Line[];
}

const dueAt = (line: Line) => (line.view === 'full' ? line.dueAt : undefined);
const earliestFirst = (a: Line, b: Line) => (dueAt(a) ?? '9').localeCompare(dueAt(b) ?? '9');

/**
 * Today's work in the order it presses: overdue, due within two days, offered to oneself first, the rest of what one took on.
 * @param mine what one took on and is still about
 * @param offered what is kept for oneself before anybody else
 */
export function planOf(mine: readonly Line[], offered: readonly Line[], now: Date): Section[] {
  const sorted = [...mine].sort(earliestFirst);
  const by = (urgency: 'late' | 'soon' | 'calm') => sorted.filter((line) => urgencyOf(dueAt(line), now) === urgency);
  return [
    { title: '已经超期', hint: '先办这些，或者延期、退回', items: by('late') },
    { title: '快到期了', hint: '两天之内', items: by('soon') },
    { title: '先留给您的', hint: '您照看的人许的愿，24小时内别人不能认领', items: [...offered] },
    { title: '手上的', hint: '还不急', items: by('calm') },
  ].filter(({ items }) => items.length > 0);
}
