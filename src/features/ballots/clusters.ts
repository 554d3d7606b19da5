/**
 * Who thinks alike, out of sparse answers: k-means where an answer that was not given counts for nothing. Deterministic:
 * the first centre is the average, each next one whoever is furthest from all before, and of equals the first.
 */

/** What one person answered: statement → 1 (agrees), -1 (disagrees), 0 (passed). */
export type Answers = ReadonlyMap<string, number>;
type Centre = ReadonlyMap<string, number>;

const ROUNDS = 50;

/**
 * Parts people into the number of groups that parts them best.
 * @param people their answers, each at least one, in an order that does not depend on how they came
 * @param least people a group has; smaller ones are dissolved into those nearest
 * @param most groups
 * @returns the group of each; all 0 where no parting is clear
 */
export function cluster(people: readonly Answers[], least: number, most: number): number[] {
  let best = { groups: people.map(() => 0), score: CLEAR };
  for (let k = 2; k <= most && k * least <= people.length; k += 1) {
    const groups = parted(people, k, least);
    const score = silhouette(people, groups);
    if (score > best.score) best = { groups, score };
  }
  return best.groups;
}

/** A parting below this is not worth telling people of. */
const CLEAR = 0.25;

function parted(people: readonly Answers[], k: number, least: number): number[] {
  let centres = firstCentres(people, k);
  for (;;) {
    const groups = settled(people, centres);
    const members = centres.map((_, group) => people.filter((_person, at) => groups[at] === group));
    const smallest = Math.min(...members.map(({ length }) => length));
    if (centres.length === 1 || smallest >= least) return groups;
    // One at a time, since those of it make others bigger.
    const gone = members.findIndex(({ length }) => length === smallest);
    centres = members.filter((_, group) => group !== gone).map(centreOf);
  }
}

function firstCentres(people: readonly Answers[], k: number): Centre[] {
  const centres: Centre[] = [];
  const middle = centreOf(people);
  let away = people.map((person) => distance(person, middle));
  while (centres.length < k) {
    const furthest = people[away.indexOf(Math.max(...away))];
    if (!furthest) break;
    centres.push(furthest);
    const last = furthest;
    const before = centres.length === 1 ? undefined : away;
    away = people.map((person, at) => Math.min(before?.[at] ?? Number.POSITIVE_INFINITY, distance(person, last)));
  }
  return centres;
}

function settled(people: readonly Answers[], from: readonly Centre[]): number[] {
  let centres = from;
  let groups = people.map((person) => nearest(person, centres));
  for (let round = 0; round < ROUNDS; round += 1) {
    const now = groups;
    centres = centres.map((centre, group) => {
      const mine = people.filter((_person, at) => now[at] === group);
      return mine.length > 0 ? centreOf(mine) : centre;
    });
    groups = people.map((person) => nearest(person, centres));
    if (groups.every((group, at) => group === now[at])) break;
  }
  return groups;
}

function nearest(person: Answers, centres: readonly Centre[]): number {
  const away = centres.map((centre) => distance(person, centre));
  return away.indexOf(Math.min(...away));
}

/** The average answer to each statement, of those who answered it. */
function centreOf(people: readonly Answers[]): Centre {
  const totals = new Map<string, { sum: number; count: number }>();
  for (const person of people) {
    for (const [statement, answer] of person) {
      const { sum, count } = totals.get(statement) ?? { sum: 0, count: 0 };
      totals.set(statement, { sum: sum + answer, count: count + 1 });
    }
  }
  return new Map([...totals].map(([statement, { sum, count }]) => [statement, sum / count]));
}

/** How far a person's answers are from a centre, on average over what they answered: 0 (alike) to 2 (opposite). */
function distance(person: Answers, centre: Centre): number {
  let squares = 0;
  for (const [statement, answer] of person) squares += (answer - (centre.get(statement) ?? 0)) ** 2;
  return Math.sqrt(squares / person.size);
}

/** How much nearer people are to their own group's centre than to the next: from -1 to 1, 0 for one group. */
function silhouette(people: readonly Answers[], groups: readonly number[]): number {
  const centres = [...new Set(groups)].map((group) => ({
    group,
    centre: centreOf(people.filter((_, at) => groups[at] === group)),
  }));
  if (centres.length < 2) return 0;
  const scores = people.map((person, at) => {
    const own = centres.filter(({ group }) => group === groups[at]).map(({ centre }) => distance(person, centre));
    const others = centres.filter(({ group }) => group !== groups[at]).map(({ centre }) => distance(person, centre));
    const [near, next] = [Math.min(...own), Math.min(...others)];
    const wider = Math.max(near, next);
    return wider === 0 ? 0 : (next - near) / wider;
  });
  return scores.reduce((total, one) => total + one, 0) / scores.length;
}
