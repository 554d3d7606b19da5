import { expect, it } from 'vitest';
import { type Plan, packsNote, sectionsOf, weekOf } from '../../../miniprogram/work/duties/plan';
import { begunBy, blank, bodyOf, missing, seenFields, withMissed } from '../../../miniprogram/work/log/log-form';
import { weekKey } from '../../../src/core/time.ts';

const due = (key: string, more: object) =>
  ({
    key,
    item: 'p/i',
    title: '走访',
    kind: 'visit',
    by: '2026-03-12',
    late: false,
    done: false,
    left: 1,
    why: '每周',
    verified: false,
    ...more,
  }) as Plan['items'][number];

it('shows what is late first, leads to a log for that person, and says what nobody confirmed', () => {
  const person = { id: 'w1', name: '王*英' };
  const sections = sectionsOf({
    items: [
      due('d', { done: true }),
      due('l', { late: true, person, colour: 'red' }),
      due('t', { happened: '三楼冒烟' }),
    ],
  });
  expect(sections.map(({ lines }) => lines.map(({ key }) => key))).toEqual([['l'], ['t'], ['d']]);
  expect(sections[0]?.lines[0]).toMatchObject({
    title: '王*英',
    tag: '红色',
    url: '/work/log/log?kind=visit&person=w1',
  });
  expect(sections[0]?.lines[0]?.why).toMatch(/原定3月12日（规则没核实）/u);
  expect(sections[1]?.lines[0]?.happened).toBe('三楼冒烟');
  expect(sections[2]?.lines[0]?.url).toBe('');
  expect(packsNote([{ title: '六必到', placeholder: true, inForce: true }])).toContain('六必到');
  expect(packsNote([{ title: '六必到', placeholder: true, inForce: false }])).toBe('');
});

it('counts weeks as the house does', () => {
  for (const day of ['2025-12-29', '2026-01-01', '2026-03-08', '2027-01-03'])
    expect(weekOf(day)).toBe(weekKey(new Date(`${day}T12:00:00+08:00`)));
});

it('logs what was filled in, with a wish for the one who was seen', () => {
  const form = { ...blank('2026-03-09'), persons: ['w1'], well: false };
  expect(missing(form)).toMatchObject({ field: 'found', words: expect.stringContaining('发现了什么') });
  expect(seenFields(form, [], '2026-03-09', missing(form)).filter(({ wrong }) => wrong)).toMatchObject([
    { name: 'found' },
  ]);
  const body = bodyOf({ ...form, found: '灯坏了', wished: true, wish: '想换个灯' });
  expect(body).toMatchObject({
    day: '2026-03-09',
    found: '灯坏了',
    wish: { text: '想换个灯', person: 'w1', category: 'repair' },
  });
});

it('asks nothing twice: what comes of it was found, and with an incident not all is well', () => {
  const form = blank('2026-03-09');
  const reported = { ...form, reported: true, incident: '楼道灯坏了' };
  expect(begunBy('reported', form)).toMatchObject({ well: false });
  expect(bodyOf(reported)).toMatchObject({ well: false, found: '楼道灯坏了', incident: { text: '楼道灯坏了' } });
  const off = { ...form, well: false };
  for (const made of [
    { ...off, ...reported, well: false },
    { ...off, wished: true, wish: '想换个灯' },
  ]) {
    expect(missing(made)).toBeUndefined();
    expect(bodyOf(made).found).toBe(made.reported ? '楼道灯坏了' : '想换个灯');
  }
  // A chair is wished for where all is well.
  const chair = bodyOf({ ...form, wished: true, wish: '想要一把椅子' });
  expect(chair).toMatchObject({ well: true });
  expect(chair).not.toHaveProperty('found');
  expect(missing({ ...form, reported: true })).toMatchObject({ field: 'incident' });
});

it('whom nobody met is not among those seen, and is named in what was found', () => {
  const wards = [
    { value: 'w1', label: '王*（红色）' },
    { value: 'w2', label: '石*（黄色）' },
  ];
  const form = withMissed(
    { ...blank('2026-03-09'), persons: ['w1', 'w2'], missed: ['w2', 'w3'], households: 2 },
    wards,
  );
  expect(bodyOf(form)).toMatchObject({ persons: ['w1'], households: 2, well: true, found: '没见到：石*。' });
  const nobody = withMissed({ ...form, persons: ['w2'], found: '门锁着' }, wards);
  expect(bodyOf(nobody)).toMatchObject({ persons: [], well: false, found: '没见到：石*。门锁着' });
  expect(bodyOf(withMissed({ ...form, persons: ['w1'] }, wards))).not.toHaveProperty('found');
});
