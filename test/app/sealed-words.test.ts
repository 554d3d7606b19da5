/** No number that says who somebody is lies readable in the store, in whatever field of whatever form it was written. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ZodType } from 'zod';
import type { Actor } from '../../src/core/ability.ts';
import { HaolinError, wrongState } from '../../src/core/errors.ts';
import type { Upgrade } from '../../src/core/feature.ts';
import type { House } from '../../src/core/house.ts';
import { type Aggregate, decide, draft, type Lifecycle, type MoveContext } from '../../src/core/lifecycle.ts';
import { openWords, sealWords, type Written, wholeWords } from '../../src/core/sealed-words.ts';
import { openVault } from '../../src/core/vault.ts';
import { handoffLifecycle } from '../../src/features/handoffs/lifecycle.ts';
import { HANDOFF_STATES } from '../../src/features/handoffs/model.ts';
import { numbers as handoffNumbers } from '../../src/features/handoffs/upgrades.ts';
import { incidentLifecycle } from '../../src/features/incidents/lifecycle.ts';
import { INCIDENT_STATES } from '../../src/features/incidents/model.ts';
import { numbers as incidentNumbers } from '../../src/features/incidents/upgrades.ts';
import { type TopicMoveName, topicLifecycle } from '../../src/features/topics/lifecycle.ts';
import { TOPIC_STATES, type TopicState } from '../../src/features/topics/model.ts';
import { numbers as topicNumbers } from '../../src/features/topics/upgrades.ts';
import { visitLifecycle } from '../../src/features/visits/lifecycle.ts';
import { numbers as visitNumbers } from '../../src/features/visits/upgrades.ts';
import { wishLifecycle } from '../../src/features/wishes/lifecycle.ts';
import { WISH_STATES } from '../../src/features/wishes/model.ts';
import { numbers as wishNumbers } from '../../src/features/wishes/upgrades.ts';
import { digits } from '../support/digits.ts';
import { filled, oddly, readable } from '../support/filled-forms.ts';
import { handoffContext, handoffIn } from '../support/handoff-matrix.ts';
import * as ofIncidents from '../support/incidents.ts';
import { factsOf, moved, TOPIC_INPUTS, timeOf, topicContext, topicIn } from '../support/topic-matrix.ts';
import { visitContext, visitIn, visitor } from '../support/visit-matrix.ts';
import * as ofWishes from '../support/wishes.ts';

const vault = openVault(Buffer.alloc(32, 7));
const { granny, daughter, gridWorker, li, secretary, sentinel, sun, supervisor, zhao } = ofWishes;
const PEOPLE = [
  granny,
  daughter,
  sentinel,
  li,
  zhao,
  sun,
  gridWorker,
  secretary,
  supervisor,
  ofIncidents.lead,
  visitor,
];

type Context = MoveContext<never>;
type AnyLifecycle = Lifecycle<Aggregate, string, never>;

interface Kind {
  lifecycle: AnyLifecycle;
  upgrade: Upgrade;
  start: string;
  first: Record<string, unknown>;
  docs: Aggregate[];
  inputs: Partial<Record<string, unknown>>;
  context(actor: Actor, move: string): Context;
}

const keysOf = <K extends string>(of: Record<K, unknown>): K[] => Object.keys(of) as K[];
const kind = (given: Omit<Kind, 'lifecycle' | 'context'> & { lifecycle: unknown; context: unknown }): Kind =>
  given as Kind;

const objected = moved(topicIn('publicised'), 'object', ofWishes.person('邻居乙'));
const answering = {
  ...(TOPIC_INPUTS.answerObjection as object),
  objection: (objected.objections ?? [])[0]?.id,
};
const done = moved(topicIn('executing'), 'itemDone', li);

const KINDS: Kind[] = [
  kind({
    lifecycle: wishLifecycle,
    upgrade: wishNumbers,
    start: 'submit',
    first: { ...ofWishes.SUBMIT, for: { name: '楼上奶奶' } },
    docs: keysOf(WISH_STATES).map(ofWishes.wishIn),
    inputs: ofWishes.INPUTS,
    context: (actor: Actor) =>
      ofWishes.contextOf(actor, { facts: { ...ofWishes.FACTS, place: ofWishes.PLACE } as never }),
  }),
  kind({
    lifecycle: incidentLifecycle,
    upgrade: incidentNumbers,
    start: 'report',
    first: { ...ofIncidents.REPORT, for: { name: '楼上奶奶' } },
    docs: keysOf(INCIDENT_STATES).map(ofIncidents.incidentIn),
    inputs: { ...ofIncidents.INCIDENT_INPUTS, assist: { unit: '供电所', words: '请来看线路' } },
    context: (actor: Actor) =>
      ofIncidents.contextOf(actor, { facts: { ...ofIncidents.INCIDENT_FACTS, place: ofIncidents.PLACE } }),
  }),
  kind({
    lifecycle: handoffLifecycle,
    upgrade: handoffNumbers,
    start: 'open',
    first: { text: '电话打不通' },
    docs: keysOf(HANDOFF_STATES).map(handoffIn),
    inputs: { add: { text: '还有' }, answer: { text: '马上来' }, close: { reason: '办好了' } },
    context: handoffContext,
  }),
  kind({
    lifecycle: visitLifecycle,
    upgrade: visitNumbers,
    start: 'log',
    first: { households: 2, place: '楼道' },
    docs: [visitIn('logged')],
    inputs: {
      correct: { place: '楼上', reason: '写错了' },
      void: { reason: '记错了' },
      check: { agreed: false, words: '没有去' },
    },
    context: visitContext,
  }),
  kind({
    lifecycle: topicLifecycle,
    upgrade: topicNumbers,
    start: 'propose',
    first: { text: '楼下想装几盏路灯' },
    docs: [...(keysOf(TOPIC_STATES) as TopicState[]).map(topicIn), objected, done, moved(done, 'finish', li)],
    inputs: { ...TOPIC_INPUTS, answerObjection: answering },
    context: (actor: Actor, move: string) =>
      topicContext(actor, {
        ...(move !== 'propose' && { now: timeOf(move as TopicMoveName), facts: factsOf(move) }),
      }),
  }),
];

/** What was written is there whole; the unseen in it went when it was read. */
function isAllOf(written: Written, texts: readonly string[], number: string): void {
  expect(Object.values(written)).toHaveLength(texts.length);
  expect(Object.values(written).filter((text) => !digits(text).includes(number))).toEqual([]);
}

/** A document as an upgrade leaves it; undefined when it changes nothing. */
async function upgraded(upgrade: Upgrade, doc: Aggregate): Promise<Aggregate | undefined> {
  let after: Aggregate | undefined;
  const collection = {
    updateOne: async (_which: object, { $set, $push }: { $set: object; $push: { sealedWords: { $each: [] } } }) => {
      after = { ...doc, ...$set, sealedWords: $push.sealedWords.$each };
      return { matchedCount: 1 };
    },
  };
  const changed = await upgrade.one(doc, { vault, model: () => ({ collection }) } as unknown as House);
  expect(changed).toBe(after !== undefined);
  return after;
}

/** A document and somebody who may do this to it. */
function whoMay(docs: readonly Aggregate[], does: (doc: Aggregate, actor: Actor) => unknown): [Aggregate, Actor] {
  for (const doc of docs) {
    for (const actor of PEOPLE) {
      try {
        does(doc, actor);
        return [doc, actor];
      } catch (error) {
        if (!(error instanceof HaolinError)) throw error;
      }
    }
  }
  throw new Error('nobody may do it to any');
}

const sealing = { sealing: true, keyed: vault.fingerprint } as const;

describe.each(KINDS)('$lifecycle.name', ({ lifecycle, upgrade, start, first, docs, inputs, context }) => {
  const beginsAs = (input: unknown) =>
    draft(lifecycle, start, input, { ...context(daughter, start), ...sealing }, 'a'.repeat(24));

  it('begins without a readable number', () => {
    fc.assert(
      fc.property(oddly, ({ number, odd }) => {
        const { input, texts } = filled(lifecycle.start[start]?.input as ZodType, first, number, odd);
        const starter = lifecycle.name === 'visit' ? visitor : daughter;
        const drafted = draft(lifecycle, start, input, { ...context(starter, start), ...sealing }, 'a'.repeat(24));
        const { document, written = {} } = drafted;
        expect(readable([document, drafted.outboxOf(document)], number)).toEqual([]);
        isAllOf(written, texts, number);
      }),
      { numRuns: 40 },
    );
  });

  const moves = Object.entries(lifecycle.moves).filter(
    ([name, { by, input }]) =>
      by !== 'system' && name in inputs && filled(input, inputs[name], '1', '1').texts.length > 0,
  );
  it.each(moves)('%s leaves no readable number', (move, { input: schema }) => {
    const made = (doc: Aggregate, actor: Actor, input: unknown) => {
      const decision = decide(lifecycle, doc, move, input, { ...context(actor, move), ...sealing });
      if (decision.kind === 'repeat') throw wrongState('');
      return decision;
    };
    const [doc, actor] = whoMay(docs, (one, who) => made(one, who, inputs[move]));
    fc.assert(
      fc.property(oddly, ({ number, odd }) => {
        const { input, texts } = filled(schema, inputs[move], number, odd);
        const { before, after, set, entry, outbox, written = {} } = made(doc, actor, input);
        const known = readable(before, number);
        expect(readable([set, entry, outbox], number).filter((text) => !known.includes(text))).toEqual([]);
        // Of what everybody reads (of topics) not even that is kept.
        if (lifecycle.name !== 'topic') isAllOf(written, texts, number);
        if (Object.keys(written).length === 0) return;
        expect(after.outbox).toEqual([...before.outbox, ...outbox]);
        const kept = { ...after, sealedWords: [sealWords(vault, lifecycle.name, after, written)] };
        expect(openWords(vault, lifecycle.name, kept).map(({ text }) => text)).toEqual(Object.values(written));
      }),
      { numRuns: 10 },
    );
  });

  it.each(moves)('%s from before is upgraded once, every text whole', async (move, { input: schema }) => {
    const made = (doc: Aggregate, actor: Actor, input: unknown) => {
      const ctx = context(actor, move);
      // Not in the same moment as what was before.
      const decision = decide(lifecycle, doc, move, input, { ...ctx, now: new Date(ctx.now.getTime() + 1) });
      if (decision.kind === 'repeat') throw wrongState('');
      return decision.after;
    };
    const [doc, actor] = whoMay(docs, (one, who) => made(one, who, inputs[move]));
    const number = '13912345678';
    const { input } = filled(schema, inputs[move], number, number);
    const { outbox: _outbox, ...old } = made(doc, actor, input);
    const was = { ...old, outbox: [] };
    const said = readable(was, number);
    const after = await upgraded(upgrade, was);
    if (said.length === 0) return;
    if (!after) throw new Error('it was not upgraded');
    expect(readable(after, number)).toEqual([]);
    const whole = openWords(vault, lifecycle.name, after);
    expect(new Set(whole.map(({ text }) => text).filter((text) => text.includes(number)))).toEqual(new Set(said));
    for (const { text, entry } of whole) if (text.includes(number)) expect([text, entry.move]).toEqual([text, move]);
    expect(await upgraded(upgrade, after)).toBeUndefined();
  });

  it.runIf(lifecycle.name !== 'visit')('is whole again for whom it is, and for nobody else', () => {
    const text = '请打13912345678找我';
    const { document, written = {} } = beginsAs({ ...first, text });
    const doc = { ...document, sealedWords: [sealWords(vault, lifecycle.name, document, written)] };
    const shown = (may: boolean) =>
      wholeWords(vault, lifecycle.name, doc, () => may)('请打139****5678找我', doc.createdAt);
    expect([shown(true), shown(false)]).toEqual([text, '请打139****5678找我']);
    const swapped = { ...doc, _id: 'b'.repeat(24) };
    expect(() => openWords(vault, lifecycle.name, swapped)).toThrow('sealed_unreadable');
  });
});

it('of two numbers that look alike masked each is told where it was written', () => {
  const at = [new Date('2026-03-09T02:00:00Z'), new Date('2026-03-09T03:00:00Z')] as const;
  const texts = ['打13912345678', '打13999995678'];
  const by = { id: granny.id, name: granny.name };
  const history = at.map((when, nth) => ({ version: nth + 1, move: 'add', from: null, to: 'x', at: when, by }));
  const doc = { _id: 'a'.repeat(24), history: history as never };
  const sealedWords = texts.map((text, nth) => sealWords(vault, 'wish', { ...doc, version: nth + 1 }, { text }));
  const whole = wholeWords(vault, 'wish', { ...doc, sealedWords }, () => true);
  expect(at.map((when) => whole('打139****5678', when))).toEqual(texts);
});
