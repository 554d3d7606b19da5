import { rawCollection, type Table } from '../../core/aggregate.ts';
import type { House } from '../../core/house.ts';
import { takerOf } from '../../core/quota.ts';
import { type VisitFacts, visitLifecycle } from './lifecycle.ts';
import type { VisitDoc, VisitState } from './model.ts';

/** The plain collection of visits. */
export const visitsOf = (house: House) => rawCollection(house.model<VisitDoc>('visit'));

/** More visits than anybody makes; in the API and in chat together. */
const MOST_LOGS = { points: 60, seconds: 3_600 };

export const visitTable = (house: House): Table<VisitDoc, VisitState, VisitFacts> => ({
  lifecycle: visitLifecycle,
  model: house.model<VisitDoc>('visit'),
  announce: (change) => house.announce(change),
  vault: house.vault,
  spend: (_visit, { id }) => takerOf(house)(`visit:${id}`, MOST_LOGS),
});
