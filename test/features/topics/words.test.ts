/** Whatever is written with whichever move: no number that says who somebody is goes where neighbours read. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { z } from 'zod';
import type { Actor } from '../../../src/core/ability.ts';
import type { Caller } from '../../../src/core/caller.ts';
import { HaolinError } from '../../../src/core/errors.ts';
import { begin } from '../../../src/core/lifecycle.ts';
import { hidePersonal } from '../../../src/core/personal.ts';
import { openVault } from '../../../src/core/vault.ts';
import { type TopicDoc, type TopicMoveName, topicLifecycle } from '../../../src/features/topics/index.ts';
import { moderationInput } from '../../../src/features/topics/meeting/inputs.ts';
import { minutesInput } from '../../../src/features/topics/meeting/minutes.ts';
import { calendarText } from '../../../src/features/topics/papers/ics.ts';
import { cellsOf } from '../../../src/features/topics/papers/ledger.ts';
import { topicPage } from '../../../src/features/topics/papers/page.ts';
import { publicOf } from '../../../src/features/topics/papers/public.ts';
import { postedWords } from '../../../src/features/topics/posted.ts';
import { lineOf, viewOf } from '../../../src/features/topics/views.ts';
import { moved, TOPIC_INPUTS, topicContext, topicIn } from '../../support/topic-matrix.ts';
import { calendar, granny, idOf, li, NOW, person, secretary } from '../../support/wishes.ts';

const NUMBERS = ['13987654321', '520201194803071232', 'QQ 87654321', '贵B54321', '0851-87654321', 'b.c@d.cn'];
const LEAKED = /13987654321|520201194803071232|87654321|B54321|b\.c@/u;
const neighbour = person('邻居甲');
const objector = person('邻居乙');

/** What may be given besides what the matrix gives. */
const MORE: Partial<Record<TopicMoveName, object>> = {
  withdraw: { reason: '不想办了' },
  accept: { posted: { title: '装路灯', text: '楼下装路灯' } },
  askMerge: { note: '是一件事' },
  schedule: { pack: 'courtyard-poll', variant: 'plain' },
  pause: { reason: '喝口水' },
  prepareVote: { variant: 'plain', opensAt: '2026-03-14T04:00:00.000Z' },
  publicise: { days: 6 },
  answerObjection: { shown: true },
  addItem: { as: 'task' },
  review: { words: '亮堂' },
};
const moves = (Object.keys(topicLifecycle.moves) as TopicMoveName[]).filter(
  (move) => topicLifecycle.moves[move].by !== 'system',
);
const inputOf = (move: TopicMoveName): object => ({ ...(TOPIC_INPUTS[move] as object), ...MORE[move] });

/** The same input, each time with something more in one of the words it has. */
function dirtied(value: unknown, more: string): unknown[] {
  if (typeof value === 'string') return [`${value}${more}`];
  if (Array.isArray(value)) return value.flatMap((one, at) => dirtied(one, more).map((other) => value.with(at, other)));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) =>
    dirtied(one, more).map((other) => ({ ...value, [name]: other })),
  );
}

/** Topics a move can be made on: as the matrix has them, and those it has not. */
const objected = () => moved(topicIn('publicised'), 'object', objector);
const done = () => moved(topicIn('executing'), 'itemDone', li);
const judging = () => moved(done(), 'finish', li);
const topicsFor = (move: TopicMoveName): TopicDoc[] => [
  ...topicLifecycle.moves[move].from.map(topicIn),
  ...(move === 'answerObjection' ? [objected()] : []),
  ...(move === 'finish' ? [done()] : []),
  ...(move === 'review' ? [judging()] : []),
];

/** The topic after whoever may make the move made it; undefined when nobody may. */
function made(topic: TopicDoc, move: TopicMoveName, input: unknown): TopicDoc | undefined {
  for (const actor of [secretary, li, granny, objector, neighbour]) {
    try {
      return moved(topic, move, actor, input);
    } catch (error) {
      if (!(error instanceof HaolinError)) throw error;
    }
  }
  return undefined;
}

const vault = openVault(Buffer.alloc(32, 7));
const house = { calendar, vault, settings: { demo: false, folder: '', baseUrl: '' } };
const callerOf = (actor: Actor): Caller => ({ actor, ability: topicContext(actor).ability, now: NOW });

/** All that leaves the house of a topic, to anybody but its author and the community. */
async function read(topic: TopicDoc): Promise<string> {
  const shown = publicOf(topic, { meetings: [], common: [], names: [] }, NOW);
  return JSON.stringify([
    [neighbour, li].map((who) => [viewOf(house, callerOf(who), topic), lineOf(house, callerOf(who), topic)]),
    topic.outbox.filter(({ to }) => !('person' in to && to.person === granny.id)).map(({ data }) => data),
    shown,
    topicPage(shown, NOW).body.text,
    cellsOf({ topic, now: NOW, heads: new Map() }),
    topic.meeting ? await calendarText(topic, topic.meeting) : '',
  ]);
}

it('every field of every move is tried, also those that may be left out', () => {
  for (const move of moves) {
    const { shape } = topicLifecycle.moves[move].input as unknown as z.ZodObject;
    expect(Object.keys(inputOf(move)).sort(), move).toEqual(Object.keys(shape).sort());
  }
});

it('what is written with a move is read without numbers, in the house and outside, now and after what follows', async () => {
  const tried = new Set<string>();
  for (const number of NUMBERS) {
    for (const move of moves) {
      for (const input of dirtied(inputOf(move), number)) {
        if (!topicLifecycle.moves[move].input.safeParse(input).success) continue;
        const all = topicsFor(move).flatMap((topic) => made(topic, move, input) ?? []);
        expect(all.length, `${move} ${JSON.stringify(input)}`).toBeGreaterThan(0);
        tried.add(move);
        const answered = move === 'object' ? all.map((topic) => moved(topic, 'answerObjection', secretary)) : [];
        for (const topic of [...all, ...answered]) expect(await read(topic), move).not.toMatch(LEAKED);
      }
    }
    for (const input of dirtied({ text: '楼下想装几盏路灯', title: '装路灯' }, number)) {
      const topic = begin(topicLifecycle, 'propose', input, topicContext(granny), idOf('topic'), 5);
      const accepted = moved(topic, 'accept', secretary);
      for (const one of [topic, accepted, moved(accepted, 'schedule', li)]) expect(await read(one)).not.toMatch(LEAKED);
    }
  }
  // Words go with these moves, and with no others.
  expect([...tried].sort()).toEqual(
    [
      'accept addItem adjourn agree answerObjection askMerge callOff decline dropItem dropVote extendItem finish',
      'itemDone object passItem pause prepareVote publicise review schedule shelve withdraw',
    ].flatMap((line) => line.split(' ')),
  );
});

it('so is what is written beside it: the minutes, and why something said is not shown', () => {
  const minutes = { version: 0, points: [{ agenda: '灯', words: '装' }], conclusion: '装', recorder: '李敏' };
  for (const [schema, whole] of [
    [minutesInput, minutes],
    [moderationInput, { visible: false, reason: '请就事论事' }],
  ] as const) {
    for (const number of NUMBERS) {
      const all = dirtied(whole, number).map((input) => schema.safeParse(input));
      expect(all.every(({ success }) => success)).toBe(true);
      expect(JSON.stringify(all)).not.toMatch(LEAKED);
    }
  }
});

it('hiding a number again changes nothing', () => {
  const part = fc.constantFrom('找', '电话', '微信', '，', ' ', '。', 'a', ...NUMBERS);
  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
      const once = postedWords(parts.join(''));
      expect(postedWords(once)).toBe(once);
      expect(hidePersonal(once, () => 'LEAKED')).not.toContain('LEAKED');
    }),
    { numRuns: 40 },
  );
});

it('who takes part in judging is written down when they are asked, each once', () => {
  const executed = done();
  const facts = { attended: [objector.id, granny.id] };
  const { reviewing } = moved(executed, 'finish', li, { summary: '亮了' }, { facts });
  expect(reviewing?.people).toEqual([...new Set([granny.id, ...executed.supporters, objector.id])]);
  const asked = { ...executed, reviewing };
  expect(moved(asked as TopicDoc, 'review', objector).reviews).toHaveLength(1);
  expect(() => moved(asked as TopicDoc, 'review', neighbour)).toThrow(
    expect.objectContaining({ code: 'not_participant', status: 403 }),
  );
  // Also when they live elsewhere.
  const away = { ...objector, areas: [] };
  expect(moved(asked as TopicDoc, 'review', away).reviews).toHaveLength(1);
});

it('what they think is said when nobody can add to it, and of three at least', () => {
  const scores = fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 6 });
  fc.assert(
    fc.property(scores, (given) => {
      const reviews = given.map((score, at) => ({ by: idOf(`r${at}`), score, words: `w${at}`, at: NOW }));
      const topic = { ...judging(), reviews };
      const until = topic.reviewing?.until ?? NOW;
      for (const who of [secretary, li, neighbour]) {
        const before = viewOf(house, { ...callerOf(who), now: new Date(until.getTime() - 1) }, topic).reviews;
        expect(before).toEqual({ count: given.length });
        const after = viewOf(house, { ...callerOf(who), now: until }, topic).reviews;
        expect(after.average !== undefined).toBe(given.length >= 3);
        expect(after.words !== undefined).toBe(given.length >= 3 && who === secretary);
      }
    }),
    { numRuns: 30 },
  );
});

it('an objection that is not to be shown is read by who made it and the community alone, also when it is answered', () => {
  const before = objected();
  const input = { ...inputOf('answerObjection'), objection: before.objections?.[0]?.id, shown: false };
  const hidden = moved(before, 'answerObjection', secretary, input);
  const seen = (who: Actor, topic: TopicDoc) => {
    const { objections, objectionCount } = viewOf(house, callerOf(who), topic);
    return [objectionCount, ...objections.map(({ standing, by }) => `${standing} ${by ?? ''}`)];
  };
  expect([neighbour, li, objector, secretary].map((who) => seen(who, before))).toEqual([
    [1],
    [1, 'waiting '],
    [1, 'waiting '],
    [1, `waiting ${objector.name}`],
  ]);
  expect([neighbour, li, objector, secretary].map((who) => seen(who, hidden))).toEqual([
    [1],
    [1],
    [1, 'hidden '],
    [1, `hidden ${objector.name}`],
  ]);
});
