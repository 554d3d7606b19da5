/** What the rules leave to be read of a city, and what is counted at a glance, against everybody looked at one by one. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, type Day, stateCouncilCalendar } from '../../../src/core/time.ts';
import { communityOf, lineage } from '../../../src/features/areas/index.ts';
import { COLOURS } from '../../../src/features/care/index.ts';
import { listedFrom, listing, notBefore, visitsFrom } from '../../../src/features/care/listing.ts';
import { dueOf, type Ward } from '../../../src/features/duties/due.ts';
import { byCommunity } from '../../../src/features/duties/outcome.ts';
import { type Pack, packSchema } from '../../../src/features/duties/pack.ts';
import { SHIPPED } from '../../../src/features/duties/packs.ts';
import { periodOf } from '../../../src/features/duties/periods.ts';
import { type Count, countOf, counts, emptyTally, type Tally, tallyOf } from '../../../src/features/duties/tally.ts';
import { seenUpTo, settledUpTo } from '../../../src/features/duties/turned.ts';

const calendar = stateCouncilCalendar();
const STREET = '520201001';
const every = (code: string, given: Partial<Pack>, ...items: object[]): Pack => ({
  ...packSchema.parse({
    code,
    version: 1,
    title: '试用',
    source: '测试',
    verified: true,
    effectiveFrom: '2026-01-01',
    items: items.map((one, nth) => ({ code: `${code}${nth}`, title: '看望', kind: 'visit', ...one })),
  }),
  ...given,
});
const OWN = [
  every(
    'a',
    {},
    { rule: { everyDays: { red: 3, green: 40 } } },
    { rule: { everyDays: { yellow: 9 } }, flags: ['disabled'] },
  ),
  every('a', { area: `${STREET}001` }, { rule: { everyDays: { green: 2, red: 7 } }, restDays: true }),
  every('b', { effectiveFrom: '2026-07-01' }, { rule: { everyDays: { red: 1, yellow: 20 } } }),
  every('c', { area: '520201002', effectiveTo: '2026-09-01' }, { rule: { everyDays: { green: 1 } } }),
];
const packs = fc.subarray([...OWN]).map((own) => [...SHIPPED, ...own]);

/** Days of which many lie close together, as visits do. */
const day = fc.integer({ min: 0, max: 364 }).map((nth) => addDays('2026-01-01', nth));
const house = fc
  .record({
    about: day,
    wards: fc.array(
      fc.record({
        colour: fc.constantFrom(...COLOURS),
        taken: fc.integer({ min: -60, max: 5 }),
        seen: fc.uniqueArray(fc.integer({ min: -50, max: 9 }), { maxLength: 7 }),
        flags: fc.constantFrom<Ward['flags']>(['living_alone'], ['disabled', 'veteran']),
        // The same days in two places, with rules of their own perhaps.
        places: fc.subarray([`${STREET}001G01`, `${STREET}001G02`, `${STREET}002G01`], { minLength: 1, maxLength: 2 }),
        bearer: fc.constantFrom('甲', '乙', undefined),
      }),
      { minLength: 1, maxLength: 14 },
    ),
  })
  .map(({ about, wards }) => ({
    about,
    wards: wards.flatMap(({ colour, taken, seen, flags, places, bearer }, nth) =>
      places.map(
        (place): Ward => ({
          person: `ward${nth}${place}`,
          colour,
          flags,
          areas: lineage(place),
          since: addDays(about, taken),
          visits: seen
            .toSorted((a, b) => b - a)
            .map((ago) => addDays(about, ago))
            .slice(0, 5),
          ...(bearer !== undefined && { bearer }),
        }),
      ),
    ),
  }));

const rowOf = (ward: Ward) => {
  const fields = listing({ ...ward, flags: ward.flags.map((kind) => ({ kind })), sentinel: ward.bearer } as never);
  const read = listedFrom({ colour: ward.colour, ...fields }, lineage);
  return { ward, ...fields, read: { ...read, visits: visitsFrom(read, fields.seenBefore) } };
};
const plain = (tally: Tally) => ({ ...tally, left: [...tally.left].sort() });

test('a week counted from the index is the week of everybody looked at one by one', () => {
  fc.assert(
    fc.property(house, packs, fc.integer({ min: 0, max: 6 }), ({ about, wards }, rules, ahead) => {
      const window = periodOf('week', about);
      const upTo = addDays(window.from, ahead);
      const nothing = { packs: rules, bearers: [], happenings: [], logs: [], calendar };
      const expected = new Map<string, Tally>();
      for (const community of [`${STREET}001`, `${STREET}002`]) {
        const those = wards.filter(({ areas }) => communityOf(areas) === community);
        const dues = dueOf({ ...nothing, wards: those }, window).filter((due) => counts(due, upTo));
        if (dues.length > 0) expected.set(community, tallyOf(dues));
      }

      const left = seenUpTo(nothing, STREET, upTo, window.to);
      const settled = settledUpTo(nothing, STREET, window);
      // As the store is asked for them; see `seenSince`.
      const listed = wards.map(rowOf).filter(({ ward: { colour }, seenOn, seenBefore }) => {
        const until = left[colour];
        if (until === undefined) return false;
        return seenOn <= until || seenOn >= window.from || seenBefore >= notBefore(settled[colour] ?? '');
      });
      const countFor = countOf(nothing, window, upTo);
      const counted = listed.flatMap(({ read, ward: { bearer } }) => {
        const count: Count = countFor(read);
        const community = communityOf(read.areas) ?? '';
        return count.done + count.left > 0 ? [{ community, count, ...(bearer !== undefined && { bearer }) }] : [];
      });
      const facts = { ...nothing, wards: [], posts: [], area: STREET };
      const found = byCommunity({ facts, counted }, window, upTo);
      expect(new Map([...found].map(([key, tally]) => [key, plain(tally)]))).toEqual(
        new Map([...expected].map(([key, tally]) => [key, plain(tally)])),
      );
    }),
    { numRuns: 80 },
  );
  expect(emptyTally()).toEqual(tallyOf([]));
});

test('what is late is the same of those alone who were last seen up to the day before', () => {
  fc.assert(
    fc.property(house, packs, ({ about: today, wards }, rules) => {
      const nothing = { packs: rules, bearers: [], happenings: [], logs: [], calendar };
      const late = (those: readonly Ward[]) =>
        dueOf({ ...nothing, wards: those }, { from: today, to: today }).filter(({ done, by }) => !done && by < today);
      const until = seenUpTo(nothing, STREET, addDays(today, -1), today);
      const some = wards.map(rowOf).flatMap(({ ward, seenOn, read }) => {
        if (seenOn > (until[ward.colour] ?? '')) return [];
        const { lastVisit, sentinel: bearer, ...rest } = read;
        const visits: Day[] = lastVisit === undefined ? [] : [lastVisit];
        return [{ ...rest, visits, ...(bearer !== undefined && { bearer }) }];
      });
      expect(late(some)).toEqual(late(wards));
    }),
    { numRuns: 100 },
  );
});
