import { calculateObjectSize } from 'bson';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HaolinError } from '../../../src/core/errors.ts';
import { begin, decide, movesFor } from '../../../src/core/lifecycle.ts';
import { nameOf } from '../../../src/core/outbox.ts';
import { addDays, atCivil, type Day, HOUR, weekdayOf } from '../../../src/core/time.ts';
import { answersDue, awaitsAnswers, type ClockMove, dueMoves, stateAt } from '../../../src/features/topics/clock.ts';
import { TOPIC_STATES, type TopicDoc, type TopicMoveName, topicLifecycle } from '../../../src/features/topics/index.ts';
import {
  moved,
  TOPIC_FACTS,
  TOPIC_INPUTS,
  timeOf,
  topicContext,
  topicIn,
  topicMatrix,
} from '../../support/topic-matrix.ts';
import { calendar, granny, idOf, li, person, secretary } from '../../support/wishes.ts';

const told = ({ outbox }: TopicDoc, from = 0) =>
  outbox.slice(from).map(({ message, to }) => `${message} → ${nameOf(to)}`);
const neighbour = person('邻居甲');

describe('a topic', () => {
  it('takes its first sentence for a title, and shows neighbours no number that says who somebody is', () => {
    const topic = topicIn('proposed');
    expect([topic.title, topic.state, topic.number]).toEqual(['楼下想装几盏路灯，晚上看不见', 'proposed', 5]);
    expect(topic.posted.text).not.toContain('13812345678');
    expect(topic.text).toContain('13812345678');
  });

  it('needs its neighbours: enough of them bring it before the community, each counted once, its proposer never', () => {
    const topic = topicIn('proposed');
    expect(() => moved(topic, 'second', granny)).toThrow(expect.objectContaining({ code: 'own_topic' }));
    const once = moved(topic, 'second', neighbour);
    expect([once.state, once.supporters.length]).toEqual(['proposed', 1]);
    expect(moved(once, 'unsecond', neighbour).supporters).toEqual([]);
    const enough = moved(once, 'second', person('邻居乙'));
    expect(enough.state).toBe('seconded');
    expect(told(enough, topic.outbox.length)).toEqual([
      `topic.enough → ${granny.id}`,
      `topic.toModerate → secretary@${topic.community}`,
    ]);
    expect(() => moved(enough, 'unsecond', neighbour)).toThrow(expect.objectContaining({ code: 'wrong_state' }));
  });

  it('tells proposer and supporters what became of it, and why', () => {
    const declined = moved(topicIn('seconded'), 'decline', secretary, { reason: '不归社区管' });
    const last = told(declined).slice(-3);
    expect(last).toEqual([granny.id, idOf('附甲'), idOf('附乙')].map((one) => `topic.declined → ${one}`));
  });

  it('rests, and goes on where it was', () => {
    const accepted = topicIn('accepted');
    const resting = moved(accepted, 'shelve', secretary, { reason: '等规划' });
    expect(moved(resting, 'resume', secretary)).toMatchObject({ state: 'accepted' });
    const early = moved(topicIn('seconded'), 'shelve', secretary, { reason: '等规划' });
    expect(moved(early, 'resume', secretary)).toMatchObject({ state: 'seconded' });
  });

  it('is merged only when its proposer agrees, into an older one', () => {
    const topic = topicIn('seconded');
    expect(() => moved(topic, 'agreeMerge', granny)).toThrow(expect.objectContaining({ code: 'nothing_asked' }));
    const asked = moved(topic, 'askMerge', secretary);
    expect(told(asked).at(-1)).toBe(`topic.mergeAsked → ${granny.id}`);
    expect(moved(asked, 'refuseMerge', granny)).toMatchObject({ state: 'seconded' });
    const merged = moved(asked, 'agreeMerge', granny);
    expect(merged).toMatchObject({ state: 'merged', mergedInto: { number: 1 } });
    expect(told(merged).slice(-2)).toEqual([idOf('附甲'), idOf('附乙')].map((one) => `topic.merged → ${one}`));
    const later = topicContext(secretary, {
      facts: {
        into: { _id: idOf('x'), number: 6, community: topic.community, state: 'proposed', posted: topic.posted },
      },
    });
    expect(() => decide(topicLifecycle, topic, 'askMerge', { into: idOf('x') }, later)).toThrow(
      expect.objectContaining({ code: 'later_number' }),
    );
  });

  it('absorbs supporters once, and itself never', () => {
    const merged = [
      { id: 'a', number: 9, proposer: { id: idOf('附甲'), name: '附甲' }, supporters: [granny.id, idOf('附丙')] },
    ];
    const absorb = (topic: TopicDoc) => {
      const decision = decide(topicLifecycle, topic, 'absorb', { merged }, topicContext(systemActor));
      return decision.kind === 'repeat' ? decision.document : decision.after;
    };
    const once = absorb(topicIn('proposed'));
    expect(once).toMatchObject({ state: 'seconded', supporters: [idOf('附甲'), idOf('附丙')] });
    expect(absorb(once).supporters).toEqual(once.supporters);
    expect(absorb(once).mergedFrom).toHaveLength(1);
  });

  it('lets everybody do what the policy says, and shows exactly those moves as buttons', () => {
    for (const { title, state, move, actor, input, allowed } of topicMatrix()) {
      const topic = topicIn(state);
      const context = topicContext(actor, { now: timeOf(move) });
      let code = '';
      try {
        decide(topicLifecycle, topic, move, input, context);
      } catch (error) {
        if (!(error instanceof HaolinError)) throw error;
        code = error.code;
      }
      expect(code === 'forbidden', title).toBe(!allowed);
      if (movesFor(topicLifecycle, topic, context).includes(move)) expect(code, title).not.toBe('forbidden');
    }
  });

  it('is by the clock what its jobs would make of it', () => {
    const states = ['scheduled', 'voting', 'publicised', 'executing'] as const;
    const reviewing = moved(moved(topicIn('executing'), 'itemDone', li), 'finish', li);
    fc.assert(
      fc.property(
        fc.constantFrom(...states.map(topicIn), reviewing, objected(1), answered(objected(2), 2), topicIn('failed')),
        fc.integer({ min: 0, max: 90 * 24 }),
        (before, hours) => {
          const now = new Date(before.updatedAt.getTime() + hours * HOUR);
          const due = dueMoves(before, now).filter(isOwn);
          const facts = { now, ability: topicContext(systemActor).ability };
          const after = due.reduce(
            (topic, { move, input }) => moved(topic, move as TopicMoveName, systemActor, input, facts),
            before,
          );
          expect(after.state).toBe(stateAt(before, now));
          // Nothing is due twice, and what is not due yet has its moment.
          expect(dueMoves(after, now).filter(isOwn)).toEqual([]);
          expect(after.nextAt === undefined || after.nextAt > now || after.state === 'voting').toBe(true);
        },
      ),
    );
  });

  it('opens a vote however many owners live elsewhere: a document holds no message for each', () => {
    const ids = fc.integer({ min: 0, max: 20_000 });
    const question = '要不要用维修资金大修屋顶？'.repeat(30);
    const topic = topicIn('discussing');
    fc.assert(
      fc.property(ids, (count) => {
        const elsewhere = Array.from({ length: count }, (_, at) => at.toString(16).padStart(24, '0'));
        const prepared = moved(topic, 'prepareVote', secretary, { ...(TOPIC_INPUTS.prepareVote as object), question });
        const open = moved(prepared, 'openVote', secretary, {}, { facts: { ...TOPIC_FACTS, elsewhere } });
        expect(calculateObjectSize(open)).toBeLessThan(4_000_000);
        const heard = open.outbox.flatMap(({ to }) => ('people' in to ? to.people : []));
        expect(heard).toEqual(elsewhere);
      }),
      { numRuns: 5, examples: [[0], [20_000]] },
    );
  });

  it('hangs out until its days are over and everything objected in time is answered, whichever is last', () => {
    const { publicity } = topicIn('publicised');
    if (!publicity) throw new Error('A topic that is publicised has its days');
    const count = fc.integer({ min: 0, max: 4 });
    fc.assert(
      fc.property(count, count, fc.integer({ min: -72, max: 24 * 20 }), (said, told, hours) => {
        const answers = Math.min(said, told);
        const now = new Date(publicity.until.getTime() + hours * HOUR);
        const topic = answered(objected(said), answers, now);
        const isOver = publicity.until <= now && answers === said;
        expect(stateAt(topic, now)).toBe(isOver ? 'executing' : 'publicised');
        expect(awaitsAnswers(topic, now)).toBe(publicity.until <= now && !isOver);
        expect(dueMoves(topic, now).map(({ move }) => move)).toEqual(isOver ? ['endPublicity'] : []);
        const end = () => moved(topic, 'endPublicity', systemActor, {}, { now });
        if (isOver) expect(end().state).toBe('executing');
        else expect(end).toThrow(expect.objectContaining({ code: 'not_due' }));
        const late = () => moved(topic, 'object', person('后来的'), { text: '我也有话要说' }, { now });
        if (publicity.until <= now) expect(late).toThrow(expect.objectContaining({ code: 'publicity_over' }));
        else expect(late().state).toBe('publicised');
      }),
    );
    // Upheld after its days, it is talked over anew, whatever else waits.
    const now = atCivil('2026-04-02', 9);
    const input = { objection: idOf('objection 1'), answer: '确实漏了', upheld: true };
    expect(moved(objected(2), 'answerObjection', secretary, input, { now }).state).toBe('accepted');
  });

  it('when one objection is upheld the others lapse: told so, answered no more, and holding no later result', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.nat(4), fc.nat(4), (said, told, which) => {
        const before = answered(objected(said), Math.min(told, said - 1));
        const waiting = (before.objections ?? []).filter(({ standing }) => standing === 'waiting');
        const upheld = waiting[which % waiting.length];
        const input = { objection: upheld?.id, answer: '确实漏了', upheld: true };
        const anew = moved(before, 'answerObjection', secretary, input, { now: timeOf('object') });
        const others = waiting.filter(({ id }) => id !== upheld?.id);
        const heard = anew.outbox.filter(({ message }) => message === 'topic.objectionLapsed').map(({ to }) => to);
        expect(heard).toEqual(others.length > 0 ? [{ people: others.map(({ by }) => by.id) }] : []);
        expect(anew.objections?.filter(({ standing }) => standing === 'lapsed').map(({ id }) => id)).toEqual(
          others.map(({ id }) => id),
        );
        // The next result, and one whose objections waited since before they lapsed.
        const { publicity } = topicIn('publicised');
        const stuck = { ...topicIn('resolved'), objections: before.objections ?? [] };
        const resolved = { ...topicIn('resolved'), objections: anew.objections ?? [] };
        for (const topic of [stuck, resolved].map((one) => moved(one, 'publicise', secretary))) {
          expect(dueMoves(topic, publicity?.until ?? NEVER).map(({ move }) => move)).toEqual(['endPublicity']);
          for (const { id, by } of others) {
            expect(() => moved(topic, 'answerObjection', secretary, { ...input, objection: id })).toThrow(
              expect.objectContaining({ code: 'objection_lapsed' }),
            );
            const facts = { ...TOPIC_FACTS, id: idOf('new objection') };
            const actor = { ...person('x'), ...by };
            const again = moved(topic, 'object', actor, { text: '新的结果也不行' }, { facts });
            expect(again.objections?.at(-1)?.standing).toBe('waiting');
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it('reminds of objections the workday before its last day, and every workday after it until they are answered', () => {
    // Publicised on Saturday the 21st, it hangs out until Thursday the 26th.
    const days = Array.from({ length: 14 }, (_, at): Day => addDays('2026-03-21', at));
    const due = (topic: TopicDoc) => days.filter((day) => answersDue(topic, day, calendar) !== undefined);
    expect(due(objected(1))).toEqual([
      '2026-03-25',
      ...days.filter((day) => day > '2026-03-26' && weekdayOf(day) <= 5),
    ]);
    expect(due(answered(objected(1), 1))).toEqual([]);
    expect(due(topicIn('publicised'))).toEqual([]);
    expect(answersDue(objected(1), '2026-03-27', calendar)).toBe('overdue');
  });

  describe('what is to be done', () => {
    const item = idOf('added');
    const neighbourId = person('新来办的').id;
    const facts = { ...TOPIC_FACTS, person: { id: neighbourId, name: '新来办的' } };
    const code = (name: string) => expect.objectContaining({ code: name });
    const listed = topicIn('executing');
    const items = ({ items: [one] = [] }: TopicDoc) => one;

    it('is passed on, and both hear of it; what it was before stays with it', () => {
      const passed = moved(
        listed,
        'passItem',
        secretary,
        { item, owner: neighbourId, reason: '他出远门了' },
        { facts },
      );
      expect(items(passed)).toMatchObject({
        owner: { id: neighbourId },
        changes: [{ owner: { id: li.id }, reason: '他出远门了' }],
      });
      expect(told(passed, listed.outbox.length)).toEqual([
        `topic.item → ${neighbourId}`,
        `topic.itemPassed → ${li.id}`,
      ]);
      expect(() => moved(passed, 'passItem', secretary, { item, owner: neighbourId }, { facts })).toThrow(
        code('same_owner'),
      );
      // It is the new one's to report, and no longer the other's.
      const nobody = { facts: TOPIC_FACTS };
      const other = { ...person('旁人'), id: idOf('旁人') };
      expect(() => moved(passed, 'itemDone', other, { item, note: '好了' }, nobody)).toThrow(code('forbidden'));
      expect(items(moved(passed, 'itemDone', person('新来办的'), { item, note: '好了' }))?.done).toBeDefined();
    });

    it('gets more time, never less, and is reminded of and late by the new day', () => {
      const lateBefore = moved(moved(listed, 'itemDue', systemActor), 'itemLate', systemActor);
      const now = atCivil('2026-05-03', 9);
      const extend = (deadline: string) =>
        moved(lateBefore, 'extendItem', li, { item, deadline, reason: '灯还没到货' }, { now });
      expect(() => extend('2026-05-01')).toThrow(code('no_longer'));
      expect(() => extend('2026-05-02')).toThrow(code('deadline_past'));
      for (const day of ['2027-05-05', '2099-12-31']) expect(() => extend(day)).toThrow(code('deadline_far'));
      expect(items(extend('2027-05-04'))?.deadline).toBe('2027-05-04');
      const longer = extend('2026-05-10');
      expect(items(longer)).toMatchObject({ deadline: '2026-05-10', changes: [{ deadline: '2026-05-01' }] });
      const due = (at: Date) => dueMoves(longer, at).map(({ move }) => move);
      expect(due(now)).toEqual([]);
      expect(due(atCivil('2026-05-10', 9))).toEqual(['itemDue']);
      expect(due(atCivil('2026-05-11'))).toEqual(['itemDue', 'itemLate']);
    });

    it('is heard of on its day by whoever does it, and when it is late by those who lead, too, once', () => {
      const due = moved(listed, 'itemDue', systemActor);
      expect(told(due, listed.outbox.length)).toEqual([`topic.itemDue → ${li.id}`]);
      const passed = moved(listed, 'passItem', secretary, { item, owner: neighbourId }, { facts });
      const late = moved(passed, 'itemLate', systemActor);
      expect(told(late, passed.outbox.length)).toEqual([
        `topic.itemLate → ${neighbourId}`,
        `topic.itemLate → secretary@${listed.community}`,
        `topic.itemLate → ${li.id}`,
      ]);
      expect(() => moved(late, 'itemLate', systemActor)).toThrow(code('not_due'));
      // When the house slept over its day, nobody is told that it is today.
      const slept = moved(listed, 'itemDue', systemActor, { item }, { now: atCivil('2026-05-02', 9) });
      expect(told(slept, listed.outbox.length)).toEqual([]);
    });

    it('keeps the topic from being finished until it is done or given up', () => {
      expect(() => moved(listed, 'finish', li)).toThrow(code('items_left'));
      const dropped = moved(listed, 'dropItem', secretary, { item, reason: '物业已经装了' });
      expect(told(dropped, listed.outbox.length).slice(0, 2)).toEqual([
        `topic.itemGivenUp → ${li.id}`,
        `topic.itemGivenUp → ${granny.id}`,
      ]);
      for (const move of ['passItem', 'extendItem', 'dropItem'] as const)
        expect(() => moved(dropped, move, secretary)).toThrow(code('nothing_to_do'));
      expect(() => moved(dropped, 'itemDone', li)).toThrow(code('item_dropped'));
      expect(
        dueMoves(dropped, atCivil('2026-06-01'))
          .filter(isOwn)
          .map(({ move }) => move),
      ).not.toContain('itemLate');
      expect(moved(dropped, 'finish', li).reviewing).toBeDefined();
    });
  });

  it('whatever is tried in whatever order, counts versions without a gap and nobody twice', () => {
    const actors = [granny, secretary, neighbour, person('邻居乙'), person('邻居丙')];
    const names = (Object.keys(topicLifecycle.moves) as TopicMoveName[]).filter(
      (name) => topicLifecycle.moves[name].by !== 'system',
    );
    const step = fc.tuple(fc.constantFrom(...names), fc.constantFrom(...actors));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let topic = begin(topicLifecycle, 'propose', { text: '想装路灯，晚上看不见' }, topicContext(granny), 't', 5);
        for (const [move, actor] of steps) {
          try {
            topic = moved(topic, move, actor);
          } catch (error) {
            expect(error).toBeInstanceOf(HaolinError);
          }
          expect(Object.keys(TOPIC_STATES)).toContain(topic.state);
          expect(new Set(topic.supporters).size).toBe(topic.supporters.length);
          expect(topic.supporters).not.toContain(granny.id);
          expect(topic.history.map(({ version }) => version)).toEqual(topic.history.map((_, at) => at + 1));
        }
      }),
      { numRuns: 200 },
    );
  });
});

/** Publicised, with so many objections of so many neighbours. */
const objected = (count: number): TopicDoc =>
  Array.from({ length: count }, (_, at) => at + 1).reduce((topic, at) => {
    const facts = { ...TOPIC_FACTS, id: idOf(`objection ${at}`) };
    return moved(topic, 'object', person(`意${at}`), { text: '装在我家窗下不行' }, { facts });
  }, topicIn('publicised'));

/** The first of them answered, and none upheld. */
const answered = (topic: TopicDoc, count: number, now = timeOf('object')): TopicDoc =>
  (topic.objections ?? []).slice(0, count).reduce((before, { id }) => {
    const input = { objection: id, answer: '往东挪十米', upheld: false };
    return moved(before, 'answerObjection', secretary, input, { now });
  }, topic);

const NEVER = new Date(0);
/** Those that ask nothing of a ballot. */
const isOwn = ({ move }: ClockMove): boolean => move !== 'count' && move !== 'follow';
const systemActor = { ...person('x'), kind: 'system' as const, id: 'system' };
