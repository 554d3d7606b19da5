/** Who stands for whom while a vote is under way: whoever comes after all is nobody's to vote for, and counts once. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { areas } from '../../../src/features/areas/index.ts';
import { attendFor, ballots } from '../../../src/features/ballots/index.ts';
import type { BallotDoc, Elector } from '../../../src/features/ballots/model.ts';
import { people } from '../../../src/features/people/index.ts';
import { type TestHouse, testHouse } from '../../support/house.ts';

let test: TestHouse;
beforeAll(async () => {
  test = await testHouse([areas, people, ballots]);
});
afterAll(() => test.close());

const HOMES = 4;
const rule = { electorate: 'household', present: 'attending' } as unknown as BallotDoc['rule'];
const own = (home: number) => [`a${home}`, `b${home}`];

const home = fc.nat({ max: HOMES - 1 });
const step = fc.oneof(
  fc.record({ kind: fc.constant('comes' as const), home }),
  fc.record({ kind: fc.constant('sends' as const), home, proxy: home }),
  fc.record({ kind: fc.constant('votes' as const), home }),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

describe('a voice somebody stands for', () => {
  it('is its own people’s again when they come, unless it voted; whoever came keeps whom they stand for', async () => {
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 10 }), async (steps) => {
        runs += 1;
        const snapshot = `snapshot ${runs}`;
        const electors = test.house.db.collection<Elector>('ballot_electors');
        const rows = Array.from({ length: HOMES }, (_, at) => ({
          _id: `${snapshot}:${at}`,
          ballot: 'b',
          snapshot,
          elector: String(at),
          name: String(at),
          people: own(at),
          heads: 1,
          area: 0,
        }));
        await electors.insertMany(rows as never);
        const model = Array.from({ length: HOMES }, () => ({
          came: false,
          voted: false,
          proxies: new Set<string>(),
        }));
        const at = (one: number) => model[one] as (typeof model)[number];
        for (const one of steps) await make(one);

        for (const elector of await electors.find({ snapshot }).toArray()) {
          const known = at(Number(elector.elector));
          expect([...elector.people].sort()).toEqual([...own(Number(elector.elector)), ...known.proxies].sort());
          expect(elector.attended === true).toBe(known.came || known.proxies.size > 0);
        }

        async function make(one: Step): Promise<void> {
          const voice = at(one.home);
          if (one.kind === 'votes') {
            voice.voted = true;
            await electors.updateOne({ _id: `${snapshot}:${one.home}` }, { $set: { way: 'online' } as never });
          } else if (one.kind === 'comes') {
            voice.came = true;
            if (!voice.voted) voice.proxies.clear();
            await attendFor(test.house, { snapshot, rule }, [{ people: own(one.home) }]);
            // Those they stand for are there through them, as before.
          } else if (!voice.came && voice.proxies.size === 0 && one.proxy !== one.home) {
            // The roll lets somebody stand for a voice that has nobody there, and once.
            voice.proxies.add(`a${one.proxy}`);
            await attendFor(test.house, { snapshot, rule }, [{ people: own(one.home), proxy: `a${one.proxy}` }]);
          }
        }
      }),
      { numRuns: 40 },
    );
  });
});
