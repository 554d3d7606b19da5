import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Actor, abilityFor, ROLES, type Role, system } from '../../../src/core/ability.ts';
import { HaolinError } from '../../../src/core/errors.ts';
import { begin, decide, targetsOf } from '../../../src/core/lifecycle.ts';
import { atCivil, DAY, stateCouncilCalendar } from '../../../src/core/time.ts';
import { lineage } from '../../../src/features/areas/index.ts';
import { type HandoffMoveName, handoffLifecycle } from '../../../src/features/handoffs/index.ts';
import { handoffMessages } from '../../../src/features/handoffs/messages.ts';
import { HANDOFF_STATES, type HandoffDoc } from '../../../src/features/handoffs/model.ts';
import { handoffRules } from '../../../src/features/handoffs/rules.ts';
import { onceEach } from '../../../src/push/once.ts';

const COMMUNITY = '520201011001';
const GRID = `${COMMUNITY}G01`;
const calendar = stateCouncilCalendar();
const NOW = atCivil('2026-03-09', 10);

function person(id: string, roles: Role[] = ['resident'], area = COMMUNITY): Actor {
  const grants = roles.map((role) => ({ role, area }));
  return { kind: 'person', id, name: id, roles: grants, areas: lineage(GRID), channel: 'api' };
}
const granny = person('granny');
const worker = person('worker', ['worker']);

const context = (actor: Actor, now = NOW, key?: string) => ({
  actor,
  ability: abilityFor(actor, handoffRules),
  now,
  calendar,
  facts: { place: { areas: lineage(GRID), community: COMMUNITY } },
  ...(key === undefined ? {} : { key }),
});
const later = (days: number): Date => new Date(NOW.getTime() + days * DAY);
const opened = (input: unknown = { text: '电话打不通' }): HandoffDoc =>
  begin(handoffLifecycle, 'open', input, context(granny), 'h1', 3);

function moved(handoff: HandoffDoc, actor: Actor, move: HandoffMoveName, input: unknown = {}, now = NOW): HandoffDoc {
  const decision = decide(handoffLifecycle, handoff, move, input, context(actor, now));
  return decision.kind === 'repeat' ? decision.document : decision.after;
}
const told = (before: HandoffDoc, after: HandoffDoc) =>
  after.outbox.slice(before.outbox.length).map((entry) => [entry.message, entry.to, entry.data]);

describe('a handoff', () => {
  it('tells the workers and the secretary of the community', () => {
    const handoff = opened();
    const data = { id: 'h1', number: 3, who: 'granny', text: '电话打不通' };
    expect(handoff.outbox.map((entry) => [entry.message, entry.to, entry.data])).toEqual([
      ['handoff.opened', { role: 'worker', area: COMMUNITY, except: 'granny' }, data],
      ['handoff.opened', { role: 'secretary', area: COMMUNITY, except: 'granny' }, data],
    ]);
  });

  it('is told of to nobody who asks for themselves, whatever they are', () => {
    for (const { to } of opened().outbox) expect(to).toMatchObject({ except: 'granny' });
  });

  it('tells those who would answer when it is taken back before anybody has', () => {
    const before = opened();
    const after = moved(before, granny, 'close');
    expect(told(before, after).map(([message, to]) => [message, (to as { role: string }).role])).toEqual([
      ['handoff.taken_back', 'worker'],
      ['handoff.taken_back', 'secretary'],
    ]);
  });

  it('is an alarm that everybody near is told of at once, and again when it goes unanswered', () => {
    const fresh = opened({ text: '着火了', urgent: true });
    const before = moved(opened(), worker, 'answer', { text: '在的' });
    const grown = moved(before, granny, 'add', { text: '着火了', urgent: true });
    const alarms: [HandoffDoc, HandoffDoc][] = [
      [{ ...fresh, outbox: [] }, fresh],
      [before, grown],
    ];
    for (const [was, alarm] of alarms) {
      expect(told(was, alarm).map(([message, to]) => [message, to])).toEqual([
        ['handoff.alarm', { role: 'grid_worker', area: GRID, except: 'granny' }],
        ['handoff.alarm', { role: 'worker', area: COMMUNITY, except: 'granny' }],
        ['handoff.alarm', { role: 'secretary', area: COMMUNITY, except: 'granny' }],
      ]);
      expect(alarm).toMatchObject({ state: 'opened', nextAt: new Date(NOW.getTime() + 15 * 60_000) });
      // Unanswered it is told once more as what it is, so that it does not wait for the morning.
      const said = moved(alarm, granny, 'add', { text: '快来人' });
      const waited = moved(said, system(), 'escalate', {}, new Date(NOW.getTime() + 15 * 60_000));
      expect(told(said, waited)).toMatchObject([
        ['handoff.alarm', { role: 'secretary', area: COMMUNITY }, { text: '快来人' }],
      ]);
      // What is said next, and that it is over, reaches whoever was alarmed.
      const everybody = [{ role: 'grid_worker' }, { role: 'worker' }, { role: 'secretary' }];
      expect(told(alarm, said)).toMatchObject(everybody.map((to) => ['handoff.alarm', to, { text: '快来人' }]));
      expect(told(said, moved(said, granny, 'close'))).toMatchObject(
        everybody.map((to) => ['handoff.alarm_over', to, { who: 'granny' }]),
      );
      expect(handoffMessages['handoff.alarm_over']).toMatchObject({ urgent: true });
      // Answered it is an alarm no more.
      const over = moved(moved(said, worker, 'answer', { text: '来了' }), granny, 'add', { text: '谢谢' });
      expect(told(over, moved(over, system(), 'escalate', {}, later(5))).map(([message]) => message)).toEqual([
        'handoff.waiting',
      ]);
    }
    expect(handoffMessages['handoff.alarm']).toMatchObject({ urgent: true });
    expect(handoffMessages['handoff.alarm'].body({ number: 3, who: '王桂芳', text: '着火了' })).toContain('119');
  });

  it('tells the resident the answer', () => {
    const before = opened();
    const after = moved(before, worker, 'answer', { text: '明天上午来看您' });
    expect(after.state).toBe('answered');
    expect(told(before, after)).toEqual([
      ['handoff.answered', { person: 'granny' }, { id: 'h1', number: 3, who: 'worker', text: '明天上午来看您' }],
    ]);
    expect(after.said.map((one) => [one.by.name, one.answer, one.text])).toEqual([
      ['granny', false, '电话打不通'],
      ['worker', true, '明天上午来看您'],
    ]);
  });

  it('opens again when more is asked, and is over when closed', () => {
    const answered = moved(opened(), worker, 'answer', { text: '好的' });
    const more = moved(answered, granny, 'add', { text: '还有一件事' });
    expect(more.state).toBe('opened');
    expect(told(answered, more).map(([message]) => message)).toEqual(['handoff.added', 'handoff.added']);
    const closed = moved(more, worker, 'close', { reason: '当面说好了' });
    expect(told(more, closed).map(([message, to]) => [message, to])).toEqual([
      ['handoff.closed', { person: 'granny' }],
    ]);
    expect(() => moved(closed, granny, 'add', { text: '喂' })).toThrow('already_closed');
    expect(told(answered, moved(answered, granny, 'close'))).toEqual([]);
  });

  it('wants an answer within a workday, and saying more does not put it off', () => {
    const handoff = opened();
    expect(handoff.nextAt).toEqual(new Date('2026-03-10T23:59:59.999+08:00'));
    const more = moved(handoff, granny, 'add', { text: '在吗' }, new Date(NOW.getTime() + DAY));
    expect(more.nextAt).toEqual(handoff.nextAt);
    expect(() => moved(more, system(), 'escalate', {}, new Date('2026-03-10T23:59:00+08:00'))).toThrow('not_due');
    const late = moved(more, system(), 'escalate', {}, new Date('2026-03-11T00:00:00+08:00'));
    expect(late).toMatchObject({ state: 'opened', escalated: true });
    expect(late.nextAt).toBeUndefined();
    expect(told(more, late)).toEqual([
      [
        'handoff.waiting',
        { role: 'secretary', area: COMMUNITY, except: 'granny' },
        { id: 'h1', number: 3, who: 'granny' },
      ],
    ]);
  });

  it('is not taken away or closed by a clock that read it before the answer', () => {
    const handoff = opened();
    const answeredLate = moved(handoff, worker, 'answer', { text: '在的' }, later(2));
    expect(answeredLate.nextAt).toEqual(new Date('2026-03-14T23:59:59.999+08:00'));
    for (const days of [2, 3, 5]) {
      expect(() => moved(answeredLate, system(), 'lapse', {}, later(days))).toThrow('not_due');
    }
    expect(moved(answeredLate, system(), 'lapse', {}, later(6)).state).toBe('closed');
    const again = moved(moved(handoff, worker, 'answer', { text: '好' }), granny, 'add', { text: '喂' }, later(2));
    expect(() => moved(again, system(), 'escalate', {}, later(2))).toThrow('not_due');
  });

  it('comes to an end when more has been said than anybody reads', () => {
    let handoff = opened();
    for (let count = 1; count < 100; count += 1) handoff = moved(handoff, granny, 'add', { text: `第${count}句` });
    expect(() => moved(handoff, granny, 'add', { text: '还有' })).toThrow('too_much_said');
    for (let count = 0; count < 100; count += 1) handoff = moved(handoff, worker, 'answer', { text: `答${count}` });
    expect(() => moved(handoff, worker, 'answer', { text: '再答' })).toThrow('too_much_answered');
    expect(moved(handoff, worker, 'close').state).toBe('closed');
  });

  it('refuses empty and endless words', () => {
    for (const text of ['', '\u200b', 'x'.repeat(1_001)]) {
      expect(() => moved(opened(), worker, 'answer', { text })).toThrow('invalid_input');
    }
  });

  it('needs a community to be handed to', () => {
    const facts = {};
    expect(() => begin(handoffLifecycle, 'open', { text: '喂' }, { ...context(granny), facts }, 'h2')).toThrow(
      'no_place',
    );
  });
});

describe('who may do what', () => {
  const KEEPERS: readonly Role[] = ['worker', 'grid_worker', 'secretary'];
  const POLICY: Record<HandoffMoveName, { keepers: boolean; requester: boolean; house: boolean }> = {
    add: { keepers: false, requester: true, house: false },
    answer: { keepers: true, requester: false, house: false },
    close: { keepers: true, requester: true, house: false },
    escalate: { keepers: false, requester: false, house: true },
    lapse: { keepers: false, requester: false, house: true },
  };
  const input = { text: '好的' };

  it('is this policy, for every move, state, role, here and elsewhere', () => {
    const states = {
      opened: opened(),
      answered: moved(opened(), worker, 'answer', input),
      closed: moved(opened(), worker, 'close'),
    };
    const actors: [Actor, (move: HandoffMoveName) => boolean][] = [
      ...ROLES.flatMap((role): [Actor, (move: HandoffMoveName) => boolean][] => [
        [person(`${role} here`, [role]), (move) => POLICY[move].keepers && KEEPERS.includes(role)],
        [person(`${role} above`, [role], '520201'), (move) => POLICY[move].keepers && KEEPERS.includes(role)],
        [person(`${role} elsewhere`, [role], '520201011002'), () => false],
      ]),
      [granny, (move) => POLICY[move].requester],
      [system(), (move) => POLICY[move].house],
    ];
    const wrong: string[] = [];
    for (const move of Object.keys(handoffLifecycle.moves) as HandoffMoveName[]) {
      for (const [state, handoff] of Object.entries(states)) {
        for (const [actor, allowed] of actors) {
          let code = '';
          try {
            moved(handoff, actor, move, input);
          } catch (error) {
            if (!(error instanceof HaolinError)) throw error;
            code = error.code;
          }
          if ((code === 'forbidden') === allowed(move)) wrong.push(`${move} in ${state} by ${actor.name}: ${code}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });
});

it('never leaves its table, loses history, skips a version or tells anybody twice, whatever people do', () => {
  const moves = Object.keys(handoffLifecycle.moves) as HandoffMoveName[];
  const actors = [granny, worker, person('secretary', ['secretary']), person('neighbour'), system()];
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom(...moves), fc.constantFrom(...actors)), { maxLength: 30 }),
      (steps) => {
        let handoff = opened();
        for (const [move, actor] of steps) {
          const before = handoff;
          try {
            handoff = moved(handoff, actor, move, { text: '话' });
          } catch (error) {
            if (!(error instanceof HaolinError)) throw error;
          }
          if (handoff === before) continue;
          const definition = handoffLifecycle.moves[move];
          expect(definition.from).toContain(before.state);
          expect(targetsOf(definition)).toContain(handoff.state);
          expect(handoff.version).toBe(before.version + 1);
          expect(handoff.history.slice(0, -1)).toEqual(before.history);
        }
        expect(Object.keys(HANDOFF_STATES)).toContain(handoff.state);
        expect(new Set(handoff.outbox.map((entry) => entry.key)).size).toBe(handoff.outbox.length);
        // Somebody who is worker and secretary at once, and asked for themselves.
        const told = onceEach(handoff.outbox.map((entry) => ({ entry, people: ['somebody'] })));
        expect(told).toHaveLength(new Set(handoff.outbox.map((entry) => entry.event)).size);
        expect(handoff.history).toHaveLength(handoff.version);
      },
    ),
    { numRuns: 200 },
  );
});
