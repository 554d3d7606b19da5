import { namedError } from '../../src/core/errors.ts';
import { civil, DAY, HOUR, MINUTE } from '../../src/core/time.ts';

const UNITS: Record<string, number> = { d: DAY, 天: DAY, h: HOUR, 小时: HOUR, m: MINUTE, 分钟: MINUTE };

/** Milliseconds of `+3d`, `+2h30m`, `3天`; `undefined` when it says no such thing. */
export function spanOf(text: string): number | undefined {
  const found = /^\+?((?:\d+(?:d|h|m|天|小时|分钟))+)$/u.exec(text.trim());
  if (!found?.[1]) return undefined;
  let total = 0;
  for (const [, count = '', unit = ''] of found[1].matchAll(/(\d+)(d|h|m|天|小时|分钟)/gu)) {
    total += Number(count) * (UNITS[unit] ?? 0);
  }
  return total;
}

/** Further ahead than this no calendar is known, and nothing is left of what the demo is about. */
const FURTHEST_MS = 2 * 366 * DAY;

const tooFarAhead = namedError('too_far_ahead', 422, (at: Date) => {
  const { year, month, day } = civil(at);
  return `演示的时钟最多拨到${year}年${month}月${day}日，请拨近一点。`;
});

/**
 * Checks that a clock may be moved on so far.
 * @param now what it shows
 * @param real the moment it is
 * @throws HaolinError too_far_ahead
 */
export function checkSpan(ms: number, now: Date, real: Date): void {
  const furthest = new Date(real.getTime() + FURTHEST_MS);
  // Not the other way round: what is too large to be a date compares with none.
  if (!(now.getTime() + ms <= furthest.getTime())) throw tooFarAhead(furthest);
}
