import { idFor, rawCollection, type Table } from '../../core/aggregate.ts';
import type { House } from '../../core/house.ts';
import { takerOf } from '../../core/quota.ts';
import { talkLifecycle } from './lifecycle.ts';
import type { TalkDoc, TalkState } from './model.ts';
import type { TalkFacts } from './tellings.ts';

/** More than a secretary has in an hour. */
const MOST = { points: 30, seconds: 3_600 };

export const talksOf = (house: House) => rawCollection(house.model<TalkDoc>('talk'));

/** The parts of a talk that the engine works with. */
export const talkTable = (house: House): Table<TalkDoc, TalkState, TalkFacts> => ({
  lifecycle: talkLifecycle,
  model: house.model<TalkDoc>('talk'),
  announce: (change) => house.announce(change),
  spend: (_talk, { id }) => takerOf(house)(`talk:${id}`, MOST),
});

/** One a worker and purpose, whoever begins it. */
export const talkId = (worker: string, purpose: string): string => idFor('talk', worker, purpose);

export const secretariesOf = (house: House, place: string) => house.directory.holders('secretary', place);
