import { type Answers, cluster } from './clusters.ts';

/**
 * What neighbours have in common before they vote: who thinks alike, and the statements most of every such group agree
 * with. It says nothing of single people and ranks nobody; a group too small to hide in is not shown.
 */

export const OPINIONS = ['agree', 'disagree', 'pass'] as const;
export type Opinion = (typeof OPINIONS)[number];

/** One person's word on one statement; of several the last counts. */
export interface OpinionVote {
  person: string;
  statement: string;
  opinion: Opinion;
}

export type Opinions = Record<Opinion, number>;

export interface OpinionGroup {
  people: number;
  /** How its people answered each statement. */
  statements: Record<string, Opinions>;
}

export interface CommonGround {
  statement: string;
  /** How many agree of those who answered, in the group that agrees least. */
  least: { agree: number; answered: number };
}

export interface OpinionMap {
  /** Those who answered enough to be placed. */
  people: number;
  /** The biggest first. */
  groups: OpinionGroup[];
  /** What the groups agree on, most agreed first. */
  common: CommonGround[];
}

/** Fewer could be told apart. */
export const SMALLEST_GROUP = 5;
const MOST_GROUPS = 5;
/** Whoever answered less (and not all there is) is not placed: one answer says too little. */
const ENOUGH_ANSWERS = 3;
/** In each group so many have to have answered before it is said to agree. */
const ENOUGH_TO_AGREE = 3;
const VALUES: Record<Opinion, number> = { agree: 1, disagree: -1, pass: 0 };

/** Finds the groups and what they have in common. The order of the votes changes nothing but which of a person's counts. */
export function opinionMap(votes: readonly OpinionVote[]): OpinionMap {
  const people = placeable(votes);
  if (people.length < SMALLEST_GROUP) return { people: people.length, groups: [], common: [] };
  const parts = cluster(people, SMALLEST_GROUP, MOST_GROUPS);
  const groups = [...new Set(parts)]
    .map((part) => groupOf(people.filter((_, at) => parts[at] === part)))
    .sort((a, b) => b.people - a.people || compare(JSON.stringify(a.statements), JSON.stringify(b.statements)));
  return { people: people.length, groups, common: commonGround(groups) };
}

function placeable(votes: readonly OpinionVote[]): Answers[] {
  const statements = new Set(votes.map(({ statement }) => statement));
  const answers = new Map<string, Map<string, number>>();
  for (const { person, statement, opinion } of votes) {
    const mine = answers.get(person) ?? new Map<string, number>();
    answers.set(person, mine.set(statement, VALUES[opinion]));
  }
  const enough = Math.min(ENOUGH_ANSWERS, statements.size);
  // By what they answered and not by who they are: neither names nor the order they came in play a part.
  return [...answers.values()]
    .filter(({ size }) => size >= enough)
    .map((mine) => new Map([...mine].sort(([a], [b]) => compare(a, b))))
    .map((mine) => ({ mine, name: JSON.stringify([...mine]) }))
    .sort((a, b) => compare(a.name, b.name))
    .map(({ mine }) => mine);
}

function groupOf(people: readonly Answers[]): OpinionGroup {
  const statements: Record<string, Opinions> = Object.create(null);
  for (const statement of [...new Set(people.flatMap((one) => [...one.keys()]))].sort(compare)) {
    const counted = (value: number): number => people.filter((one) => one.get(statement) === value).length;
    statements[statement] = { agree: counted(1), disagree: counted(-1), pass: counted(0) };
  }
  return { people: people.length, statements };
}

function commonGround(groups: readonly OpinionGroup[]): CommonGround[] {
  const statements = Object.keys(groups[0]?.statements ?? {});
  return statements
    .flatMap((statement): CommonGround[] => {
      const shares = groups.map((group) => {
        const { agree, disagree, pass } = group.statements[statement] ?? { agree: 0, disagree: 0, pass: 0 };
        return { agree, answered: agree + disagree + pass };
      });
      const all = shares.every(({ agree, answered }) => answered >= ENOUGH_TO_AGREE && agree * 2 > answered);
      const [least] = [...shares].sort(byShare);
      return all && least ? [{ statement, least }] : [];
    })
    .sort((a, b) => byShare(b.least, a.least) || compare(a.statement, b.statement));
}

/** Fractions are compared by multiplying across; of equal ones that of more people is the greater. */
const byShare = (a: CommonGround['least'], b: CommonGround['least']): number =>
  a.agree * b.answered - b.agree * a.answered || a.answered - b.answered;
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
