/** A count to be drawn; `null` when it is not told: it is small, or would give a small one away. */
export interface Count {
  code: string;
  name: string;
  count: number | null;
}

export interface Bar {
  code: string;
  name: string;
  /** Of the longest, 0 to 100. */
  percent: number;
  words: string;
}

/** Stands where a number is not told, however large it is. */
export const HIDDEN = '不显示';

/** Bars for counts: the longest fills the width; a hidden one has no length, whatever it hides. */
export function barsOf(counts: readonly Count[]): Bar[] {
  const most = Math.max(1, ...counts.map(({ count }) => count ?? 0));
  return counts.map(({ code, name, count }) => ({
    code,
    name,
    percent: Math.round((100 * (count ?? 0)) / most),
    words: count === null ? HIDDEN : String(count),
  }));
}
