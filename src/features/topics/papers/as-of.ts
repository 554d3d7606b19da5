import { unansweredIn } from '../clock.ts';
import type { Objection, TopicDoc, TopicState } from '../model.ts';

/** How a topic stood at the end of a year that is over. Pure: its history says so, and the clock. */

export const OVER_STATES: readonly TopicState[] = ['reviewed', 'failed', 'declined', 'withdrawn', 'merged'];
const OVER: ReadonlySet<TopicState> = new Set(OVER_STATES);

/** A decision is known from these on. */
const DECIDED: ReadonlySet<TopicState> = new Set(['resolved', 'publicised', 'executing', 'reviewed', 'failed']);

/** When nothing more goes on with a topic; undefined when that is not known yet. What the clock decides is so without any job. */
function endOf(topic: TopicDoc): Date | undefined {
  const { state, since, updatedAt, outcome, reviewing } = topic;
  const noted = OVER.has(state) ? (since ?? updatedAt) : undefined;
  if (state === 'failed' || (state === 'publicised' && outcome === 'failed')) return publicityEnd(topic) ?? noted;
  if (state === 'reviewed' || state === 'executing') return reviewing?.until ?? noted;
  return noted;
}

/** When a result has hung out and the last that was objected is answered; undefined while something waits. */
function publicityEnd(topic: TopicDoc): Date | undefined {
  const { publicity, objections = [] } = topic;
  if (!publicity || unansweredIn(topic) > 0) return undefined;
  const answered = objections.map(({ answer }) => answer?.at.getTime() ?? 0);
  return new Date(Math.max(publicity.until.getTime(), ...answered));
}

/** Whether something still went on with a topic after a moment. */
export function isAliveAfter(topic: TopicDoc, at: Date): boolean {
  const end = endOf(topic);
  return end === undefined || end > at;
}

/** The topic as it stood at a moment: what came later is not there yet. */
export function asOf(topic: TopicDoc, at: Date): TopicDoc {
  const earlier = topic.history.filter((entry) => entry.at < at);
  const last = earlier.at(-1);
  if (!last || earlier.length === topic.history.length) return topic;
  const state = last.to as TopicState;
  const { publicity, published = [], objections, items, reviews, meetings, meeting, outcome, arithmetic } = topic;
  const hung = published.find((one) => one.publicity.from < at && one.overturnedAt >= at);
  const isFinished = earlier.some(({ move }) => move === 'finish');
  const decision = hung ?? { outcome, arithmetic, resolution: topic.resolution, publicity };
  const { publicity: out, ...result } = decision;
  const stood = {
    ...topic,
    state,
    history: earlier,
    outcome: DECIDED.has(state) ? result.outcome : undefined,
    arithmetic: DECIDED.has(state) ? result.arithmetic : undefined,
    resolution: DECIDED.has(state) ? result.resolution : undefined,
    publicity: out && out.from < at ? out : undefined,
    objections: objections
      ?.filter((one) => one.at < at)
      .map((one) => (isLater(one.answer, at) || (one.lapsedAt && one.lapsedAt >= at) ? unanswered(one) : one)),
    items: out && out.until < at ? items?.map((one) => (isLater(one.done, at) ? undone(one) : one)) : undefined,
    reviewing: isFinished ? topic.reviewing : undefined,
    reviews: reviews?.filter((one) => one.at < at),
    meetings: meetings?.filter((one) => one.startsAt < at),
    meeting: meeting && meeting.announcedAt < at ? meeting : undefined,
  };
  return Object.fromEntries(Object.entries(stood).filter(([, value]) => value !== undefined)) as unknown as TopicDoc;
}

const isLater = (what: { at: Date } | undefined, at: Date): boolean => what !== undefined && what.at >= at;

const unanswered = ({ answer: _later, lapsedAt: _too, ...objection }: Objection): Objection => ({
  ...objection,
  standing: 'waiting',
});

function undone<I extends { done?: unknown }>({ done: _later, ...item }: I) {
  return item;
}
