/** How the week of a place came out. */
import type { Day } from '../../core/time.ts';
import { communityOf, lineage } from '../areas/index.ts';
import { gatherInto, MOST_NAMES } from './bundles.ts';
import { type Due, dueOf, type Window } from './due.ts';
import type { AreaFacts, CountedFacts } from './facts.ts';
import { addWard, counts, emptyTally, type Tally, tallyOf } from './tally.ts';

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
 * What was due in a street by the community it is done in; what whoever serves here does in another street counts there. Pure.
 * @param upTo day of the summary
 */
export function byCommunity({ facts, counted }: CountedFacts, window: Window, upTo: Day): Map<string, Tally> {
  const communityOfDue = communityFinder(facts);
  const dues = new Map<string, Due[]>();
  for (const due of dueOf(facts, window)) {
    if (!counts(due, upTo)) continue;
    const community = communityOfDue(due);
    if (community && lineage(community).includes(facts.area ?? '')) gatherInto(dues, community, due);
  }
  const found = new Map([...dues].map(([community, those]) => [community, tallyOf(those)]));
  for (const { community, count, bearer } of counted) {
    const tally = found.get(community) ?? emptyTally();
    addWard(tally, count, bearer);
    found.set(community, tally);
  }
  return found;
}

/** How a community's week came out: how much of it was done, and who has how much left. */
export function outcomeOf({ all, done, left, nobody }: Tally, names: ReadonlyMap<string, string>) {
  const most = [...left].toSorted(([a, many], [b, more]) => more - many || (a < b ? -1 : 1));
  return {
    all,
    done,
    left: most.slice(0, MOST_NAMES).map(([who, count]) => ({ who: names.get(who) ?? '', count })),
    others: Math.max(0, most.length - MOST_NAMES),
    nobody,
  };
}
