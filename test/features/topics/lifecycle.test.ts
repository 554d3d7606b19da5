import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HaolinError } from '../../../src/core/errors.ts';
import { begin, decide, movesFor } from '../../../src/core/lifecycle.ts';
import { nameOf } from '../../../src/core/outbox.ts';
import { HOUR } from '../../../src/core/time.ts';
import { type ClockMove, dueMoves, stateAt } from '../../../src/features/topics/clock.ts';
import { TOPIC_STATES, type TopicDoc, type TopicMoveName, topicLifecycle } from '../../../src/features/topics/index.ts';
import { moved, timeOf, topicContext, topicIn, topicMatrix } from '../../support/topic-matrix.ts';
import { granny, idOf, li, person, secretary } from '../../support/wishes.ts';

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
        fc.constantFrom(...states.map(topicIn), reviewing, topicIn('failed')),
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

/** Those that ask nothing of a ballot. */
const isOwn = ({ move }: ClockMove): boolean => move !== 'count' && move !== 'follow';
const systemActor = { ...person('x'), kind: 'system' as const, id: 'system' };
