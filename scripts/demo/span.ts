import { DAY, HOUR, MINUTE } from '../../src/core/time.ts';

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
