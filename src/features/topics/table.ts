import { type Lifecycle, lifecycleOf, type Move, type MoveContext } from '../../core/lifecycle.ts';
import type { Named } from '../../core/named.ts';
import { nextAtOf } from './clock.ts';
import type { Terms, TopicDoc, TopicOutcome, TopicState, TopicVote } from './model.ts';

/** The place of a new topic, as the area register knows it. */
export interface Place {
  /** Codes from the city down to the community, or to the grid it is about. */
  areas: string[];
  community: string;
  label: string;
}

/** Hours of a venue that were just booked for a meeting. */
export interface Booked {
  booking: string;
  venue: { id: string; name: string; address: string };
  startsAt: Date;
  endsAt: Date;
}

/** What a decision needs besides the topic; the service loads only what the move at hand asks for. */
export interface TopicFacts {
  /** propose */
  place?: Place;
  terms?: Terms;
  /** object, addItem: the id of what is added. */
  id?: string;
  /** accept, appoint, addItem, passItem: somebody of the community. */
  person?: Named;
  /** askMerge, agreeMerge */
  into?: Pick<TopicDoc, '_id' | 'number' | 'community' | 'state' | 'posted'>;
  /** schedule, appoint: another meeting that whoever is to lead this one leads at that time. */
  clash?: { startsAt: Date; endsAt: Date };
  /** schedule */
  booked?: Booked;
  /** schedule, prepareVote: whether there is such a rule, or a variant of it. */
  pack?: { code: string; variant?: string };
  /** begin */
  code?: string;
  /** prepareVote */
  vote?: TopicVote;
  /** openVote: those who may vote and live elsewhere. */
  elsewhere?: string[];
  /** count */
  counted?: { outcome: Exclude<TopicOutcome, 'agreed'> | 'tie' | 'void'; sentences: string[] };
  /** agree: who is there, and whether that is enough by the rule the meeting was announced under. */
  roll?: { present: number; enough: boolean; sentences: string[] };
  /** finish: those who were at its meetings. */
  attended?: string[];
}

export type TopicContext = MoveContext<TopicFacts>;
export type TopicLifecycle = Lifecycle<TopicDoc, TopicState, TopicFacts>;

const bare = lifecycleOf<TopicDoc, TopicState, TopicFacts>();
export const { start, lifecycle } = bare;

/** A move on a topic. After its own patch it keeps when the clock has to look at it next. */
export function move<I>(definition: Move<TopicDoc, TopicState, TopicFacts, I>) {
  return bare.move<I>({
    ...definition,
    apply(topic, input, ctx) {
      const patch = definition.apply?.(topic, input, ctx) ?? {};
      const { to } = definition;
      const state = typeof to === 'string' ? to : to.choose(topic, input, ctx);
      const entered = state === topic.state ? {} : { since: ctx.now, nudged: undefined };
      const after = { ...topic, ...patch, ...entered, state, updatedAt: ctx.now } as TopicDoc;
      return { ...patch, ...entered, nextAt: nextAtOf(after) };
    },
  });
}

/** A state kept: for moves that change only what is known of the topic. */
export function staying<const S extends readonly TopicState[]>(from: S) {
  return { from, to: { among: from, choose: (topic: TopicDoc) => topic.state } };
}
