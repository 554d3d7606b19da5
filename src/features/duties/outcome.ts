/** How the week of a place came out. */
import type { Day } from '../../core/time.ts';
import { communityOf, lineage } from '../areas/index.ts';
import { gatherInto, MOST_NAMES } from './bundles.ts';
import { type Due, dueOf, type Window } from './due.ts';
import type { AreaFacts } from './facts.ts';

/**
 * In which community something is to be done: where it happened, where somebody in care lives or, failing both, where one
 * serves: of several the first, so that it counts once.
 */
export function communityFinder({ happenings, wards, bearers }: AreaFacts): (due: Due) => string | undefined {
  const happened = new Map(happenings.map(({ id, areas }) => [id, communityOf(areas)]));
  const living = new Map(wards.map(({ person, areas }) => [person, communityOf(areas)]));
  const serving = new Map(
    bearers
      .toSorted((a, b) => (b.areas.join() < a.areas.join() ? -1 : 1))
      .map(({ person, areas }) => [person, communityOf(areas)]),
  );
  return ({ event, person, who }) =>
    happened.get(event ?? '') ?? living.get(person ?? '') ?? serving.get(who ?? '') ?? undefined;
}

/**
 * The dues of a street by the community they are done in; what whoever serves here does in another street counts there.
 * @param upTo day of the summary
 */
export function byCommunity(facts: AreaFacts, window: Window, upTo: Day): Map<string, Due[]> {
  const communityOfDue = communityFinder(facts);
  const found = new Map<string, Due[]>();
  for (const due of dueOf(facts, window)) {
    // Who is to be seen at the weekend is not left undone on Friday.
    if (due.person !== undefined && !due.done && due.by > upTo) continue;
    const community = communityOfDue(due);
    if (community && lineage(community).includes(facts.area ?? '')) gatherInto(found, community, due);
  }
  return found;
}

/** How a community's week came out: how much of it was done, and who has how much left. */
export function outcomeOf(dues: readonly Due[], names: ReadonlyMap<string, string>) {
  const left = dues.filter(({ done }) => !done);
  const byWorker = new Map<string, number>();
  for (const { who } of left) if (who !== undefined) byWorker.set(who, (byWorker.get(who) ?? 0) + 1);
  const most = [...byWorker].toSorted(([, a], [, b]) => b - a);
  return {
    all: dues.length,
    done: dues.length - left.length,
    left: most.slice(0, MOST_NAMES).map(([who, count]) => ({ who: names.get(who) ?? '', count })),
    others: Math.max(0, most.length - MOST_NAMES),
    nobody: new Set(left.flatMap(({ who, key, person }) => (who === undefined ? (person ?? key) : []))).size,
  };
}
