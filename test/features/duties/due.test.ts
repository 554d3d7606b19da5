import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, atCivil, type Day, stateCouncilCalendar, weekdayOf } from '../../../src/core/time.ts';
import type { Colour } from '../../../src/features/care/index.ts';
import { listedFrom, listing } from '../../../src/features/care/listing.ts';
import {
  type Bearer,
  type DutyFacts,
  dueOf,
  type Happening,
  type Logged,
  type Ward,
} from '../../../src/features/duties/due.ts';
import { isPlaceholder, type Pack, packSchema } from '../../../src/features/duties/pack.ts';
import { SHIPPED } from '../../../src/features/duties/packs.ts';
import { periodOf } from '../../../src/features/duties/periods.ts';
import { seenUpTo } from '../../../src/features/duties/turned.ts';

const calendar = stateCouncilCalendar();
const GRID = ['5202', '520201', '520201001', '520201001001', '520201001001G01'];
const worker: Bearer = { person: 'worker', role: 'grid_worker', areas: GRID };
const nothing: DutyFacts = { packs: SHIPPED, bearers: [], wards: [], happenings: [], logs: [], calendar };
const ward = (given: Partial<Ward> = {}): Ward => ({
  person: 'ward',
  colour: 'yellow',
  flags: ['living_alone'],
  bearer: 'worker',
  areas: GRID,
  since: '2026-03-02',
  visits: [],
  ...given,
});
const log = (given: Partial<Logged>): Logged => ({
  id: 'log',
  by: 'worker',
  kind: 'visit',
  day: '2026-03-09',
  persons: [],
  items: [],
  ...given,
});
const pack = (...items: unknown[]): Pack =>
  packSchema.parse({
    code: 'pack',
    version: 1,
    title: '试用',
    source: '测试',
    verified: true,
    effectiveFrom: '2026-01-01',
    items,
  });

const days2026 = fc.integer({ min: 0, max: 364 }).map((nth) => addDays('2026-01-01', nth));
const colours = fc.constantFrom<Colour>('red', 'yellow', 'green');
const weekOf = (day: Day) => periodOf('week', day);
const EVERY = { red: 7, yellow: 15, green: 30 } as const;

test.each([
  // The week of 9 March is an ordinary one, that of 28 September ends on Wednesday.
  [undefined, '2026-03-09', 2],
  ['2026-03-06', '2026-03-09', 2],
  ['2026-03-09', '2026-03-09', 2],
  ['2026-03-10', '2026-03-09', 1],
  ['2026-03-11', '2026-03-09', 1],
  ['2026-03-12', '2026-03-09', 0],
  ['2026-03-16', '2026-03-09', 0],
  ['2026-09-29', '2026-09-28', 1],
] as const)('whoever began on %s owes of the week of %s %i times', (since, week, times) => {
  const bearer: Bearer = { ...worker, ...(since && { since }) };
  const due = dueOf({ ...nothing, bearers: [bearer] }, weekOf(week)).filter(({ why }) => why.rule === 'often');
  expect(due.map(({ left }) => left)).toEqual(times === 0 ? [] : [times, times]);
});

describe('persons in care', () => {
  test.each([
    ['red', '2026-01-01', ['2026-01-01']],
    // Both fifteen days end on the weekend of 28 and 29 March.
    ['yellow', '2026-03-02', ['2026-03-13', '2026-03-14']],
  ] as const)('seen again so soon that it comes to the same day, a %s person is due once', (colour, since, visits) => {
    const due = dueOf(
      { ...nothing, wards: [ward({ colour, since, visits })] },
      { from: since, to: addDays(since, 40) },
    );
    expect(new Set(due.map(({ key }) => key)).size).toBe(due.length);
    expect(due.filter(({ done }) => !done)).toHaveLength(1);
  });

  test('whoever is seen when it is due is never left alone longer than the colour allows', () => {
    fc.assert(
      fc.property(colours, days2026, fc.integer({ min: 5, max: 30 }), (colour, since, weeks) => {
        let visits: Day[] = [];
        let week = weekOf(since);
        for (let nth = 0; nth < weeks; nth += 1) {
          for (;;) {
            const due = dueOf({ ...nothing, wards: [ward({ colour, since, visits })] }, week).filter(
              ({ done }) => !done,
            );
            if (due.length === 0) break;
            expect(due).toHaveLength(1);
            const [{ by }] = due as [(typeof due)[number]];
            const last = visits[0] ?? since;
            expect(by <= addDays(last, EVERY[colour])).toBe(true);
            expect(by > last).toBe(true);
            expect(colour === 'red' || calendar.isWorkday(by)).toBe(true);
            visits = [by, ...visits].slice(0, 12);
          }
          week = weekOf(addDays(week.to, 1));
        }
        expect(addDays(visits[0] ?? since, EVERY[colour]) >= week.from).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test('whoever is not seen stays due under one key, week after week, and is done by the first visit', () => {
    const left = ward({ since: '2026-03-02' });
    const keys = ['2026-03-16', '2026-03-23', '2026-03-30'].map((day) => {
      return dueOf({ ...nothing, wards: [left] }, weekOf(day)).map(({ key, by, done }) => ({ key, by, done }));
    });
    expect(keys[0]).toEqual([{ key: 'care-visits/others:ward:2026-03-17', by: '2026-03-17', done: false }]);
    expect(new Set(keys.map((one) => JSON.stringify(one))).size).toBe(1);
    const seen = {
      ...nothing,
      wards: [{ ...left, visits: ['2026-03-31'] }],
      logs: [log({ day: '2026-03-31', persons: ['ward'] })],
    };
    expect(dueOf(seen, weekOf('2026-03-30'))).toMatchObject([{ by: '2026-03-17', done: true, logs: ['log'] }]);
    expect(dueOf(seen, weekOf('2026-04-06'))).toEqual([]);
  });

  test('a purpose has one key in whatever window it is seen, and no window has a key twice', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ colour: colours, since: days2026, visits: fc.uniqueArray(days2026, { maxLength: 6 }) }), {
          maxLength: 5,
        }),
        fc.array(fc.record({ day: days2026, kind: fc.constantFrom('visit' as const, 'inspection' as const) }), {
          maxLength: 8,
        }),
        days2026,
        fc.integer({ min: 0, max: 40 }),
        (people, logged, from, length) => {
          const facts: DutyFacts = {
            ...nothing,
            bearers: [worker, { ...worker, role: 'worker' }],
            wards: people.map((one, nth) =>
              ward({ ...one, person: `ward${nth}`, visits: one.visits.sort().reverse() }),
            ),
            logs: logged.map((one, nth) => log({ ...one, id: `log${nth}` })),
          };
          const window = { from, to: addDays(from, length) };
          const all = dueOf(facts, window);
          expect(new Set(all.map(({ key }) => key)).size).toBe(all.length);
          for (let day = from; day <= window.to; day = addDays(day, 1)) {
            const those = dueOf(facts, { from: day, to: day }).filter(({ by }) => by === day);
            const same = all.filter(({ by }) => by === day);
            expect(those.map(({ key, done }) => [key, done]).sort()).toEqual(
              same.map(({ key, done }) => [key, done]).sort(),
            );
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  test('what is left is the same of those alone who were last seen up to the day of their colour, read from their line', () => {
    const every = (code: string, given: Partial<Pack>, ...items: object[]): Pack => ({
      ...pack(...items.map((one, nth) => ({ code: `${code}${nth}`, title: '看望', kind: 'visit', ...one }))),
      ...given,
      code,
    });
    const packs = [
      ...SHIPPED,
      every(
        'often',
        {},
        { rule: { everyDays: { red: 3, green: 40 } } },
        { rule: { everyDays: { yellow: 9 } }, flags: ['disabled'] },
      ),
      every('often', { area: GRID[2] ?? '' }, { rule: { everyDays: { green: 2 } }, restDays: true }),
      every('later', { effectiveFrom: '2026-07-01' }, { rule: { everyDays: { red: 1, yellow: 60 } } }),
    ];
    const place = fc.constantFrom(GRID, ['5202', '520201', '520201002', '520201002001']);
    const wards = fc.array(
      fc.record({
        colour: colours,
        since: days2026,
        visits: fc.uniqueArray(days2026, { maxLength: 6 }),
        flags: fc.constantFrom<Ward['flags']>(['living_alone'], ['disabled', 'veteran']),
        areas: place,
        bearer: fc.constantFrom('worker', 'another'),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(wards, days2026, fc.integer({ min: 0, max: 20 }), place, (given, from, length, [, , street = '']) => {
        const all = given
          .map((one, nth) => ({ ...ward(one), person: `ward${nth}`, visits: one.visits.sort().reverse() }))
          .filter(({ areas }) => areas.includes(street));
        const window = { from, to: addDays(from, length) };
        const until = seenUpTo({ packs, calendar }, street, window.to);
        const some = all.flatMap((one) => {
          const { seenOn, line } = listing({
            ...one,
            sentinel: one.bearer,
            flags: one.flags.map((kind) => ({ kind })),
          } as never);
          if (seenOn > (until[one.colour] ?? '')) return [];
          const { sentinel, lastVisit, ...rest } = listedFrom(
            { colour: one.colour, seenOn, line },
            () => one.areas as string[],
          );
          return [{ ...rest, bearer: sentinel, visits: lastVisit === undefined ? [] : [lastVisit] } as Ward];
        });
        const left = (those: Ward[]) => dueOf({ ...nothing, packs, wards: those }, window).filter(({ done }) => !done);
        expect(left(some)).toEqual(left(all));
      }),
      { numRuns: 60 },
    );
  });

  test('over a long holiday those of yellow and green are seen before it, those of red on its days', () => {
    // 2026: National Day is kept from 1 to 7 October.
    const before = dueOf({ ...nothing, wards: [ward({ since: '2026-09-19' })] }, weekOf('2026-09-28'));
    expect(before).toMatchObject([{ by: '2026-09-30' }]);
    const during = dueOf({ ...nothing, wards: [ward({ colour: 'red', since: '2026-09-27' })] }, weekOf('2026-09-28'));
    expect(during).toMatchObject([{ by: '2026-10-04' }]);
  });
});

describe('so many times in a period', () => {
  test('is due once to each who has it, by the last workday of every week that has one', () => {
    fc.assert(
      fc.property(days2026, (day) => {
        const week = weekOf(day);
        const due = dueOf({ ...nothing, bearers: [worker, { ...worker, role: 'worker' }] }, week);
        const worked = Array.from({ length: 7 }, (_, nth) => addDays(week.from, nth)).filter((one) =>
          calendar.isWorkday(one),
        );
        expect(due.map(({ item, by }) => [item, by])).toEqual(
          worked.length === 0 ? [] : ['visit', 'inspection'].map((item) => [`liang-zoufang/${item}`, worked.at(-1)]),
        );
      }),
    );
  });

  test('counts what was logged in the period, of its kind or for it by name', () => {
    const logs = [
      log({ id: 'a', day: '2026-03-09' }),
      log({ id: 'b', day: '2026-03-15', kind: 'inspection' }),
      log({ id: 'c', day: '2026-03-16' }),
      log({ id: 'd', day: '2026-03-10', by: 'another' }),
      log({ id: 'e', day: '2026-03-11', kind: 'arrive', items: ['liang-zoufang/visit'] }),
    ];
    const due = dueOf({ ...nothing, bearers: [worker], logs }, weekOf('2026-03-09'));
    expect(due).toMatchObject([
      { item: 'liang-zoufang/visit', done: true, left: 0, logs: ['a', 'e'], why: { times: 2, done: 2 } },
      { item: 'liang-zoufang/inspection', done: false, left: 1, logs: ['b'] },
    ]);
  });

  test('one log serves every duty it fits', () => {
    const logs = [log({ id: 'one', day: '2026-03-17', persons: ['ward'] })];
    const wards = [ward({ since: '2026-03-02', visits: ['2026-03-17'] })];
    const due = dueOf({ ...nothing, bearers: [worker], wards, logs }, weekOf('2026-03-16'));
    expect(
      due
        .filter((one) => one.logs.includes('one'))
        .map(({ item }) => item)
        .sort(),
    ).toEqual(['in-care/others', 'liang-zoufang/visit']);
  });
});

describe('what happens', () => {
  const flood = pack({
    code: 'flood',
    title: '水淹必到',
    kind: 'arrive',
    rule: { on: 'flood', within: { workdays: 1 } },
  });
  const happening: Happening = {
    id: 'h1',
    event: 'flood',
    at: atCivil('2026-03-13', 22, 30),
    areas: GRID,
    bearer: 'worker',
  };

  test('is due within its time, stays due, and is answered by its own log', () => {
    const facts = { ...nothing, packs: [flood], happenings: [happening] };
    expect(dueOf(facts, weekOf('2026-03-09'))).toEqual([]);
    const [due] = dueOf(facts, weekOf('2026-03-16'));
    expect(due).toMatchObject({ key: 'pack/flood:h1', who: 'worker', by: '2026-03-16', done: false });
    expect(dueOf(facts, weekOf('2026-04-20'))).toMatchObject([{ key: 'pack/flood:h1', done: false }]);
    const others = [
      log({ kind: 'arrive', event: 'h2', day: '2026-03-16' }),
      log({ kind: 'visit', event: 'h1', day: '2026-03-16' }),
      log({ kind: 'arrive', items: ['pack/flood'], day: '2026-03-12' }),
      log({ kind: 'arrive', items: ['pack/flood'], day: '2026-03-16', by: 'somebody else' }),
    ];
    expect(dueOf({ ...facts, logs: others }, weekOf('2026-03-16'))).toMatchObject([{ done: false }]);
    const answered = [log({ id: 'there', kind: 'arrive', event: 'h1', day: '2026-03-14' })];
    expect(dueOf({ ...facts, logs: answered }, weekOf('2026-03-16'))).toMatchObject([{ done: true, logs: ['there'] }]);
    expect(dueOf({ ...facts, logs: answered }, weekOf('2026-04-20'))).toEqual([]);
  });

  test('counts hours through the night only where the rule says that rest days count', () => {
    const hours = (restDays: boolean) =>
      pack({ code: 'fire', title: '起火必到', kind: 'arrive', rule: { on: 'flood', within: { hours: 2 } }, restDays });
    const saturday = { ...happening, at: atCivil('2026-03-14', 23, 30) };
    const due = (restDays: boolean) =>
      dueOf({ ...nothing, packs: [hours(restDays)], happenings: [saturday] }, { from: '2026-03-14', to: '2026-03-20' });
    expect(due(true)).toMatchObject([{ by: '2026-03-15', until: atCivil('2026-03-15', 1, 30) }]);
    expect(due(false)).toMatchObject([{ by: '2026-03-16' }]);
  });
});

describe('packs', () => {
  test('those that are names only are due to nobody', () => {
    const names = SHIPPED.filter(isPlaceholder);
    expect(names.map(({ code, items, verified }) => [code, items.length, verified])).toEqual([
      ['liu-bidao', 6, false],
      ['qi-bifang', 7, false],
      ['ba-bibao', 8, false],
    ]);
    fc.assert(
      fc.property(days2026, (day) => {
        const due = dueOf({ ...nothing, packs: names, bearers: [worker], wards: [ward()] }, weekOf(day));
        expect(due).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });

  test('a county’s own holds there and nowhere else, the latest that is in force', () => {
    const weekly = (times: number, given: Partial<Pack>): Pack => ({
      ...pack({ code: 'visit', title: '走访', kind: 'visit', who: ['grid_worker'], rule: { times, per: 'week' } }),
      ...given,
    });
    const packs = [
      weekly(2, {}),
      weekly(3, { area: '520201' }),
      weekly(4, { area: '520201', version: 2 }),
      weekly(5, { area: '520201', version: 3, effectiveFrom: '2026-06-01' }),
      weekly(6, { area: '520222', version: 9 }),
    ];
    const times = (areas: string[], day: Day) =>
      dueOf({ ...nothing, packs, bearers: [{ ...worker, areas }] }, weekOf(day)).map(({ left }) => left);
    expect(times(GRID, '2026-03-09')).toEqual([4]);
    expect(times(GRID, '2026-06-08')).toEqual([5]);
    expect(times(['5202', '520203', '520203001'], '2026-03-09')).toEqual([2]);
    expect(weekdayOf('2026-06-08')).toBe(1);
  });
});
