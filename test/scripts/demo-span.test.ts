import { expect, it } from 'vitest';
import { checkSpan, spanOf } from '../../scripts/demo/span.ts';
import { atCivil, DAY, HOUR, MINUTE } from '../../src/core/time.ts';

it('how far the clock is to go is read as it is written, in letters or in words', () => {
  expect(['+3d', '+2h30m', '3天', '1天2小时', '90分钟'].map(spanOf)).toEqual([
    3 * DAY,
    2 * HOUR + 30 * MINUTE,
    3 * DAY,
    DAY + 2 * HOUR,
    90 * MINUTE,
  ]);
  for (const text of ['', '3', '-3d', 'd', '+3y', 'soon']) expect(spanOf(text)).toBeUndefined();
});

it('and not further than anything is known of, in one step or in many', () => {
  const real = atCivil('2026-03-09', 9);
  const refusal = expect.objectContaining({
    code: 'too_far_ahead',
    detail: expect.stringContaining('最多拨到2028年3月10日'),
  });
  for (const text of ['+999999d', '+733d', `+${'9'.repeat(30)}d`, `+${'9'.repeat(400)}d`, '+99999999h']) {
    expect(() => checkSpan(spanOf(text) ?? 0, real, real)).toThrow(refusal);
  }
  expect(() => checkSpan(732 * DAY, real, real)).not.toThrow();
  expect(() => checkSpan(366 * DAY, new Date(real.getTime() + 367 * DAY), real)).toThrow(refusal);
});
