import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Actor, abilityFor, allow, inArea, own, system } from '../../src/core/ability.ts';
import { HaolinError, namedError } from '../../src/core/errors.ts';
import {
  type Aggregate,
  begin,
  can,
  decide,
  lifecycleOf,
  type MoveContext,
  movesFor,
  targetsOf,
  to,
  toRole,
} from '../../src/core/lifecycle.ts';
import { atCivil, stateCouncilCalendar } from '../../src/core/time.ts';
import { onceEach } from '../../src/push/once.ts';

interface Lamp extends Aggregate {
  owner: { id: string };
  holder?: string;
  words?: string;
}
type LampState = 'off' | 'lent' | 'back' | 'lost';

const alreadyLent = namedError('already_lent', 409, () => '灯已经借出去了，请看看别的。');
const { move, start, lifecycle } = lifecycleOf<Lamp, LampState, { broken: boolean }>();
const lamps = lifecycle({
  name: 'lamp',
  states: { off: '在架', lent: '借出', back: '已还', lost: '丢失' },
  start: {
    bring: start({
      to: 'off',
      by: can('bring'),
      input: z.object({ area: z.string() }),
      build: (input, ctx) => ({ areas: ['5202', input.area], owner: { id: ctx.actor.id } }),
      tell: (lamp) => [toRole('secretary', lamp.areas[1] ?? '', 'lamp.brought')],
    }),
  },
  moves: {
    lend: move({
      from: ['off', 'back'],
      to: 'lent',
      by: can('lend'),
      input: z.object({ note: z.string().max(20).optional() }),
      when: (_lamp, ctx) => (ctx.facts.broken ? namedError('broken', 409, () => '灯坏了。')() : undefined),
      otherwise: () => alreadyLent(),
      apply: (_lamp, input, ctx) => ({ holder: ctx.actor.id, words: input.note }),
      tell: (lamp) => [to(lamp.owner.id, 'lamp.lent'), toRole('worker', lamp.areas[1] ?? '', 'lamp.lent')],
    }),
    giveBack: move({
      from: ['lent'],
      to: { among: ['back', 'lost'], choose: (_lamp, input) => (input.found ? 'back' : 'lost') },
      by: can('giveBack'),
      input: z.object({ found: z.boolean() }),
      apply: () => ({ holder: undefined }),
    }),
    expire: move({ from: ['lent'], to: 'lost', by: 'system', input: z.object({}) }),
  },
});

const rules = [
  allow('anyone', ['bring'], 'lamp', own('owner.id')),
  allow(['worker'], ['lend'], 'lamp', inArea),
  allow('anyone', ['giveBack'], 'lamp', own('holder')),
];
const person = (id: string, area: string): Actor => ({
  kind: 'person',
  id,
  name: id,
  roles: [{ role: 'worker', area }],
  areas: [],
  channel: 'api',
});
const li = person('li', 'here');
const zhou = person('zhou', 'here');
const far = person('far', 'there');
const ctx = (
  actor: Actor,
  extra: Partial<MoveContext<{ broken: boolean }>> = {},
): MoveContext<{ broken: boolean }> => ({
  actor,
  ability: abilityFor(actor, rules),
  now: atCivil('2026-03-09', 10),
  calendar: stateCouncilCalendar(),
  facts: { broken: false },
  ...extra,
});
const made = () => begin(lamps, 'bring', { area: 'here' }, ctx(li), 'a'.repeat(24));
const codeOf = (work: () => unknown) => {
  try {
    work();
    return 'no error';
  } catch (error) {
    return error instanceof HaolinError ? error.code : String(error);
  }
};
const moved = (doc: Lamp, name: string, input: unknown, context: MoveContext<{ broken: boolean }>): Lamp => {
  const decision = decide(lamps, doc, name, input, context);
  return decision.kind === 'repeat' ? decision.document : decision.after;
};

describe('the lifecycle engine', () => {
  it('begins at version 1 with its first line of history and its message', () => {
    const lamp = made();
    expect(lamp).toMatchObject({ state: 'off', version: 1, areas: ['5202', 'here'], owner: { id: 'li' } });
    expect(lamp.history).toMatchObject([{ version: 1, move: 'bring', from: null, to: 'off', by: { id: 'li' } }]);
    const event = `lamp:${lamp._id}:1`;
    expect(lamp.outbox).toMatchObject([{ key: `${event}:0`, event, message: 'lamp.brought' }]);
  });

  it('turns a move into a patch, one history entry and the messages, and touches nothing else', () => {
    const lamp = made();
    const frozen = structuredClone(lamp);
    const decision = decide(lamps, lamp, 'lend', { note: '走廊用' }, ctx(zhou));
    expect(decision).toMatchObject({
      kind: 'change',
      set: { holder: 'zhou', words: '走廊用' },
      entry: { version: 2, move: 'lend', from: 'off', to: 'lent', why: '走廊用', channel: 'api' },
      outbox: [
        { key: `lamp:${lamp._id}:2:0`, event: `lamp:${lamp._id}:2`, to: { person: 'li' } },
        { key: `lamp:${lamp._id}:2:1`, event: `lamp:${lamp._id}:2`, to: { role: 'worker' } },
      ],
    });
    expect(lamp).toEqual(frozen);
  });

  it('says of a secret move, and a secret beginning, that it was made and not what was written', () => {
    const secretive = {
      ...lamps,
      start: { bring: { ...lamps.start.bring, secret: true as const } },
      moves: { ...lamps.moves, lend: { ...lamps.moves.lend, secret: true as const } },
    };
    const lamp = begin(secretive, 'bring', { area: 'here' }, ctx(li), 'a'.repeat(24));
    const decision = decide(secretive, lamp, 'lend', { note: '走廊用' }, ctx(zhou));
    if (decision.kind === 'repeat') throw new Error('not a repeat');
    expect(decision.entry).toMatchObject({ version: 2, move: 'lend', by: { id: 'zhou' } });
    expect([lamp.history[0], decision.entry].map((entry) => entry && 'why' in entry)).toEqual([false, false]);
  });

  it('removes a field that the patch sets to undefined', () => {
    const lent = moved(made(), 'lend', {}, ctx(zhou));
    const decision = decide(lamps, lent, 'giveBack', { found: true }, ctx(zhou));
    expect(decision).toMatchObject({ kind: 'change', unset: ['holder'], after: { state: 'back' } });
    expect(moved(lent, 'giveBack', { found: true }, ctx(zhou))).not.toHaveProperty('holder');
  });

  it('repeats the winner’s own request and refuses everybody else with the move’s own error', () => {
    const lent = moved(made(), 'lend', {}, ctx(zhou));
    expect(decide(lamps, lent, 'lend', {}, ctx(zhou)).kind).toBe('repeat');
    expect(codeOf(() => decide(lamps, lent, 'lend', {}, ctx(li)))).toBe('already_lent');
  });

  it('recognises a request by its key long afterwards, and a key used for something else', () => {
    const lent = moved(made(), 'lend', {}, ctx(zhou, { key: 'k1' }));
    const back = moved(lent, 'giveBack', { found: true }, ctx(zhou));
    expect(decide(lamps, back, 'lend', {}, ctx(zhou, { key: 'k1' })).kind).toBe('repeat');
    expect(codeOf(() => decide(lamps, back, 'lend', { note: 'x' }, ctx(zhou, { key: 'k1' })))).toBe(
      'idempotency_key_reused',
    );
    expect(decide(lamps, back, 'lend', {}, ctx(li, { key: 'k1' })).kind).toBe('change');
  });

  it('tells a stranger only that it is forbidden, whatever the state', () => {
    const lent = moved(made(), 'lend', {}, ctx(zhou));
    for (const lamp of [made(), lent]) {
      expect(codeOf(() => decide(lamps, lamp, 'lend', {}, ctx(far)))).toBe('forbidden');
    }
  });

  it('checks the input first and says which field is wrong', () => {
    try {
      decide(lamps, made(), 'lend', { note: 'x'.repeat(21) }, ctx(zhou));
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ code: 'invalid_input', status: 400, fields: [{ path: 'note' }] });
      expect((error as HaolinError).detail).toMatch(/[\u4e00-\u9fff]/);
    }
  });

  it('lets only the house itself make system moves', () => {
    const lent = moved(made(), 'lend', {}, ctx(zhou));
    expect(codeOf(() => decide(lamps, lent, 'expire', {}, ctx(zhou)))).toBe('forbidden');
    expect(decide(lamps, lent, 'expire', {}, ctx(system())).kind).toBe('change');
  });

  it('offers exactly the moves that would not be refused', () => {
    const lamp = made();
    expect(movesFor(lamps, lamp, ctx(zhou))).toEqual(['lend']);
    expect(movesFor(lamps, lamp, ctx(zhou, { facts: { broken: true } }))).toEqual([]);
    expect(movesFor(lamps, lamp, ctx(far))).toEqual([]);
    expect(movesFor(lamps, moved(lamp, 'lend', {}, ctx(zhou)), ctx(zhou))).toEqual(['giveBack']);
  });

  it('never leaves the table, skips a version, loses history, reuses a message key or tells a person of one move twice', () => {
    const steps = fc.array(
      fc.record({
        name: fc.constantFrom('lend', 'giveBack', 'expire'),
        actor: fc.constantFrom(li, zhou, far, system()),
        input: fc.constantFrom({}, { found: true }, { found: false }, { note: 'n' }),
        key: fc.option(fc.constantFrom('k1', 'k2'), { nil: undefined }),
      }),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(steps, (moves) => {
        let lamp = made();
        for (const { name, actor, input, key } of moves) {
          let next = lamp;
          try {
            next = moved(lamp, name, input, ctx(actor, key === undefined ? {} : { key }));
          } catch (error) {
            expect(error).toBeInstanceOf(HaolinError);
          }
          if (next !== lamp) {
            const table = lamps.moves[name as keyof typeof lamps.moves];
            expect(table.from).toContain(lamp.state);
            expect(targetsOf(table)).toContain(next.state);
            expect(next.version).toBe(lamp.version + 1);
            expect(next.history.slice(0, -1)).toEqual(lamp.history);
          }
          lamp = next;
        }
        expect(lamp.history.map((entry) => entry.version)).toEqual(lamp.history.map((_, index) => index + 1));
        expect(lamp.history).toHaveLength(lamp.version);
        expect(new Set(lamp.outbox.map((entry) => entry.key)).size).toBe(lamp.outbox.length);
        // Everybody holds every post, and the owner is told by name as well: still once for each move that tells anything.
        const told = onceEach(
          lamp.outbox.map((entry) => ({ entry, people: 'person' in entry.to ? [li.id] : [li.id, zhou.id] })),
        );
        const telling = new Set(lamp.outbox.map((entry) => entry.key.replace(/:\d+$/u, '')));
        expect(told).toHaveLength(2 * telling.size);
      }),
    );
  });
});
