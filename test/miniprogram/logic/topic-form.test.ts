import { describe, expect, it } from 'vitest';
import type { Topic } from '../../../miniprogram/logic/topic';
import { type FormMove, formOf, type Given, type Values } from '../../../miniprogram/logic/topic-form';
import { beginningOf, inputOf, missingIn } from '../../../miniprogram/logic/topic-input';
import { PACKS } from '../../../src/features/ballots/index.ts';
import { topicLifecycle } from '../../../src/features/topics/index.ts';

const NOW = new Date('2026-03-09T02:00:00.000Z');
const ID = '0123456789abcdef01234567';
const packs = PACKS as unknown as Given['packs'];
const topic = { id: ID, title: '楼道装灯', community: '990001001001', moves: [], meetings: [] } as unknown as Topic;
const venue = { id: ID, name: '议事厅', address: '二楼', capacity: 60 } as Given['venues'][number];
const given: Given = { topic, now: NOW, venues: [venue], packs };

/** What a form comes to when this is filled in over what stands there at first. */
function filled(move: FormMove, values: Values, more: Partial<Given> = {}) {
  const all = { ...beginningOf(move, more.topic ?? topic), ...values };
  const form = formOf(move, all, { ...given, ...more });
  const missing = missingIn(form, all);
  return { form, missing, input: missing === undefined ? inputOf(move, form, all, NOW) : {} };
}

describe('a form of a topic’s move', () => {
  it.each<[move: FormMove, values: Values, about: object, input: object]>([
    [
      'schedule',
      { venue: ID, day: '2026-03-13', from: '19:00', to: '20:30', agenda: '装不装\n\n 谁出钱 ' },
      {},
      { venue: ID, day: '2026-03-13', from: '19:00', to: '20:30', agenda: ['装不装', '谁出钱'] },
    ],
    [
      'prepareVote',
      { pack: 'courtyard-poll', secrecy: 'secret', hours: '24' },
      {},
      {
        question: '楼道装灯，同意吗？',
        pack: 'courtyard-poll',
        secrecy: 'secret',
        opensAt: '2026-03-09T02:00:00.000Z',
        closesAt: '2026-03-10T02:00:00.000Z',
      },
    ],
    [
      'prepareVote',
      {
        pack: 'owners',
        variant: 'three-quarters',
        secrecy: 'open',
        begins: 'later',
        day: '2026-03-10',
        from: '08:00',
        hours: '72',
      },
      {},
      { variant: 'three-quarters', opensAt: '2026-03-10T00:00:00.000Z', closesAt: '2026-03-13T00:00:00.000Z' },
    ],
    ['agree', { resolution: '装六盏' }, {}, { resolution: '装六盏' }],
    ['publicise', { resolution: '装六盏', days: '7' }, {}, { resolution: '装六盏', days: 7 }],
    ['object', { text: '一楼用不上' }, {}, { text: '一楼用不上' }],
    [
      'answerObjection',
      { answer: '一楼不摊', upheld: 'no', shown: 'yes' },
      { objection: ID },
      { upheld: false, shown: true },
    ],
    [
      'answerObjection',
      { answer: '重新算', upheld: 'yes', shown: 'no' },
      { objection: ID },
      { upheld: true, shown: false },
    ],
    ['addItem', { text: '买灯', owner: ID, deadline: '2026-03-20' }, {}, { as: 'task' }],
    ['itemDone', { note: '买好了' }, { item: ID }, { note: '买好了' }],
    ['finish', { summary: '都装好了' }, {}, { summary: '都装好了' }],
    ['review', { score: '5', words: ' ' }, {}, { score: 5 }],
  ])('%s is taken by the house as it is filled in', (move, values, about, input) => {
    const { missing, input: made } = filled(move, values);
    expect(missing).toBeUndefined();
    expect(made).toMatchObject(input);
    expect(topicLifecycle.moves[move].input.safeParse({ ...made, ...about }).error?.issues).toBeUndefined();
  });

  it.each<[what: string, move: FormMove, values: Values, said: string]>([
    ['nothing', 'object', {}, '请填“您的意见”'],
    ['no face', 'review', {}, '请点一个表情'],
    ['an end before its beginning', 'schedule', { venue: ID, day: '2026-03-13', from: '19:00', to: '19:00' }, '后面'],
    ['a way the rule does not know', 'prepareVote', { pack: 'owners', secrecy: 'secret' }, '“是哪一类事”'],
    [
      'a length the rule forbids',
      'prepareVote',
      { pack: 'owners', variant: 'none', secrecy: 'open', hours: '1' },
      '“投多久”',
    ],
  ])('does not go out with %s', (_what, move, values, said) => {
    expect(filled(move, values).missing).toContain(said);
  });

  it('says what is to be known of a rule, and of a place', () => {
    const noteOf = (move: FormMove, values: Values, name: string, more: Partial<Given> = {}) =>
      filled(move, values, more).form.fields.find((field) => field.name === name);
    expect(noteOf('prepareVote', { pack: 'residents-meeting' }, 'pack')).toMatchObject({
      note: expect.stringContaining('还没有核对过'),
      warns: true,
    });
    expect(noteOf('prepareVote', { pack: 'owners' }, 'pack')?.note).toContain('登记业主名单');
    expect(noteOf('prepareVote', { pack: 'courtyard-poll' }, 'pack')?.note).toContain('依据');
    expect(noteOf('schedule', {}, 'day', { free: [{ from: '08:30', to: '21:00' }] })?.note).toBe(
      '这里空着的时间：08:30到21:00',
    );
    expect(noteOf('schedule', {}, 'day', { free: [] })?.note).toContain('没有空');
    expect(noteOf('schedule', {}, 'day')).toMatchObject({ first: '2026-03-12' });
    expect(noteOf('schedule', {}, 'venue', { venues: [] })?.note).toContain('还没有登记');
  });

  it('begins a change of a meeting with what it is', () => {
    const meeting = {
      session: 1,
      venue: { id: ID, name: '议事厅', address: '二楼' },
      startsAt: '2026-03-13T11:00:00.000Z',
      endsAt: '2026-03-13T12:30:00.000Z',
      agenda: ['装不装', '谁出钱'],
      pack: 'residents-meeting',
      paused: false,
    };
    const { form, input } = filled('schedule', {}, { topic: { ...topic, meeting } });
    expect(form.title).toBe('改时间地点');
    expect(input).toEqual({
      venue: ID,
      day: '2026-03-13',
      from: '19:00',
      to: '20:30',
      agenda: ['装不装', '谁出钱'],
      pack: 'residents-meeting',
    });
  });
});
