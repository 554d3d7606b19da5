import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Actor } from '../../../src/core/ability.ts';
import { HaolinError } from '../../../src/core/errors.ts';
import { decide, movesFor, type Recipient, targetsOf } from '../../../src/core/lifecycle.ts';
import { DAY, HOUR } from '../../../src/core/time.ts';
import { lineage } from '../../../src/features/areas/index.ts';
import { dueMoves } from '../../../src/features/wishes/due.ts';
import {
  WISH_STATES,
  type WishDoc,
  type WishMoveName,
  wishes,
  wishLifecycle,
} from '../../../src/features/wishes/index.ts';
import { onceEach } from '../../../src/push/once.ts';
import {
  calendar,
  clockwork,
  contextOf,
  daughter,
  FACTS,
  farWorker,
  granny,
  gridWorker,
  INPUTS,
  li,
  NOW,
  person,
  STREET,
  secretary,
  sentinel,
  submitted,
  sun,
  supervisor,
  zhao,
} from '../../support/wishes.ts';

const CAST: readonly Actor[] = [
  granny,
  daughter,
  sentinel,
  li,
  zhao,
  sun,
  gridWorker,
  secretary,
  farWorker,
  supervisor,
  clockwork,
  person('路人'),
  // Posts that meet in one person: a move that reaches each of them must reach the person once.
  person('双岗', ['grid_worker', 'secretary', 'worker']),
  person('多面手', ['grid_worker', 'supervisor'], STREET),
];
const MOVES = Object.keys(wishLifecycle.moves) as WishMoveName[];

interface Step {
  actor: number;
  move: WishMoveName;
  variant: number;
  pick: number;
  hours: number;
  key: string | undefined;
}

/** Steps that get somewhere: half of them a move somebody may make now, half of them anything by anybody. */
const step: fc.Arbitrary<Step & { sensible: boolean }> = fc.record({
  actor: fc.nat(CAST.length - 1),
  move: fc.constantFrom(...MOVES),
  variant: fc.nat(99),
  pick: fc.nat(9_999),
  hours: fc.oneof({ weight: 4, arbitrary: fc.nat(30) }, { weight: 1, arbitrary: fc.integer({ min: 24, max: 400 }) }),
  key: fc.option(fc.constantFrom('k1', 'k2', 'k3'), { nil: undefined }),
  sensible: fc.boolean(),
});

/** Something somebody of the cast may do now; which, `pick` decides. */
function possible(wish: WishDoc, now: Date, pick: number): [Actor, WishMoveName] | undefined {
  const pairs = CAST.flatMap((actor) =>
    (movesFor(wishLifecycle, wish, contextOf(actor, { now })) as WishMoveName[])
      // Ends come by themselves; taken as often as anything else they would end every story at once.
      .filter((name) => pick % 3 === 0 || !['withdraw', 'decline', 'merge', 'refer'].includes(name))
      .map((name): [Actor, WishMoveName] => [actor, name]),
  );
  return pairs[Math.floor(pick / 3) % Math.max(1, pairs.length)];
}

function inputOf(move: WishMoveName, variant: number, now: Date): unknown {
  if (move === 'rate') return { score: (variant % 5) + 1, ...(variant % 7 === 0 && { unhappy: true }) };
  if (move === 'extend') {
    return {
      until: new Date(now.getTime() + (variant % 40) * DAY).toISOString().slice(0, 10),
      reason: `原因${variant}`,
    };
  }
  if (move === 'claim') return variant % 2 === 0 ? { group: '好邻小队' } : {};
  return INPUTS[move];
}

/** Makes the move, or leaves the wish as it was when a named error says so; anything else is a fault. */
function tried(wish: WishDoc, actor: Actor, move: WishMoveName, input: unknown, now: Date, key?: string): WishDoc {
  const offer = move === 'publish' ? { sentinel: { id: sentinel.id, name: sentinel.name } } : {};
  try {
    const ctx = contextOf(actor, { now, facts: { ...FACTS, ...offer }, ...(key !== undefined && { key }) });
    const decision = decide(wishLifecycle, wish, move, input, ctx);
    return decision.kind === 'repeat' ? wish : decision.after;
  } catch (error) {
    expect(error).toBeInstanceOf(HaolinError);
    expect((error as HaolinError).detail).toMatch(/\p{Script=Han}/u);
    return wish;
  }
}

/** Lets the clock do what is due, as the job does, with a check that it is never early, never idle and comes to rest. */
function clockTo(wish: WishDoc, now: Date): WishDoc {
  let current = wish;
  for (let guard = 0; current.nextAt && current.nextAt <= now; guard += 1) {
    expect(guard, `the clock does not come to rest: ${JSON.stringify(dueMoves(current, now, calendar))}`).toBeLessThan(
      12,
    );
    const early = new Date(current.nextAt.getTime() - 1);
    expect(dueMoves(current, early, calendar)).toEqual([]);
    const [due] = dueMoves(current, now, calendar);
    if (!due) throw new Error('nextAt has come and nothing is due');
    const next = tried(current, clockwork, due.move, due.input, now);
    expect(next.version, `${due.move} is due and was refused`).toBe(current.version + 1);
    holds(current, next);
    current = next;
  }
  expect(dueMoves(current, now, calendar)).toEqual([]);
  return current;
}

/** The people of the cast a message is for: as the register knows it, those who hold the post here or next above. */
function peopleOf(to: Recipient): string[] {
  if ('person' in to) return [to.person];
  if ('people' in to) return [...to.people];
  if ('living' in to)
    return CAST.flatMap(({ id, areas }) => (areas.includes(to.living) && id !== to.except ? [id] : []));
  const holding = (area: string) =>
    CAST.filter(({ roles }) => roles.some((grant) => grant.role === to.role && grant.area === area));
  const here = lineage(to.area).findLast((area) => holding(area).length > 0);
  return here === undefined ? [] : holding(here).flatMap(({ id }) => (id === to.except ? [] : [id]));
}

/** Everybody a move is to be told to hears of it once, whoever made it never, and no other move's message stands in the way. */
function toldRightly(before: WishDoc, after: WishDoc): void {
  const told = after.outbox.map((entry) => ({ entry, people: peopleOf(entry.to) }));
  const fresh = told.slice(before.outbox.length);
  const heard = onceEach(fresh).map(({ person: one }) => one);
  expect(new Set(heard).size).toBe(heard.length);
  expect(new Set(heard)).toEqual(new Set(fresh.flatMap(({ people }) => people)));
  expect(heard).not.toContain(after.history.at(-1)?.by.id);
  expect(onceEach(told)).toHaveLength(onceEach(told.slice(0, before.outbox.length)).length + heard.length);
}

/** What a message asks its reader for: while it holds, that can be done. */
const ASKED_FOR: Partial<Record<string, WishMoveName>> = {
  'wish.toPublish': 'publish',
  'wish.toPublishUrgent': 'publish',
  'wish.publishSoon': 'publish',
  'wish.offered': 'claim',
  'wish.open': 'claim',
  'wish.assigned': 'contact',
  'wish.contactSoon': 'contact',
  'wish.done': 'rate',
  'wish.partial': 'rate',
  'wish.askRating': 'rate',
  'wish.askPartial': 'rate',
  'wish.partialUnanswered': 'conclude',
};

/** Messages of stories that seldom come about; `holds.test.ts` tells them. */
const RARE = [
  'wish.toPublishUrgent',
  'wish.askPartial',
  'wish.follow',
  'wish.followEnded',
  'wish.unhappyAgain',
  'wish.extendedTwice',
  'wish.left',
];

/** Messages that tell what happened and nothing that could be over. */
const EVENTS = [
  'wish.closed',
  'wish.closedHelper',
  'wish.concluded',
  'wish.declined',
  'wish.lapsedBack',
  'wish.merged',
  'wish.partialNotice',
  'wish.rated',
  'wish.reclaimed',
  'wish.releasedBack',
  'wish.unhappy',
  'wish.withdrawn',
];

/** Which of a wish's messages, told whenever, still hold for whom, by the wish as it is now. */
function stillHeld(
  wish: WishDoc,
  now: Date,
  entries = wish.outbox,
): [message: string, reader: Actor, holds: boolean][] {
  return entries.flatMap(({ to, message, data }) =>
    peopleOf(to).flatMap((id) => {
      const reader = CAST.find((actor) => actor.id === id);
      const { holds: ask } = wishes.messages[message] ?? {};
      return reader ? [[message, reader, ask?.(wish, { to: id, data, now }) ?? true] as const] : [];
    }),
  ) as [string, Actor, boolean][];
}

/** What is true of every wish after every move. */
function holds(before: WishDoc, after: WishDoc): void {
  const entry = after.history.at(-1);
  const definition = wishLifecycle.moves[entry?.move as WishMoveName];
  expect(Object.keys(WISH_STATES)).toContain(after.state);
  expect(definition.from).toContain(before.state);
  expect(targetsOf(definition)).toContain(after.state);
  expect(after.version).toBe(before.version + 1);
  expect(after.history.map((one) => one.version)).toEqual(after.history.map((_, at) => at + 1));
  expect(after.history).toHaveLength(after.version);
  // The very same entries, not equal ones: nothing that happened is ever written anew.
  expect(before.history.every((one, at) => one === after.history[at])).toBe(true);
  expect(before.outbox.every((one, at) => one === after.outbox[at])).toBe(true);

  const keys = after.outbox.map((message) => message.key);
  expect(new Set(keys).size).toBe(keys.length);
  toldRightly(before, after);
  // What is only just told holds, and asks for nothing that cannot be done.
  const fresh = stillHeld(after, after.updatedAt, after.outbox.slice(before.outbox.length));
  expect(fresh.filter(([, , still]) => !still)).toEqual([]);

  const stranger = person('好心人', ['worker']);
  const afterOffer = after.offerUntil ?? after.updatedAt;
  const claimable = movesFor(wishLifecycle, after, contextOf(stranger, { now: afterOffer })).includes('claim');
  expect(after.column === 'open').toBe(claimable);
  expect(after.helpers).toEqual(
    after.claimant ? [after.claimant.id, ...(after.group?.members ?? []).map((one) => one.id)] : [],
  );
  expect(new Set(after.helpers).size).toBe(after.helpers.length);
  if (after.state === 'claimed') expect(after.claimant).toBeDefined();
  if (['submitted', 'published', 'referred'].includes(after.state)) expect(after.claimant).toBeUndefined();
  if (after.state !== 'published') expect(after.offeredTo).toBeUndefined();
  expect(after.extensions.length).toBeLessThanOrEqual(2);
  const awaited = ['waiting', 'open', 'helping'].includes(after.column) && after.state !== 'referred';
  // What was left undone is late once nobody has answered, and does not close by itself.
  const unanswered = after.state === 'partial' && ['secretary', 'street'].includes(after.warned.rate?.step ?? '');
  expect(after.dueAt !== undefined).toBe(awaited || unanswered);
  expect(after.rank).toBe(after.column === 'open' ? after.priority * 1e13 + after.postedAt.getTime() : undefined);
  if (before.contactedAt && entry?.move === 'contact') expect(after.contactedAt).toEqual(before.contactedAt);
  if (entry?.move === 'autoClose') expect(before.state).toBe('done');
  if (after.column === 'over' && after.state !== 'merged') expect(after.nextAt).toBeUndefined();
  if (before.publishedAt) expect([after.publishedAt, after.postedAt]).toEqual([before.publishedAt, before.publishedAt]);
  expect(after.priority).toBe(entry?.move === 'publish' ? after.priority : before.priority);
}

describe('whatever anybody tries, in whatever order', () => {
  it('stays in the table, keeps its history, skips no version and tells nobody twice', () => {
    const reached = new Set<string>();
    const made = new Set<string>();
    /** Messages that were told, and those of them that were over at some later moment. */
    const told = new Set<string>();
    const over = new Set<string>();
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 32 }), (steps) => {
        let now = NOW;
        let wish = submitted({ for: { person: granny.id } }, daughter, {
          subject: { id: granny.id, name: granny.name, cared: true },
        });
        for (const { actor: at, move, variant, pick, hours, key, sensible } of steps) {
          now = new Date(now.getTime() + hours * HOUR);
          wish = clockTo(wish, now);
          const [actor, chosen] = (sensible && possible(wish, now, pick)) || [CAST[at] ?? granny, move];
          const next = tried(wish, actor, chosen, inputOf(chosen, variant, now), now, key);
          if (next !== wish) {
            holds(wish, next);
            made.add(chosen);
          }
          wish = next;
          reached.add(wish.state);
          for (const [message, reader, still] of stillHeld(wish, now)) {
            told.add(message);
            if (!still) over.add(message);
            const asked = still ? ASKED_FOR[message] : undefined;
            const able = asked && movesFor(wishLifecycle, wish, contextOf(reader, { now })).includes(asked);
            if (asked)
              expect([message, reader.name, wish.state, able]).toEqual([message, reader.name, wish.state, true]);
          }
        }
        for (const entry of wish.history) made.add(entry.move);
      }),
      { numRuns: 400, seed: 20_260_309 },
    );
    // The property says nothing about what was never reached.
    expect([...reached].sort()).toEqual(Object.keys(WISH_STATES).sort());
    expect([...made].sort()).toEqual([...MOVES, 'submit'].sort());
    expect(RARE).toEqual(expect.arrayContaining(Object.keys(wishes.messages).filter((message) => !told.has(message))));
    // All that is ever over was seen to be; the rest tells what happened, which stays true.
    expect([...EVENTS, ...RARE]).toEqual(expect.arrayContaining([...told].filter((message) => !over.has(message))));
    expect(EVENTS.filter((message) => over.has(message))).toEqual([]);
  }, 120_000);

  it('comes to an end by itself when nobody does anything any more', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        let now = NOW;
        let wish = submitted();
        for (const { variant, pick } of steps) {
          const [who, chosen] = possible(wish, now, pick) ?? [];
          if (who && chosen) wish = tried(wish, who, chosen, inputOf(chosen, variant, now), now);
        }
        const version = wish.version;
        for (let jumps = 0; wish.nextAt; jumps += 1) {
          expect(jumps).toBeLessThan(30);
          if (wish.nextAt > now) now = wish.nextAt;
          wish = clockTo(wish, now);
        }
        expect(wish.version - version).toBeLessThan(20);
      }),
      { numRuns: 300, seed: 7 },
    );
  }, 120_000);
});
