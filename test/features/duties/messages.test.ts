/** The words duties are told in, and whether what was kept back still says how things are. */
import { describe, expect, it } from 'vitest';
import type { Message } from '../../../src/core/feature.ts';
import type { House } from '../../../src/core/house.ts';
import type { Aggregate } from '../../../src/core/lifecycle.ts';
import { atCivil } from '../../../src/core/time.ts';
import { dutyMessages } from '../../../src/features/duties/messages.ts';

const messages: Readonly<Record<string, Message>> = dutyMessages;
const until = atCivil('2026-03-09', 12).toISOString();

describe('somebody who is called out', () => {
  it.each([
    ['duty_event.now', { kind: 'arrive', until }, '火情：请您最晚3月9日12:00到场，到了记一笔。'],
    ['duty_event.open', { kind: 'arrive', by: '2026-03-10' }, '火情：请您最晚3月10日到场，到了记一笔。'],
    ['duty_event.open', { kind: 'report', by: '2026-03-10' }, '火情：请您最晚3月10日报告，报了记一笔。'],
    [
      'duty_event.now',
      { kind: 'arrive', until, where: '第一社区第1网格', at: atCivil('2026-03-09', 10).toISOString(), more: true },
      '火情（第一社区第1网格，3月9日10:00）：请您最晚3月9日12:00到场，到了记一笔。地点和情况点开看。',
    ],
    ['duty_event.dropped', {}, '火情：这件事撤销了，不用再去。'],
  ])('%s %j', (name, data, words) => {
    expect(messages[name]?.body({ id: 'e', title: '火情', ...data })).toBe(words);
  });

  it('hears it at once where minutes count, and never in the day’s list', () => {
    const ways = Object.entries(messages).filter(([name]) => name.startsWith('duty_event'));
    expect(ways.map(([name, { urgent = false, kind = 'matter' }]) => [name, urgent, kind])).toEqual([
      ['duty_event.now', true, 'matter'],
      ['duty_event.back', true, 'matter'],
      ['duty_event.open', false, 'answer'],
      ['duty_event.dropped', false, 'answer'],
    ]);
  });

  it.each([
    ['open', true],
    ['dropped', false],
  ])('is not called any more once it is %s: %s', (state, expected) => {
    for (const name of ['duty_event.now', 'duty_event.open']) {
      expect(messages[name]?.holds?.({ state } as Aggregate, { to: 'a', data: {}, now: new Date() })).toBe(expected);
    }
  });
});

it('whatever may be over when it comes is asked whether it still stands', () => {
  const final = new Set(['duty_event.back', 'duty_event.dropped']);
  for (const [name, { stands }] of Object.entries(messages))
    expect([name, stands !== undefined]).toEqual([name, !final.has(name)]);
});

describe('what is about a week', () => {
  const nothing = {} as House;
  it.each([
    ['duties.monday', '2026-03-09', 10, true],
    ['duties.monday', '2026-03-16', 8.5, false],
    ['duties.thursday', '2026-03-16', 8.5, false],
    ['duties.friday', '2026-03-16', 8.5, true],
    ['duties.friday', '2026-03-23', 8.5, false],
  ])('%s at %s %f: %s', async (name, day, hour, expected) => {
    const now = new Date(atCivil(day).getTime() + hour * 3_600_000);
    const told = { to: 'a', data: { week: '2026-W11' }, at: now, now };
    expect(await messages[name]?.stands?.(told, nothing)).toBe(expected);
  });
});
