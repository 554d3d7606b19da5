import fc from 'fast-check';
import { expect, it } from 'vitest';
import { understand } from '../../../src/chat/understanding/index.ts';
import type { Role } from '../../../src/core/ability.ts';

const now = new Date('2026-03-09T10:00:00+08:00');
const intentOf = (text: string, role: Role = 'worker') => understand({ text, role, place: 'private', now }).intent;

const gone = fc.constantFrom(
  '今天走访了3户',
  '下午走访了2户',
  '走访5户',
  '周三上午入户走访了四户',
  '今天一共走访了十来户',
  '刚排查了5栋的消防',
  '昨天看望了两位老人',
  '今天走访了王桂芳',
  '上午慰问了韦大爷家',
);
const found = fc.constantFrom(
  '都正常',
  '3单元楼道灯坏了',
  '有一家水管漏水',
  '楼道里堆满了杂物',
  '两家因为停车吵架',
  '老人想要一个轮椅',
  '电梯坏了没人管',
);

it('whoever goes to see people and says so logs a visit, whatever was found there', () => {
  fc.assert(
    fc.property(
      gone,
      fc.array(found, { minLength: 1, maxLength: 3 }),
      fc.constantFrom('，', '；', '。'),
      (how, all, mark) => {
        expect(intentOf([how, ...all].join(mark))).toBe('visit.log');
      },
    ),
    { numRuns: 60 },
  );
});

it('danger goes first, a question is none, and a resident tells of no visit of their own', () => {
  expect(intentOf('今天走访了3户，有一户煤气味很重')).toBe('incident.report');
  expect(intentOf('这周走访了3户是哪几户？')).not.toBe('visit.log');
  expect(intentOf('检查了3栋，电梯坏了没人管，楼道灯也不亮', 'resident')).toBe('incident.report');
});
