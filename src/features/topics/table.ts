import { type Lifecycle, lifecycleOf, type MoveContext } from '../../core/lifecycle.ts';
import type { Named, Terms, TopicDoc, TopicState } from './model.ts';

/** The place of a new topic, as the area register knows it. */
export interface Place {
  /** Codes from the city down to the community, or to the grid it is about. */
  areas: string[];
  community: string;
  label: string;
}

/** What a decision needs besides the topic; the service loads only what the move at hand asks for. */
export interface TopicFacts {
  /** propose */
  place?: Place;
  terms?: Terms;
  /** accept, appoint: somebody of the community. */
  facilitator?: Named;
  /** askMerge, agreeMerge */
  into?: Pick<TopicDoc, '_id' | 'number' | 'community' | 'state' | 'posted'>;
}

export type TopicContext = MoveContext<TopicFacts>;
export type TopicLifecycle = Lifecycle<TopicDoc, TopicState, TopicFacts>;

export const { move, start, lifecycle } = lifecycleOf<TopicDoc, TopicState, TopicFacts>();

/** A state kept: for moves that change only what is known of the topic. */
export function staying<const S extends readonly TopicState[]>(from: S) {
  return { from, to: { among: from, choose: (topic: TopicDoc) => topic.state } };
}
