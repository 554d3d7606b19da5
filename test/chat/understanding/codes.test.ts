import { expect, it } from 'vitest';
import { withoutCourtesy } from '../../../src/chat/dialogue/courtesy.ts';
import { understand } from '../../../src/chat/understanding/index.ts';
import { drawCode } from '../../../src/features/people/binding.ts';

const now = new Date('2026-03-09T02:00:00Z');

it.each([
  ['alone', (code: string) => code],
  ['in small letters', (code: string) => code.toLowerCase()],
  ['after 绑定', (code: string) => `绑定 ${code}`],
  ['in a sentence', (code: string) => `我的绑定码是${code}，谢谢`],
  ['in two halves', (code: string) => `${code.slice(0, 3)} ${code.slice(3)}`],
  ['letter by letter', (code: string) => [...code].join(' ')],
])('every code that is given out is known for one, %s', (_way, written) => {
  for (let n = 0; n < 2_000; n += 1) {
    const code = drawCode();
    const { intent, slots } = understand({ text: written(code), role: 'resident', place: 'private', now });
    expect({ code, intent, read: slots.code }).toEqual({ code, intent: 'bind', read: code });
  }
});

it('no code is taken for thanks or a greeting at its end: 67WP3Q', () => {
  for (const code of ['67WP3Q', 'NNA73Q', '3QWP67', ...Array.from({ length: 5_000 }, drawCode)]) {
    expect(withoutCourtesy(code)).toBe(code);
  }
  expect(withoutCourtesy('想要一个台灯，3q')).toBe('想要一个台灯');
});
