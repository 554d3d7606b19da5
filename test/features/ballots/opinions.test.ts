import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  OPINIONS,
  type Opinion,
  type OpinionVote,
  opinionMap,
  SMALLEST_GROUP,
} from '../../../src/features/ballots/opinions.ts';

/** So many people who all answer the same, a letter a statement: `a` agrees, `d` disagrees, `p` passes, `-` says nothing. */
function camp(name: string, people: number, answers: string): OpinionVote[] {
  const opinions: Record<string, Opinion> = { a: 'agree', d: 'disagree', p: 'pass' };
  return Array.from({ length: people }, (_, n) => n).flatMap((n) =>
    [...answers].flatMap((letter, at): OpinionVote[] => {
      const opinion = opinions[letter];
      return opinion ? [{ person: `${name}${n}`, statement: `s${at}`, opinion }] : [];
    }),
  );
}

const votes = fc.array(
  fc.record({
    person: fc.integer({ min: 0, max: 40 }).map((n) => `p${n}`),
    statement: fc.constantFrom('s0', 's1', 's2', 's3', '__proto__'),
    opinion: fc.constantFrom(...OPINIONS),
  }),
  { maxLength: 200 },
);

describe('the map of opinions', () => {
  it('finds two camps, and what they have in common', () => {
    const map = opinionMap([...camp('x', 12, 'aaada'), ...camp('y', 8, 'aadad')]);
    expect(map.groups.map(({ people }) => people)).toEqual([12, 8]);
    expect(map.common.map(({ statement }) => statement)).toEqual(['s0', 's1']);
  });

  it('puts first what the group that agrees least agrees with most', () => {
    const { common, groups } = opinionMap([
      ...camp('x', 8, 'aaaaaa'),
      ...camp('x_', 2, 'aaaaad'),
      ...camp('y', 6, 'ddddaa'),
      ...camp('y_', 4, 'ddddpa'),
    ]);
    expect(groups.map(({ people }) => people)).toEqual([10, 10]);
    // Everybody of the first group agrees with s4, but only six of the second.
    expect(common).toEqual([
      { statement: 's5', least: { agree: 8, answered: 10 } },
      { statement: 's4', least: { agree: 6, answered: 10 } },
    ]);
  });

  it('tells up to five camps apart', () => {
    const camps = ['aaaaaaaaaa', 'ddddaaaaaa', 'aaaaddddaa', 'aaaaaaaadd', 'dddddddddd'];
    for (let n = 2; n <= 5; n += 1) {
      const all = camps.slice(0, n).flatMap((answers, at) => camp(`c${at}-`, 6 + at, answers));
      expect(opinionMap(all).groups.map(({ people }) => people)).toEqual(camps.slice(0, n).map((_, at) => 5 + n - at));
    }
  });

  it('shows no group of four, and loses none of its people', () => {
    const { groups, people } = opinionMap([...camp('x', 10, 'aaaa'), ...camp('y', 4, 'dddd')]);
    expect(people).toBe(14);
    expect(groups).toEqual([
      { people: 14, statements: expect.objectContaining({ s0: { agree: 10, disagree: 4, pass: 0 } }) },
    ]);
  });

  it('shows nothing at all of four people', () => {
    expect(opinionMap(camp('x', 4, 'aaaa'))).toEqual({ people: 4, groups: [], common: [] });
  });

  it('places nobody by a single answer of many', () => {
    expect(opinionMap([...camp('x', 9, 'aaaa'), ...camp('y', 9, 'd---')]).people).toBe(9);
  });

  it('does not depend on the order of the votes or the names of the people', () => {
    fc.assert(
      fc.property(votes, fc.integer(), (all, seed) => {
        // Of a person's two answers to one statement the last counts, so each keeps its place among its own.
        const once = [...new Map(all.map((one) => [`${one.person} ${one.statement}`, one])).values()];
        const mixed = [...once].sort((a, b) => hash(a, seed) - hash(b, seed));
        const renamed = mixed.map((one) => ({
          ...one,
          person: `z${hash({ ...one, statement: '' }, seed)}${one.person}`,
        }));
        expect(opinionMap(renamed)).toEqual(opinionMap(all));
      }),
      { numRuns: 60 },
    );
  });

  it('never shows a small group, counts everybody once, and calls common only what every group agrees with', () => {
    fc.assert(
      fc.property(votes, (all) => {
        const { people, groups, common } = opinionMap(all);
        if (groups.length > 0) expect(groups.reduce((total, one) => total + one.people, 0)).toBe(people);
        for (const group of groups) expect(group.people).toBeGreaterThanOrEqual(SMALLEST_GROUP);
        for (const { statement } of common) {
          for (const { statements } of groups) {
            const { agree = 0, disagree = 0, pass = 0 } = statements[statement] ?? {};
            expect(agree).toBeGreaterThan(disagree + pass);
          }
        }
        const shares = common.map(({ least }) => least.agree / least.answered);
        expect(shares).toEqual([...shares].sort((a, b) => b - a));
      }),
      { numRuns: 60 },
    );
  });

  it('says nothing of who is in a group', () => {
    const text = JSON.stringify(opinionMap([...camp('姓名', 12, 'aaada'), ...camp('别人', 8, 'aadad')]));
    expect(text).not.toMatch(/姓名|别人/u);
  });
});

/** A number that has nothing to do with where a vote stands. */
const hash = ({ person, statement }: OpinionVote, seed: number): number =>
  [...`${person} ${statement}`].reduce((total, letter) => (total * 31 + letter.charCodeAt(0) + seed) % 65_521, 7);
